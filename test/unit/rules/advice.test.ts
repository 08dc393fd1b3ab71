import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { explained } from '../../../server/src/rules/advice.ts';
import { ALL_RULES } from '../../../server/src/rules/index.ts';
import { runs } from '../../support/runs.ts';
import { mangled } from './mangled.ts';
import { check, inArticle } from './support.ts';

/** Rules whose messages say what to do. */
const SELF_EXPLANATORY = new Set(['article/conflict']);

/** The advice of problems without a fix, by rule. */
function adviceIn(text: string): ReadonlyMap<string, string> {
	const found = new Map<string, string>();
	for (const problem of check(text)) {
		const { rule, message, fixes } = problem;
		const said = explained(problem);
		if ((fixes?.() ?? []).length > 0 || SELF_EXPLANATORY.has(rule.id)) assert.equal(said, message);
		else {
			assert.ok(said.startsWith(message) && said.length > message.length + 15, `${rule.id}: ${said}`);
			assert.match(said.slice(message.length), /^\.? \p{Lu}.*[^.]$/u);
			found.set(rule.id, said.slice(message.length));
		}
	}
	return found;
}

describe('problems without a fix', () => {
	it('say what to do, whatever the rule', () => {
		const every = join(import.meta.dirname, '../../../examples/archive/articles/workshop/every-rule.md');
		assert.ok(adviceIn(readFileSync(every, 'utf8')).size > 4);
		fc.assert(
			fc.property(mangled, text => void adviceIn(text)),
			{ numRuns: runs(1000) },
		);
		for (const { id } of ALL_RULES) {
			const problem = { rule: { id }, severity: 'hint', span: { start: 0, end: 0 }, message: 'X' } as const;
			assert.equal(explained(problem) === 'X', SELF_EXPLANATORY.has(id), id);
		}
	});

	it('say it for each fault of a header, and each kind of fault in a title', () => {
		const body = '\n<p>x</p>\n';
		const said = (text: string): string => [...adviceIn(text).values()].join();
		assert.match(said(`---\ntitle: [a\n---\n<p>x</p>\n`), /key, a colon/);
		assert.match(said(`---\ntitle: a\n---\n\n<p>x</p>\n`), /“from: …”/);
		assert.match(said(`<!--1639640221000-->\n[](https://a.example/)\n------\n${body}`), /headline/);
		assert.match(
			said(`---\ntitle: Ebb\n---\n<!--1639640221000-->\n[Tide](https://a.example/)\n------\n${body}`),
			/which title is right/,
		);
	});

	it('do not repeat what a fix does', () => {
		assert.equal(adviceIn(inArticle('<p>x</p><figure></figure>')).size, 0);
		assert.match([...adviceIn(inArticle('<p>x</p><figure>')).values()].join(), /Add an image/);
	});
});
