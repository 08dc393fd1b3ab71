import assert from 'node:assert/strict';
import { CancellationToken } from 'vscode-languageserver';
import { readNotes } from '../../server/src/annotations/exchange/exchange.ts';
import { writeHypothesis } from '../../server/src/annotations/exchange/hypothesis.ts';
import { NOTE_KINDS } from '../../server/src/annotations/kinds.ts';
import { parseSidecar } from '../../server/src/annotations/sidecar.ts';
import { changeSidecar } from '../../server/src/annotations/sidecarWriter.ts';
import { readThreads } from '../../server/src/annotations/threads.ts';
import { parseArticle, updateDocument } from '../../server/src/article/article.ts';
import { buildOutline } from '../../server/src/article/outline.ts';
import { parseMoment } from '../../server/src/article/time.ts';
import { foldingRanges } from '../../server/src/languageFeatures/foldingRange.ts';
import { pastes } from '../../server/src/languageFeatures/paste.ts';
import { createResolver } from '../../server/src/links/resolve.ts';
import { PATTERNS } from '../bench/hostile/patterns.ts';
import { STEPS } from '../bench/hostile/steps.ts';
import { CURSOR, HEAD, open } from '../unit/languageFeatures/harness.ts';

const token = CancellationToken.None;

/** Returns the JSON of an annotation collection. */
function sidecar(count: number, annotation: (index: number) => object): string {
	const items = Array.from({ length: count }, (_, index) => ({
		id: `urn:x:${index}`,
		type: 'Annotation',
		...annotation(index),
	}));
	const first = { id: 'urn:x:page', type: 'AnnotationPage', items };
	return JSON.stringify({
		'@context': 'http://www.w3.org/ns/anno.jsonld',
		id: 'urn:x:all',
		type: 'AnnotationCollection',
		total: count,
		first,
	});
}

