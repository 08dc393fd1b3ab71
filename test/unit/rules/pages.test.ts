import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CancellationToken } from 'vscode-languageserver';
import { MORE_PROBLEMS } from '../../../server/src/languageFeatures/diagnostic.ts';
import { snapshotOf } from '../../../server/src/languageFeatures/snapshot.ts';
import type { Problem } from '../../../server/src/rules/check.ts';
import { ALL_RULES, RULE_IDS } from '../../../server/src/rules/index.ts';
import { createService } from '../../../server/src/service.ts';
import { createFiles } from '../languageFeatures/harness.ts';
import { check, fixed, inArticle, NOW } from './support.ts';

const PAGES = join(import.meta.dirname, '../../../docs/rules');

const pageOf = (id: string): string => `${id.replace('/', '-')}.md`;

/** An example in the documentation: a whole article, or a body, with an optional sidecar file. */
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

/** Checks an example with all rules. */
async function problemsOf({ text, sidecar }: Example): Promise<readonly Problem[]> {
	if (sidecar === undefined) return check(text);
	const uri = 'file:///a/1.md';
	const files = createFiles({ [`${uri}.annotations.jsonld`]: sidecar });
	const service = createService({ files, now: () => NOW });
	const { problems, sidecar: checked } = await service.check(snapshotOf(uri, text), CancellationToken.None);
	return [...problems, ...(checked?.problems ?? [])];
}

describe('rule documentation', () => {
	it('exists for each rule and for the diagnostic that counts the others, and for nothing else', () => {
		assert.deepEqual(readdirSync(PAGES).sort(), [...RULE_IDS, MORE_PROBLEMS].map(pageOf).sort());
	});

	for (const { id, severity } of ALL_RULES) {
		it(`of ${id} has the right name and severity, and correct examples`, async () => {
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
			// If every problem has a fix, applying the fixes must leave no problems.
			const offered = (await problemsOf(wrong)).every(problem => (problem.fixes?.() ?? []).length > 0);
			assert.equal(offered, !/^None\b/m.test(page.slice(page.indexOf('## The fix\n'))));
			if (offered) assert.deepEqual(await names({ ...wrong, text: fixed(id, wrong.text) }), []);
		});
	}

	it('is listed in README.md with the severity of each rule', () => {
		const readme = readFileSync(join(PAGES, '../../README.md'), 'utf8');
		const rows = [...readme.matchAll(/^\| \[(\w+\/[\w-]+)\]\(docs\/rules\/([\w.-]+)\) \| (\w+) \| \S/gm)].map(
			([, id, page, severity]) => `${id} ${page} ${severity}`,
		);
		assert.deepEqual(rows.sort(), ALL_RULES.map(({ id, severity }) => `${id} ${pageOf(id)} ${severity}`).sort());
	});

	it('links only to existing pages', () => {
		const pages = readdirSync(PAGES);
		for (const name of pages) {
			for (const [, target] of readFileSync(join(PAGES, name), 'utf8').matchAll(/\]\(([\w-]+\.md)\)/g))
				assert.ok(pages.includes(target ?? ''), `${name} links to ${target}`);
		}
	});
});
