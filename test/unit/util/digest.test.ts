import assert from 'node:assert/strict';
import { digest, hashOf } from '../../../server/src/util/digest.ts';

describe('the digest of a text', () => {
	it('never changes, since files are named after it', () => {
		for (const [text, hash, name] of [
			['', 2166136261, 'ztntfp9zloz0'],
			['a', 3826002220, '1r9wi7g1ui5uli1'],
			['潮水', 3699688671, '1p6p61rt9hmvt2'],
			['https://courier.example/tide?page=2', 825111459, 'dn902r9v4n7lz'],
			['很长的标题'.repeat(40), 3096196965, '1f7e8v9bimhmb5k'],
		] as const) {
			assert.equal(hashOf(text), hash, text);
			assert.equal(digest(text), name, text);
		}
	});

	it('differs for another text, and for another order of its characters', () => {
		const texts = ['a', 'b', 'ab', 'ba', '潮', '潮水', '水潮', ' a', 'a '];
		assert.equal(new Set(texts.map(digest)).size, texts.length);
		assert.equal(new Set(texts.map(text => hashOf(text))).size, texts.length);
	});
});
