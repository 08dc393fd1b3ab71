import assert from 'node:assert/strict';
import { hintTest } from '../../../server/src/util/hints.ts';

describe('hintTest', () => {
	it('passes every text that an expression matches', () => {
		for (const [source, texts] of [
			['share-?(?:bar|this)', ['sharebar', 'share-bar', 'x_SHARE-THIS y']],
			['log-?in-?form', ['loginform', 'log-inform', 'login-form', 'log-in-form']],
			['[a-z]{1,20}-ads?', ['top-ad', 'top-ads']],
			['newsletters?|crp', ['newsletter', 'the newsletters', 'crp', 'a-crp', 'CRP-b']],
			['wp?d-thread', ['wd-thread', 'wpd-thread']],
			['code-block-\\d+', ['code-block-12']],
			['广告', ['广告', 'x-广告']],
		] as const) {
			const mayMatch = hintTest([source]);
			for (const text of texts) {
				assert.match(text, new RegExp(source, 'i'));
				assert.equal(mayMatch(text), true, `${source}: ${text}`);
			}
		}
	});

	it('fails most other texts', () => {
		const mayMatch = hintTest(['share-?(?:bar|this)|newsletter|crp', 'ad-?box']);
		for (const text of ['', 'a', 'crane', 'market value', 'css-1x2y3z e1abc', 'shadow-box', 'letter'])
			assert.equal(mayMatch(text), false, text);
	});

	it('refuses an expression without a hint', () => {
		assert.throws(() => hintTest(['abc|x?y']), /“x\?y” has no hint/);
	});
});
