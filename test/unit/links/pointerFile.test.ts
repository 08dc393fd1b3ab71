import assert from 'node:assert/strict';
import { readPointer } from '../../../server/src/links/pointerFile.ts';

const read = (text: string): unknown => readPointer(new TextEncoder().encode(text));
const OID = 'oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393';

describe('readPointer', () => {
	it('reads pointers of Git LFS with the size of the file', () => {
		assert.deepEqual(read(`version https://git-lfs.github.com/spec/v1\n${OID}\nsize 12345\n`), {
			keeper: 'Git LFS',
			size: 12_345,
		});
		// Extensions come between, and the first versions had another host.
		assert.deepEqual(read(`version https://hawser.github.com/spec/v1\next-0-foo ${OID.slice(4)}\n${OID}\nsize 0\n`), {
			keeper: 'Git LFS',
			size: 0,
		});
	});

	it('reads pointers of git-annex with and without a size in the key', () => {
		assert.deepEqual(read('/annex/objects/SHA256E-s1048576--4d7a214614ab.png\n'), {
			keeper: 'git-annex',
			size: 1_048_576,
		});
		assert.deepEqual(read('/annex/objects/MD5-m1600000000-s42--9a0364b9e99b.jpg'), { keeper: 'git-annex', size: 42 });
		assert.deepEqual(read('/annex/objects/URL--https&c%%a.example%1.png'), { keeper: 'git-annex', size: undefined });
	});

	it('rejects other texts', () => {
		assert.equal(read(`versions https://git-lfs.github.com/spec/v1\n${OID}\n`), undefined);
		assert.equal(read('See version https://git-lfs.github.com/spec/v1\n'), undefined);
		assert.equal(read('/annex/objects/ and more words'), undefined);
		assert.equal(read(`version https://git-lfs.github.com/spec/v1\n${'x'.repeat(2000)}`), undefined);
		assert.equal(read(''), undefined);
	});
});
