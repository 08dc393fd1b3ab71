import assert from 'node:assert/strict';
import { DIAGNOSTIC_LIMIT, diagnostics } from '../../../server/src/languageFeatures/diagnostic.ts';
import { snapshotOf } from '../../../server/src/languageFeatures/snapshot.ts';
import { check, inArticle } from '../rules/support.ts';

describe('the diagnostics of a document', () => {
	const shown = (links: number, pages?: string) => {
		const text = inArticle('<p>x <a href="">x</a></p>'.repeat(links));
		return diagnostics(snapshotOf('file:///a/1.md', text), check(text), pages);
	};

	it('are all shown up to the limit', () => assert.equal(shown(DIAGNOSTIC_LIMIT).length, DIAGNOSTIC_LIMIT));

	it('end with one that says how many are left out, with a code and a page like all others', () => {
		const all = shown(DIAGNOSTIC_LIMIT + 5, 'file:///pages/');
		assert.equal(all.length, DIAGNOSTIC_LIMIT);
		for (const { code, codeDescription } of all)
			assert.equal(codeDescription?.href, `file:///pages/${String(code).replace('/', '-')}.md`);
		const { code, message } = all.at(-1) ?? {};
		assert.deepEqual(
			[code, message],
			['more-problems', '6 more problems are not shown; run `marginalia check` to list all'],
		);
	});

	it('have no page where there are none', () =>
		assert.equal(shown(DIAGNOSTIC_LIMIT + 1).at(-1)?.codeDescription, undefined));
});