describe('texts far larger than people write', () => {
	it('of many kinds complete every step', async function () {
		this.timeout(300_000);
		assert.ok(PATTERNS.length >= 150);
		for (const { name, write } of PATTERNS) {
			const text = write(3000);
			assert.ok(text.length > 1500 && text.length < 4500, `${name}: ${text.length}`);
			for (const step of STEPS) {
				const run = await step.prepare(text);
				await assert.doesNotReject(async () => run(), `${name}: ${step.name}`);
			}
		}
	});

	it('with 40,000 paragraphs on one line have colours, folds, links, lenses, notes and a reader view', async function () {
		this.timeout(300_000);
		const count = 40_000;
		const { document, service } = open(`${HEAD}${'<p>x</p>'.repeat(count)}${CURSOR}`);
		const { data } = await service.semanticTokens(document, undefined, 1000);
		// Of each tag the brackets and the name.
		assert.equal(data.length / 5, 6 * count);
		assert.equal(foldingRanges(document, 5000).length, 1);
		const answer = await service.reader.read(document, 'a', {}, token);
		assert.ok(answer.kind === 'view' && answer.view.blocks.length === count, answer.kind);
	});

	it('with 40,000 notes, links and images do not overflow the stack', async function () {
		this.timeout(300_000);
		for (const piece of ['<ins>a</ins> ', '<a href="/x">y</a><br>', '<img src="a.jpg">', '<!-- note: x -->']) {
			const { document, service } = open(`${HEAD}<p>${piece.repeat(40_000)}</p>${CURSOR}`);
			assert.ok((await service.documentSymbols(document)).length > 0);
			assert.ok((await service.diagnostics(document, token)).length <= 100);
			assert.ok((await service.semanticTokens(document, undefined, 1000)).data.length > 0);
			await service.documentLinks(document, false, token);
			await service.codeLenses(document, { showsPlaces: true, opensReader: true }, token);
			await service.reader.read(document, 'a', {}, token);
			await service.fixAll(document.uri, document.getText(), token);
		}
	});

	it('reopen a limited number of formatting elements', () => {
		const paragraphs = 2000;
		const text = `${HEAD}${Array.from({ length: paragraphs }, (_, index) => `<p><font size="${index}">x`).join('')}`;
		const { nodes } = parseArticle(text);
		assert.ok(nodes.length < 20 * paragraphs, `${nodes.length} nodes`);
		// As in the standard if there are few.
		const few = parseArticle(`${HEAD}<p><font size=1><font size=2><b><i><u>x<p>y`);
		const names = few.nodes.map(({ nodeName }) => nodeName);
		assert.deepEqual(names, ['p', 'font', 'font', 'b', 'i', 'u', '#text', 'p', 'font', 'font', 'b', 'i', 'u', '#text']);
	});

	it('with images in nested noscripts have each image, and pair those that belong together', () => {
		const depth = 20_000;
		const { images, figures } = parseArticle(
			`${HEAD}<img data-src=a.jpg><noscript><img src=a.jpg>${'<noscript><img src=b.jpg>'.repeat(depth)}`,
		);
		assert.equal(images.length, depth + 1);
		assert.deepEqual(images[0]?.twins, [2]);
		assert.ok(figures.length > 0);
	});

	it('with nested figures have each image in the innermost figure', () => {
		const depth = 5000;
		const { figures } = parseArticle(`${HEAD}${'<figure><img src=a.jpg><figcaption>x</figcaption>'.repeat(depth)}`);
		assert.equal(figures.length, depth);
		assert.ok(figures.every(({ images, caption }) => images.length === 1 && caption?.label === 'x'));
	});

	it('with a figure of very many images have them all', () => {
		const [figure] = parseArticle(`${HEAD}<figure>${'<img src=a.jpg>'.repeat(30_000)}</figure>`).figures;
		assert.equal(figure?.images.length, 30_000);
	});

	it('have labels of limited length, whatever the nesting and the white space', () => {
		const nested = parseArticle(`${HEAD}${'<blockquote><h2>'.repeat(3000)}${'x '.repeat(3000)}`);
		assert.ok(nested.headings.every(({ label }) => label.length <= 1000));
		const caption = (space: string): string | undefined =>
			parseArticle(
				`${HEAD}<figure><img src=a>${space}<figcaption>${space}<p>${space}The dike${space}</p>${space}<p>at low tide.</p></figcaption></figure>`,
			).figures[0]?.caption?.label;
		assert.equal(caption(''), 'The dike at low tide.');
		assert.equal(caption('\n\t\t'.repeat(1000)), 'The dike at low tide.');
		// Not inside a surrogate pair.
		const text = `${HEAD}<figure><img src=a><figcaption>x${'😀'.repeat(600)}</figcaption></figure>`;
		assert.equal(parseArticle(text).figures[0]?.caption?.label, `x${'😀'.repeat(499)}`);
	});

	it('with deeply nested elements are updated incrementally to the same result as a full parse', () => {
		const body = `${'<ul><li>x'.repeat(4000)}${'</li></ul>'.repeat(4000)}`;
		for (const part of [0.2, 0.5, 0.8]) {
			const text = HEAD + body;
			const at = Math.floor(text.length * part);
			const edited = `${text.slice(0, at)}y${text.slice(at)}`;
			const updated = updateDocument(parseArticle(text), edited);
			assert.ok(updated.kind === 'article');
			const anew = parseArticle(edited);
			assert.equal(updated.nodes.length, anew.nodes.length);
			assert.deepEqual(buildOutline(updated), buildOutline(anew));
		}
	});

	it('with long runs of one character are parsed to the end', () => {
		const long = 200_000;
		assert.equal(parseMoment(`2021-12-16${' '.repeat(long)}x`), undefined);
		const resolve = createResolver('https://a.example/');
		const spaced = resolve(`b${' '.repeat(long)}c`);
		assert.ok(spaced.kind === 'url' && spaced.url.pathname.length > long);
		for (const body of [
			`<img src=a width="1${' '.repeat(long)}x">`,
			`<iframe src="https://a.example/${'x'.repeat(long)}/"></iframe>`,
			`<mark>x${' '.repeat(long)}y</mark>`,
			`<a href="http:${'\u00a0'.repeat(3000)}">x</a>`,
			`<a href="https://a.example/${'/'.repeat(long)}x">y</a>`,
			`<address>x${','.repeat(long)}y</address>`,
		]) {
			const article = parseArticle(HEAD + body);
			assert.ok(buildOutline(article).length > 0, body.slice(0, 20));
		}
	});

	it('are pasted without traversing the clip once for each of its parts', () => {
		for (const unit of [
			'<p>a&nbsp;<b>b</b></p>',
			'<div>a</div>',
			'<img data-src="https://a.example/i.png"><noscript><img></noscript>',
			'<a id="i" href="#i">x</a>',
			'<span>&nbsp;</span>',
			'<ul><li>a</ul>',
		]) {
			const { document } = open(`${HEAD}<p>x</p>${CURSOR}`);
			const end = document.positionAt(document.getText().length);
			const offers = pastes(document, { start: end, end }, { html: unit.repeat(20_000) });
			assert.ok(offers.some(({ kind }) => kind === 'html') || unit.startsWith('<span>'), unit);
		}
	});

	it('with nested formulas are drawn', () => {
		const article = parseArticle(
			`${HEAD}<p>${'<math><mrow><mfrac>'.repeat(20_000)}x</p><h2>${'<math><mi>x</mi></math>'.repeat(20_000)}</h2>`,
		);
		assert.ok(buildOutline(article)[0]?.children[0]?.name.startsWith('xxx'));
	});

	it('with one image and very many noscripts pair each of them once', () => {
		const count = 50_000;
		const { images } = parseArticle(
			`${HEAD}<img data-src="/a.jpg">${'<noscript><img src="/a.jpg"></noscript>'.repeat(count)}${'<noscript><img>'.repeat(count)}`,
		);
		assert.equal(images[0]?.twins.length, count);
	});
});

