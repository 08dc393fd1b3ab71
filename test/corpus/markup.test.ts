import assert from 'node:assert/strict';
import { NOTE_KINDS } from '../../server/src/annotations/kinds.ts';
import { type Article, parseDocument } from '../../server/src/article/article.ts';
import { applyEdits } from '../../server/src/article/edits.ts';
import { type Span, span } from '../../server/src/article/span.ts';
import { markupEdits } from '../../server/src/languageFeatures/markupEdits/markupEdits.ts';
import { MARKUP, type MarkupName } from '../../server/src/protocol/editing.ts';
import { sampled } from '../support/runs.ts';
import { corpusFiles } from './corpus.ts';

/** A text with what is selected in it; `undefined` if the markup is refused. */
interface Marked {
	readonly text: string;
	readonly selections: readonly Span[];
}

function apply(parsed: Article, selections: readonly Span[], markup: MarkupName): Marked | undefined {
	const result = markupEdits(parsed, selections, markup, 'cite', NOTE_KINDS);
	if ('obstacle' in result) return undefined;
	return { text: applyEdits(parsed.text, result.edits), selections: result.selections };
}

function parse(text: string): Article {
	const parsed = parseDocument(text);
	assert.equal(parsed.kind, 'article');
	return parsed as Article;
}

const wordsOf = (article: Article): string => article.content.value.replace(/\s+/g, '');

/** Toggles all markup in blocks of every real article. */
describe('corpus: markup', () => {
	const files = sampled(corpusFiles());

	before(function () {
		if (files.length > 0) return;
		console.log('    ../shared/corpus is not here: its tests are skipped');
		this.skip();
	});

	it('keeps the words of real articles, and is rarely refused', () => {
		let [done, refused, undone] = [0, 0, 0];
		for (const [index, { path, text }] of files.entries()) {
			const article = parseDocument(text);
			if (article.kind === 'list' || article.markdown) continue;
			const blocks = article.blocks.filter(({ span: { start, end } }) => text.slice(start, end).includes('</p>'));
			const block = blocks[(index * 7) % Math.max(1, blocks.length)];
			if (!block) continue;
			const { start, end } = block.span;
			const middle = Math.floor((start + end) / 2);
			for (const markup of MARKUP)
				for (const selection of [span(start, end), span(middle, middle), span(middle, end)]) {
					const once = apply(article, [selection], markup);
					if (markup !== 'link' && selection.start === start) once ? done++ : refused++;
					if (!once) continue;
					const after = parse(once.text);
					if (markup !== 'comment') assert.equal(wordsOf(after), wordsOf(article), `${path} ${markup}`);
					if (markup !== 'comment' || selection.start !== start) continue;
					assert.equal(apply(after, once.selections, markup)?.text, text, `${path} ${markup} twice`);
					undone++;
				}
		}
		assert.ok(done > 50 && undone > 5, `${done} done, ${undone} undone`);
		assert.ok(refused < done * 0.1, `${refused} of ${done + refused} refused`);
	});
});
