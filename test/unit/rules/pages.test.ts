import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listRules, RULE_IDS, rules } from '../../../server/src/rules/index.ts';
import { check, fixed, inArticle } from './support.ts';

const PAGES = join(import.meta.dirname, '../../../docs/rules');

const pageOf = (id: string): string => `${id.replace('/', '-')}.md`;

/** An example of a page: a whole article, or the body of one. */
function example(page: string, heading: string): string {
	const code = new RegExp(`^## ${heading}\n\n\`\`\`(?:html|text)\n([\\s\\S]*?)\n\`\`\`$`, 'm').exec(page)?.[1];
	assert.ok(code, `the page has an example under “${heading}”`);
	return /^(?:<!--\s*\d|<!--NaN|---\n|\[|\p{L})/u.test(code) ? `${code}\n` : inArticle(code);
}

describe('rules: pages', () => {
	it('are there for every rule, and for nothing else', () => {
		assert.deepEqual(readdirSync(PAGES).sort(), RULE_IDS.map(pageOf).sort());
	});

	for (const { id, severity } of [...rules, ...listRules]) {
		it(`${id}: name and severity are right, and the examples show what they say`, () => {
			const page = readFileSync(join(PAGES, pageOf(id)), 'utf8');
			assert.ok(page.startsWith(`# ${id}\n\nDefault severity: ${severity}.\n\n`));
			for (const heading of ['The fix', 'When to ignore it'])
				assert.match(page, new RegExp(`^## ${heading}\n\n\\S`, 'm'));
			const [wrong, right] = [example(page, 'Wrong'), example(page, 'Right')];
			const names = (text: string): readonly string[] => [...new Set(check(text).map(({ rule }) => rule.id))];
			assert.deepEqual(names(wrong), [id]);
			assert.deepEqual(names(right), []);
			// Where the fix makes all of the difference, it makes the right example.
			const offered = check(wrong).every(problem => (problem.fixes?.() ?? []).length > 0);
			assert.equal(offered, !/^None\b/m.test(page.slice(page.indexOf('## The fix\n'))));
			if (offered) assert.deepEqual(names(fixed(id, wrong)), []);
		});
	}

	it('link to pages that exist', () => {
		const pages = readdirSync(PAGES);
		for (const name of pages) {
			for (const [, target] of readFileSync(join(PAGES, name), 'utf8').matchAll(/\]\(([\w-]+\.md)\)/g))
				assert.ok(pages.includes(target ?? ''), `${name} links to ${target}`);
		}
	});
});
