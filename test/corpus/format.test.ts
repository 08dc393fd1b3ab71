import assert from 'node:assert/strict';
import { Parser } from 'htmlparser2';
import { findInlineNotes } from '../../server/src/annotations/inline.ts';
import { type Article, parseDocument } from '../../server/src/article/article.ts';
import { comparisonForm } from '../../server/src/article/comparisonForm.ts';
import { applyEdits, type TextEdit } from '../../server/src/article/edits.ts';
import { collapse, collapsing, expand, expansion } from '../../server/src/article/format.ts';
import { sampled } from '../support/runs.ts';
import { BLOCKS, carry, places, rendered, shown, writersRule } from '../unit/article/forms.ts';
import { outlineItems, problemsOf } from './check.ts';
import { type CorpusFile, corpusFiles } from './corpus.ts';

const files = sampled(corpusFiles());
const articleOf = (text: string): Article => {
	const document = parseDocument(text);
	assert.ok(document.kind === 'article');
	return document;
};
const articles = files.filter(({ text }) => parseDocument(text).kind === 'article');
/** Returns an article as it is, with CRLF, with a byte order mark, and without its final line break. */
const variants = ({ text }: CorpusFile): string[] => {
	const unix = text.replaceAll('\r\n', '\n');
	return [text, unix.replaceAll('\n', '\r\n'), `\uFEFF${unix}`, unix.trimEnd()];
};

/** Texts that have only one form. */
const KEEPS_LINES = /<(?:script|style|xmp|plaintext)/i;

describe('Expand and Collapse of the corpus', () => {
	before(function () {
		if (files.length > 0) return;
		console.log('    ../shared/corpus is not here: its tests are skipped');
		this.skip();
	});

	it('keep the identities, byte for byte', () => {
		let changed = 0;
		for (const file of articles) {
			for (const x of variants(file)) {
				const [e, archived] = [expand(x), collapse(x)];
				assert.equal(collapse(e), archived, file.path);
				assert.equal(expand(e), e, file.path);
				assert.equal(collapse(archived), archived, file.path);
				assert.equal(collapse(expand(archived)), archived, file.path);
				// Collapsing an expanded text yields what the writer would produce.
				const made = expand(archived);
				if (!KEEPS_LINES.test(made))
					assert.equal(writersRule(made, articleOf(made).body.span.start), archived, file.path);
				const compared = comparisonForm(x);
				assert.equal(applyEdits(x, compared.edits), compared.text, file.path);
				assert.equal(comparisonForm(e).text, compared.text, file.path);
				if (e !== x) changed++;
			}
		}
		assert.ok(changed > 2 * articles.length, `only ${changed} texts were expanded`);
	});

	it('keep the words, line by line, and the elements', () => {
		for (const { path, text } of articles) {
			for (const x of [text, expand(text)]) assert.deepEqual(shown(articleOf(collapse(x))), shown(articleOf(x)), path);
		}
	});

	it('render alike in another parser', () => {
		for (const { path, text } of articles) {
			for (const x of [text, collapse(text)])
				assert.equal(rendered(articleOf(expand(x))), rendered(articleOf(x)), path);
		}
	});

	it('move the outline, problems, links, images and notes, and change none of them', () => {
		for (const { path, text } of articles) {
			const article = articleOf(text);
			const edits = expansion(article);
			const expanded = applyEdits(text, edits);
			const carried = (start: number): number => carry(edits, start);
			const unmoved = (start: number): number => start;
			assert.deepEqual(facts(articleOf(expanded), unmoved), facts(article, carried), path);
		}
	});

	it('keep every word at its cursor', () => {
		for (const { path, text } of articles) {
			const article = articleOf(text);
			for (const edits of [expansion(article), collapsing(article)]) {
				const made = applyEdits(text, edits);
				const move = carrier(edits);
				for (const { start, end } of places(text)) {
					const at = move(start);
					if (made.slice(at, at + end - start) !== text.slice(start, end)) assert.fail(`${path} at ${start}`);
				}
			}
		}
	});

	it('make no line longer than the longest block', () => {
		for (const { path, text } of articles) {
			const article = articleOf(text);
			const { start } = article.body.span;
			const longest = Math.max(
				...blockLengths(text.slice(start)),
				...article.blocks.map(({ span }) => span.end - span.start),
			);
			const lines = expand(text).slice(start).split('\n');
			for (const line of lines) assert.ok(line.trim().length <= longest, `${path}: ${line.trim().length} > ${longest}`);
		}
	});
});

/** Returns everything the engine finds in an article, with positions mapped by `move`. */
function facts(article: Article, move: (start: number) => number): unknown {
	return {
		outline: outlineItems(article).map(({ kind, name, detail, selection }) => [
			kind,
			name,
			detail,
			move(selection.start),
		]),
		problems: problemsOf(article).map(({ rule, message, span }) => [rule.id, message, move(span.start)]),
		links: article.links.map(({ href, span }) => [href?.value, move(span.start)]),
		images: article.images.map(({ source, span }) => [source?.value, move(span.start)]),
		figures: article.figures.map(({ span, shape }) => [shape, move(span.start)]),
		notes: findInlineNotes(article).map(({ text, span }) => [text.value, move(span.start)]),
		ids: [...article.ids.keys()],
	};
}

/** `carry` for increasing offsets only. */
function carrier(edits: readonly TextEdit[]): (offset: number) => number {
	let [at, delta] = [0, 0];
	return offset => {
		for (let edit = edits[at]; edit && edit.span.end <= offset; edit = edits[++at])
			delta += edit.newText.length - (edit.span.end - edit.span.start);
		return offset + delta;
	};
}

/**
 * Returns the lengths of the parts of a body between places where two block tags are separated only by a line break,
 * outside figures and inline elements. Uses htmlparser2.
 */
function blockLengths(body: string): number[] {
	const lengths: number[] = [];
	const open: string[] = [];
	let [from, lastEnd, lastOpened] = [0, -1, false];
	const tag = (name: string, opens: boolean, start: number, end: number, implied: boolean): void => {
		if (implied || !BLOCKS.has(name)) return;
		const between = lastEnd === -1 ? 'text' : body.slice(lastEnd, start);
		const around = opens ? open : open.slice(0, -1);
		const touch =
			(between === '' || /^\s*\n\s*$/.test(between)) &&
			around.every(one => BLOCKS.has(one)) &&
			!open.includes('figure');
		const empty = lastOpened && !opens;
		if (touch && !empty) {
			lengths.push(body.slice(from, start).trim().length);
			from = start;
		}
		[lastEnd, lastOpened] = [end, opens && name !== 'hr'];
	};
	const parser = new Parser({
		onopentagname() {},
		onopentag(name, _, implied) {
			tag(name, true, parser.startIndex, parser.endIndex + 1, implied);
			open.push(name);
		},
		onclosetag(name, implied) {
			if (!implied) tag(name, false, parser.startIndex, parser.endIndex + 1, implied);
			open.pop();
		},
	});
	parser.end(body);
	lengths.push(body.slice(from).trim().length);
	return lengths;
}