describe('sidecar files far larger than people write', () => {
	it('with 150,000 notes are parsed, checked and written', () => {
		const text = sidecar(150_000, () => ({ target: 'https://a.example/' }));
		const read = parseSidecar(text);
		assert.deepEqual(read.faults, []);
		assert.equal(readThreads(read).length, 150_000);
		const [before] = read.annotations.map(({ annotation }) => annotation);
		assert.ok(before);
		assert.equal(changeSidecar(text, [{ before, after: undefined }], { source: 'urn:x:y', title: '' }).kind, 'changed');
	});

	it('with deeply nested replies are shown as threads', () => {
		const count = 30_000;
		const text = sidecar(count, index => ({
			motivation: 'replying',
			target: index === 0 ? 'https://a.example/' : `urn:x:${index - 1}`,
		}));
		const read = parseSidecar(text);
		assert.equal(readThreads(read).length, 1);
		const imported = readNotes(text, 'jsonld', NOTE_KINDS);
		assert.ok(imported.annotations.every(({ source }) => source === 'https://a.example/'));
		// Each reply names those before it. This is limited for the last ones, or the file would have a billion names.
		const annotations = read.annotations.slice(0, 3000).map(({ annotation }) => annotation);
		const written = JSON.parse(
			writeHypothesis(annotations.map(annotation => ({ annotation, source: 'https://a.example/', title: '' }))),
		);
		assert.equal(written.rows[10].references.length, 10);
		assert.equal(written.rows[2999].references.length, 1000);
	});

	it('with very many names in an object report the position of a fault', () => {
		const names = Object.fromEntries(Array.from({ length: 60_000 }, (_, index) => [`a${index}`, [index]]));
		const { faults } = parseSidecar(sidecar(1, () => ({ ...names, target: 7 })));
		assert.ok(faults.length > 0);
	});
});
