import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeName, encodeName, nativePath, spellName } from '../../../server/src/node/fileName.ts';

describe('file names', () => {
	it('round-trip as bytes', function () {
		// On these systems, names are not bytes.
		if (process.platform === 'win32') return this.skip();
		const texts = fc.string({ unit: 'grapheme' }).map(text => Buffer.from(text));
		const inexact = fc.constantFrom('\uef80', '\uefff', '\ufffd').map(text => Buffer.from(text));
		const names = fc.array(fc.oneof(fc.uint8Array(), texts, inexact)).map(parts => Buffer.concat(parts));
		fc.assert(
			fc.property(names, bytes => {
				const native = nativePath(decodeName(bytes));
				assert.deepEqual(typeof native === 'string' ? Buffer.from(native) : native, bytes);
			}),
		);
	});

	it('stay unchanged if they are UTF-8', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme' }), name => {
				fc.pre(!/[\uef80-\uefff]/.test(name));
				assert.equal(decodeName(Buffer.from(name)), name);
				assert.equal(nativePath(name), name);
				assert.equal(spellName(name), name);
			}),
		);
	});

	it('are escaped, and percent-encoded, byte by byte', () => {
		const name = decodeName(Buffer.from('a/caf\xe9 \xb6.md', 'latin1'));
		assert.equal(spellName(name), 'a/caf\\xE9 \\xB6.md');
		assert.equal(encodeName(name), 'a/caf%E9%20%B6.md');
		assert.equal(encodeName('a/渡轮 1.md'), 'a/%E6%B8%A1%E8%BD%AE%201.md');
	});
});
