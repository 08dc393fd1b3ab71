import assert from 'node:assert/strict';
import { DomUtils, parseDocument as parseWithHtmlparser2 } from 'htmlparser2';
import { type Article, parseArticle, parseDocument } from '../../server/src/article/article.ts';
import { detect } from '../../server/src/article/detect.ts';
import { isElement } from '../../server/src/article/node.ts';
import { assertSame } from '../support/tokenizer.ts';
import { outlineItems, problemsOf, readAll, strayRange } from './check.ts';
import { type CorpusFile, corpusFiles } from './corpus.ts';

const files = corpusFiles();
const articleOf = ({ text }: CorpusFile): Article | undefined => {
	const document = parseDocument(text);
	return document.kind === 'article' ? document : undefined;
};

/** Runs the engine on every real file. */
describe('corpus', () => {
	before(function () {
		if (files.length > 0) return;
		console.log('    ../shared/corpus is not here: its tests are skipped');
		this.skip();
	});

	it('is recognised file by file', () => {
		assert.deepEqual(
			files
				.filter(({ path, text }) => detect(text) !== (path.startsWith('lists') ? 'list' : 'article'))
				.map(file => file.path),
			[],
		);
	});

	it('has the same trees as with parse5’s own tokenizer', () => {
		for (const { text } of files) assertSame([text]);
	});

	it('has every span inside the text and on the right characters', () => {
		for (const file of files) {
			assert.deepEqual(strayRange(file.text), undefined, file.path);
			const article = articleOf(file);
			if (!article) continue;
			const at = ({ start, end }: { start: number; end: number }): string => file.text.slice(start, end);
			for (const { span, href } of article.links) {
				assert.match(at(span), /^<a(?:rea)?[\s>]/i, file.path);
				if (href && !/[&\r\0]/.test(at(href.span))) assert.equal(at(href.span), href.value, file.path);
			}
			for (const { span, source } of article.images) {
				assert.match(at(span), /^<img[\s/>]/i, file.path);
				if (source?.attribute.endsWith('src') && !/[&\r\0]/.test(at(source.span)))
					assert.equal(at(source.span), source.value, file.path);
			}
			for (const { node, span } of article.headings)
				assert.match(at(span), new RegExp(`^<${article.nodes[node]?.nodeName}[\\s>]`, 'i'), file.path);
			for (const { span, shape } of article.figures)
				assert.match(at(span), shape === 'figure' ? /<figure[\s>]/i : /<img[\s/>]/i, file.path);
		}
	});

	it('has as many links and images as an independent parser finds, and no more heading elements', () => {
		for (const file of files) {
			if (!articleOf(file)) continue;
			const article = parseArticle(file.text, { furniture: false });
			const { start, end } = article.body.span;
			const tree = parseWithHtmlparser2(file.text.slice(start, end));
			const count = (test: (name: string) => boolean): number =>
				DomUtils.filter(node => 'name' in node && test(String(node.name)), tree).length;
			const headings = DomUtils.filter(node => 'name' in node && /^h[1-6]$/.test(String(node.name)), tree).filter(
				node => /\S/.test(DomUtils.textContent(node)),
			);
			// Bylines, leads and the title again are marked up as headings too.
			const elements = article.headings.filter(({ node }) => /^h[1-6]$/.test(article.nodes[node]?.nodeName ?? ''));
			assert.ok(elements.length <= headings.length, file.path);
			const twins = article.images.reduce((sum, image) => sum + image.twins.length, 0);
			assert.deepEqual(
				{
					links: article.links.length,
					images: article.images.length + twins,
				},
				{
					links: count(name => name === 'a' || name === 'area'),
					images: count(name => name === 'img'),
				},
				file.path,
			);
		}
	});

	it('is parsed alike with other line endings and a byte order mark', () => {
		const facts = (text: string): unknown => {
			const { document, problems, outline } = readAll(text);
			const lines = (place: { start: number; end: number }): string =>
				text.slice(place.start, place.end).replaceAll('\r\n', '\n');
			return {
				kind: document.kind,
				problems: problems.map(({ rule, message, span }) => [rule.id, message, lines(span)]),
				outline: outline.map(({ kind, name, detail, selection }) => [kind, name, detail, lines(selection)]),
			};
		};
		for (const { path, text } of files) {
			const unix = text.replaceAll('\r\n', '\n');
			const expected = facts(unix);
			assert.deepEqual(facts(unix.replaceAll('\n', '\r\n')), expected, path);
			assert.deepEqual(facts(`\uFEFF${unix.replace(/^\uFEFF/, '')}`), expected, path);
		}
	});

	it('has the expected content in the sample article', () => {
		const sample = files.find(file => file.path.endsWith('1042777.md'));
		assert.ok(sample);
		const article = articleOf(sample);
		assert.ok(article);
		const kinds = outlineItems(article).map(item => item.kind);
		assert.deepEqual(kinds.slice(0, 4), ['title', 'byline', 'date', 'figure']);
		assert.equal(kinds.filter(kind => kind === 'figure').length, 5);
		assert.ok(article.figures.every(figure => figure.caption && figure.images.length === 1));
		assert.ok(kinds.filter(kind => kind === 'paragraph').length > 20);
		assert.ok(kinds.includes('footer'));
		const problems = problemsOf(article);
		assert.deepEqual([...new Set(problems.map(({ rule }) => rule.id))].sort(), [
			'article/furniture',
			'html/misspelt',
			'image/missing-alt',
			'link/split',
		]);
		const split = problems.find(({ rule }) => rule.id === 'link/split');
		const [fix] = split?.fixes?.() ?? [];
		assert.ok(split && fix);
		let fixed = sample.text;
		for (const { span, newText } of fix.edits.toReversed())
			fixed = fixed.slice(0, span.start) + newText + fixed.slice(span.end);
		const after = parseDocument(fixed);
		assert.ok(after.kind === 'article');
		assert.equal(after.links.length, article.links.length - 2);
		assert.equal(after.content.value, article.content.value);
		assert.ok(!problemsOf(after).some(({ rule }) => rule.id === 'link/split'));
	});

	it('is parsed without errors from every prefix of the sample article', () => {
		const sample = files.find(file => file.path.endsWith('1042777.md'));
		assert.ok(sample);
		for (let length = 0; length <= sample.text.length; length++) {
			assert.equal(strayRange(sample.text.slice(0, length)), undefined, `${length} characters`);
		}
	});

	it('has a URL for nearly every image, and every element that a figure names', () => {
		for (const file of files) {
			const article = articleOf(file);
			if (!article) continue;
			for (const { caption, credit, node, beside } of article.figures) {
				const holders = [node, ...beside].map(at => [at, article.nodes[at]?.last ?? at] as const);
				for (const part of [caption, credit]) {
					if (!part) continue;
					assert.ok(
						holders.some(([first, last]) => first <= part.node && part.node <= last),
						file.path,
					);
					const written = file.text.slice(part.span.start, part.span.end);
					if (!/[<&]/.test(written)) assert.equal(written.replace(/\s+/g, ' ').trim(), part.label, file.path);
				}
			}
			for (const image of article.images) assert.ok(isElement(article.nodes[image.node], 'img'), file.path);
		}
	});
});
