import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CancellationToken } from 'vscode-languageserver';
import { snapshotOf } from '../../../server/src/languageFeatures/snapshot.ts';
import type { Problem } from '../../../server/src/rules/check.ts';
import { ALL_RULES, RULE_IDS } from '../../../server/src/rules/index.ts';
import { createService } from '../../../server/src/service.ts';
import { createFiles } from '../languageFeatures/harness.ts';
import { check, fixed, inArticle, NOW } from './support.ts';

const PAGES = join(import.meta.dirname, '../../../docs/rules');

const pageOf = (id: string): string => `${id.replace('/', '-')}.md`;

/** An example of a page: a whole article, or the body of one; and what its sidecar holds, if it has one. */
interface Example {
	readonly text: string;
	readonly sidecar: string | undefined;
}

function example(page: string, heading: string): Example {
	const found = new RegExp(
		`^## ${heading}\n\n\`\`\`(?:html|text)\n([\\s\\S]*?)\n\`\`\`\n(?:\n\`\`\`json\n([\\s\\S]*?)\n\`\`\`\n)?`,
		'm',
	).exec(page);
	const code = found?.[1];
	assert.ok(code, `the page has an example under “${heading}”`);
	const isWhole = /^(?:<!--\s*\d|<!--NaN|---\n|\[|\p{L})/u.test(code);
	return { text: isWhole ? `${code}\n` : inArticle(code), sidecar: found?.[2] };
}

/** What all rules find in an example. */
async function problemsOf({ text, sidecar }: Example): Promise<readonly Problem[]> {
	if (sidecar === undefined) return check(text);
	const uri = 'file:///a/1.md';
	const files = createFiles({ [`${uri}.annotations.jsonld`]: sidecar });
	const service = createService({ files, now: () => NOW });
	const { problems, sidecar: checked } = await service.check(snapshotOf(uri, text), CancellationToken.None);
	return [...problems, ...(checked?.problems ?? [])];
}

describe('rules: pages', () => {
	it('are there for every rule, and for nothing else', () => {
		assert.deepEqual(readdirSync(PAGES).sort(), RULE_IDS.map(pageOf).sort());
	});

	for (const { id, severity } of ALL_RULES) {
		it(`${id}: name and severity are right, and the examples show what they say`, async () => {
			const page = readFileSync(join(PAGES, pageOf(id)), 'utf8');
			assert.ok(page.startsWith(`# ${id}\n\nDefault severity: ${severity}.\n\n`));
			for (const heading of ['The fix', 'When to ignore it'])
				assert.match(page, new RegExp(`^## ${heading}\n\n\\S`, 'm'));
			const [wrong, right] = [example(page, 'Wrong'), example(page, 'Right')];
			const names = async (one: Example): Promise<readonly string[]> => [
				...new Set((await problemsOf(one)).map(({ rule }) => rule.id)),
			];
			assert.deepEqual(await names(wrong), [id]);
			assert.deepEqual(await names(right), []);
			// Where the fix makes all of the difference, it makes the right example.
			const offered = (await problemsOf(wrong)).every(problem => (problem.fixes?.() ?? []).length > 0);
			assert.equal(offered, !/^None\b/m.test(page.slice(page.indexOf('## The fix\n'))));
			if (offered) assert.deepEqual(await names({ ...wrong, text: fixed(id, wrong.text) }), []);
		});
	}

	it('are listed in README.md, each with its severity', () => {
		const readme = readFileSync(join(PAGES, '../../README.md'), 'utf8');
		const rows = [...readme.matchAll(/^\| \[(\w+\/[\w-]+)\]\(docs\/rules\/([\w.-]+)\) \| (\w+) \| \S/gm)].map(
			([, id, page, severity]) => `${id} ${page} ${severity}`,
		);
		assert.deepEqual(rows.sort(), ALL_RULES.map(({ id, severity }) => `${id} ${pageOf(id)} ${severity}`).sort());
	});

	it('link to pages that exist', () => {
		const pages = readdirSync(PAGES);
		for (const name of pages) {
			for (const [, target] of readFileSync(join(PAGES, name), 'utf8').matchAll(/\]\(([\w-]+\.md)\)/g))
				assert.ok(pages.includes(target ?? ''), `${name} links to ${target}`);
		}
	});
});
