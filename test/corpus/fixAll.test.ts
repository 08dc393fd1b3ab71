import assert from 'node:assert/strict';
import { parseDocument as parseWithHtmlparser2 } from 'htmlparser2';
import { parseArticle, parseDocument } from '../../server/src/article/article.ts';
import { applyEdits } from '../../server/src/article/edits.ts';
import { fixAll } from '../../server/src/languageFeatures/fixAll.ts';
import type { Problem } from '../../server/src/rules/check.ts';
import { problemsOf } from './check.ts';
import { corpusFiles } from './corpus.ts';

/** Rules whose sure fixes are about text that a reader sees. */
const ABOUT_TEXT = new Set(['html/syntax']);

/** The text of a body, white space as one space, by an independent parser; without what is never shown. */
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

/** A node of the independent parser, as far as it is looked at. */
interface ShownNode {
	readonly type: string;
	readonly name?: string;
	readonly data?: string;
	readonly children?: readonly ShownNode[];
}

/** "Fix all" over every real file. */
describe('corpus: fix all', () => {
	const files = corpusFiles();
	const check = async (text: string): Promise<readonly Problem[]> => problemsOf(parseDocument(text));

	before(function () {
		if (files.length > 0) return;
		console.log('    ../shared/corpus is not here: its tests are skipped');
		this.skip();
	});

	it('fixes once what it would fix twice, and leaves the text alone but where that is wrong', async () => {
		let fixed = 0;
		for (const { path, text } of files) {
			const result = await fixAll(text, check);
			assert.equal(applyEdits(text, result.edits), result.text, path);
			assert.deepEqual(await fixAll(result.text, check), { text: result.text, edits: [], count: 0 }, path);
			if (result.count === 0) continue;
			fixed++;
			const sure = problemsOf(parseDocument(text)).filter(({ fixes }) => fixes?.().some(({ preferred }) => preferred));
			if (!sure.some(({ rule }) => ABOUT_TEXT.has(rule.id)))
				assert.equal(shownText(result.text), shownText(text), path);
		}
		assert.ok(fixed > 0);
	});
});
