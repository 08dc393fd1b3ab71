import assert from 'node:assert/strict';
import { parseDocument as parseWithHtmlparser2 } from 'htmlparser2';
import { parseArticle, parseDocument } from '../../server/src/article/article.ts';
import { applyEdits } from '../../server/src/article/edits.ts';
import { fixAll } from '../../server/src/languageFeatures/fixAll.ts';
import type { Problem } from '../../server/src/rules/check.ts';
import { sampled } from '../support/runs.ts';
import { problemsOf } from './check.ts';
import { corpusFiles } from './corpus.ts';

/** Rules whose safe fixes change visible text. */
const ABOUT_TEXT = new Set(['html/syntax', 'link/email', 'text/double-encoded']);

/** Removes what text/invisible may remove, which JavaScript partly takes for white space. */
function withoutZeroWidth(text: string): string {
	return text.replace(/[\u200b-\u200d\u2060\ufeff]/g, '');
}

/** Returns the visible text of a body with collapsed white space, using an independent parser. */
function shownText(text: string): string {
	const { start, end } = parseArticle(text).body.span;
	const parts: string[] = [];
	const queue = [parseWithHtmlparser2(text.slice(start, end))] as unknown as ShownNode[];
	for (let node = queue.pop(); node; node = queue.pop()) {
		if (node.type === 'text') parts.push(node.data ?? '');
		else if (!/^(?:script|style|noscript|template)$/.test(node.name ?? ''))
			queue.push(...(node.children ?? []).toReversed());
	}
	return parts.join('').replace(/\s+/g, ' ').trim();
}

/** The parts of the independent parser's nodes that are used. */
interface ShownNode {
	readonly type: string;
	readonly name?: string;
	readonly data?: string;
	readonly children?: readonly ShownNode[];
}

/** Runs "Fix all" on every real file. */
describe('corpus: fix all', () => {
	const files = sampled(corpusFiles());
	const check = async (text: string): Promise<readonly Problem[]> => problemsOf(parseDocument(text));

	before(function () {
		if (files.length > 0) return;
		console.log('    ../shared/corpus is not here: its tests are skipped');
		this.skip();
	});

	it('is idempotent, and changes text only where it is wrong', async () => {
		let fixed = 0;
		for (const { path, text } of files) {
			const result = await fixAll(text, check);
			assert.equal(applyEdits(text, result.edits), result.text, path);
			assert.deepEqual(await fixAll(result.text, check), { text: result.text, edits: [], count: 0 }, path);
			if (result.count === 0) continue;
			fixed++;
			const sure = problemsOf(parseDocument(text)).filter(({ fixes }) => fixes?.().some(({ preferred }) => preferred));
			if (!sure.some(({ rule }) => ABOUT_TEXT.has(rule.id)))
				assert.equal(shownText(withoutZeroWidth(result.text)), shownText(withoutZeroWidth(text)), path);
		}
		assert.ok(fixed > 0);
	});
});
