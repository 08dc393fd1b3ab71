import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findInlineNotes } from '../../../../server/src/annotations/inline.ts';
import { parseArticle } from '../../../../server/src/article/article.ts';
import type { Block } from '../../../../server/src/article/blocks.ts';
import { ancestors, type Node } from '../../../../server/src/article/node.ts';
import { type Span, span } from '../../../../server/src/article/span.ts';
import { MARKUP, type MarkupName } from '../../../../server/src/protocol/editing.ts';
import { runs } from '../../../support/runs.ts';
import { mangled } from '../../rules/mangled.ts';
import { HEAD } from '../harness.ts';
import { apply, type Selected } from './support.ts';

const words = fc.constantFrom('ferry', '渡轮', 'a b', 'R&amp;D', '🛥️ x', ' ', 'tide,', '潮位。', 'x &lt; y', '\r\n\t');

/** Inline content, soundly nested; without links in links. */
const inline = (links: boolean): fc.Arbitrary<string> =>
	fc.letrec<{ content: string; part: string }>(tie => ({
		content: fc.array(tie('part'), { minLength: 1, maxLength: 4 }).map(parts => parts.join('')),
		part: fc.oneof(
			{ maxDepth: 3 },
			words,
			tie('content').map(content => `<strong>${content}</strong>`),
			tie('content').map(content => `<em>${content}</em>`),
			tie('content').map(content => `<span lang="zh">${content}</span>`),
			fc.constantFrom(
				'<br>',
				'<img src="a.png" alt="">',
				'<mark>marked</mark><!-- note: mine #tag -->',
				'<!-- plain -->',
				'<mark>标记</mark>',
				...(links ? ['<a href="/x">link</a>', '<a href="https://b.example/">链<em>接</em></a>'] : []),
			),
		),
	})).content;

const text = inline(true);
const gap = fc.constantFrom('', '', '\n', '\r\n\t');
const paragraph = text.map(content => `<p>${content}</p>`);
const block = fc.oneof(
	paragraph,
	paragraph,
	text.map(content => `<h2>${content}</h2>`),
	fc
		.array(text, { minLength: 1, maxLength: 3 })
		.map(items => `<ul>${items.map(item => `<li>${item}</li>`).join('')}</ul>`),
	fc.array(paragraph, { minLength: 1, maxLength: 3 }).map(items => `<blockquote>${items.join('')}</blockquote>`),
	text.map(content => `<figure><img src="b.png" alt=""><figcaption>${content}</figcaption></figure>`),
	text.map(content => `<table><tbody><tr><td>${content}</td><td>b</td></tr></tbody></table>`),
	fc.constantFrom('<!-- <p>out</p> -->', '<!-- question: 为什么？ -->', '<pre>a\n b</pre>'),
);
const body = fc
	.array(fc.tuple(block, gap), { minLength: 1, maxLength: 5 })
	.map(blocks => HEAD + blocks.map(([one, after]) => one + after).join(''));

/** Adds random selections to a text. Every third is a cursor. */
const withSelections = (texts: fc.Arbitrary<string>): fc.Arbitrary<Selected> =>
	texts.chain(text => {
		const offset = fc.nat({ max: text.length - HEAD.length }).map(at => boundary(text, HEAD.length + at));
		const one = fc
			.tuple(offset, offset, fc.nat(2))
			.map(([a, b, kind]): Span => (kind === 0 ? span(a, a) : span(Math.min(a, b), Math.max(a, b))));
		return fc.array(one, { minLength: 1, maxLength: 2 }).map(selections => ({ text, selections: apart(selections) }));
	});

/** Keeps offsets out of surrogate pairs and line ends, where editors have no cursor. */
function boundary(text: string, offset: number): number {
	const around = text.slice(offset - 1, offset + 1);
	return /^(?:[\ud800-\udbff][\udc00-\udfff]|\r\n)$/.test(around) ? offset - 1 : offset;
}

/** Editors have no selections that overlap. */
function apart(selections: readonly Span[]): readonly Span[] {
	const [first, second] = selections.toSorted((a, b) => a.start - b.start);
	return first && second && first.end < second.start ? [first, second] : first ? [first] : [];
}

function faultsOf(text: string): number {
	const { tagFaults, body, nodes } = parseArticle(text);
	const { misnested, stray, unclosed } = tagFaults;
	const implied = nodes.filter(node => node.implied).length;
	return misnested.length + stray.length + unclosed.length + body.strayEndTags.length + implied;
}

/** The faults of HTML in comments, which *Toggle Comment* brings back with it. */
function hiddenFaultsOf(text: string): number {
	const comments = parseArticle(text).nodes.filter(({ nodeName }) => nodeName === '#comment');
	return comments.reduce((sum, { nodeValue }) => sum + faultsOf(HEAD + nodeValue), 0);
}

function wordsOf(text: string): string {
	return parseArticle(text).content.value.replace(/\s+/g, '');
}

function notesOf(text: string): readonly string[] {
	return findInlineNotes(parseArticle(text)).map(note => text.slice(note.span.start, note.span.end));
}

const tagFor = (markup: MarkupName): string | undefined => (markup === 'wrap' ? 'cite class="x"' : undefined);

describe('markup on sound articles', () => {
	for (const markup of MARKUP)
		it(`keeps nesting, words and notes: ${markup}`, () => {
			let done = 0;
			fc.assert(
				fc.property(withSelections(body), selected => {
					const result = apply(selected, markup, tagFor(markup));
					if (typeof result === 'string') return;
					done++;
					assert.equal(faultsOf(result.text), 0, result.text);
					if (markup !== 'comment') assert.equal(wordsOf(result.text), wordsOf(selected.text));
					assert.deepEqual(notesOf(result.text), notesOf(selected.text));
					assert.equal(result.selections.length > 0, true);
					for (const { start, end } of result.selections)
						assert.ok(HEAD.length <= start && start <= end && end <= result.text.length);
				}),
				{ numRuns: runs(400) },
			);
			assert.ok(done > runs(40), `only ${done} changed anything`);
		});

	for (const markup of ['bold', 'italic', 'comment', 'quote'] satisfies MarkupName[])
		it(`is undone by doing it again, unless a part already had it: ${markup}`, () => {
			let done = 0;
			fc.assert(
				fc.property(withSelections(body), selected => {
					const once = apply(selected, markup);
					if (typeof once === 'string' || isAmbiguous(selected, markup)) return;
					done++;
					const twice = apply(once, markup);
					assert.equal(typeof twice === 'string' ? twice : twice.text, selected.text, once.text);
				}),
				{ numRuns: runs(1000) },
			);
			assert.ok(done > runs(40), `only ${done} were undone`);
		});

	it('is not refused for bold text in one block', () => {
		fc.assert(
			fc.property(text, content => {
				const before = `${HEAD}<p>`;
				const selected = {
					text: `${before}x${content}</p>`,
					selections: [span(before.length, before.length + 1 + content.length)],
				};
				const result = apply(selected, 'bold');
				assert.notEqual(typeof result, 'string', String(result));
			}),
			{ numRuns: runs(200) },
		);
	});
});

/** The elements that mean the same, for each markup that can be there already. */
const NAMES: Partial<Record<MarkupName, string>> = { bold: 'strong', italic: 'em', quote: 'blockquote' };

/** Elements that contain other elements, and white space that is not shown. */
const CONTAINERS = new Set(['', 'ul', 'blockquote', 'figure', 'table', 'tbody', 'tr']);

/**
 * Whether the text after a command does not tell what the text before it was: the markup was in itself, next to itself or
 * around other elements, only a part of a selection had it, or a cursor was in it.
 */
function isAmbiguous({ text, selections }: Selected, markup: MarkupName): boolean {
	const { nodes, blocks } = parseArticle(text);
	const name = NAMES[markup] ?? '';
	const isIn = (index: number): boolean => [...ancestors(nodes, index)].some(at => nodes[at]?.nodeName === name);
	const isSelected = ({ start, end }: Span): boolean => selections.some(one => one.start < end && start < one.end);
	const hasCursor = selections.some(({ start, end }) => start === end);
	// Inline markup depends on nothing outside the blocks that it is for.
	const isInline = markup === 'bold' || markup === 'italic';
	const { start, end } = isInline ? around(blocks, selections) : span(0, text.length);
	const its = nodes.flatMap((node, index) =>
		node.nodeName === name && node.start < end && start < node.end ? [index] : [],
	);
	if (its.some(isIn) || (its.length > 0 && hasCursor)) return true;
	const twice = new RegExp(`</${name}>(?:\\s|<!--.*?-->|</?(?:span|mark|strong|em|a)\\b[^>]*>)*<${name}>`);
	if (twice.test(text.slice(start, end))) return true;
	if (markup === 'comment') return nodes.some(node => node.nodeName === '#comment' && (hasCursor || isSelected(node)));
	if (markup === 'quote') {
		const states = new Set(blocks.filter(one => isSelected(one.span)).map(({ first }) => isIn(first)));
		// A selection of tags applies to a block nearby.
		const isOnBlock = ({ start, end }: Span): boolean =>
			blocks.some(one => start < one.span.end && one.span.start < end);
		return states.size !== 1 || !selections.every(isOnBlock);
	}
	// Around no words, markup shows nothing, and goes away together with that next to it.
	const isPlain = (index: number): boolean => {
		const { last } = nodes[index] as Node;
		const only = nodes[last] as Node;
		return last === index + 1 && only.nodeName === '#text' && only.nodeValue.trim() !== '';
	};
	const leaves = nodes.flatMap((node, index) => {
		const isBlank = node.nodeValue.trim() === '' && CONTAINERS.has(nodes[node.parent]?.nodeName ?? '');
		const isLeaf = ['#comment', 'img', 'br'].includes(node.nodeName) || (node.nodeName === '#text' && !isBlank);
		return isLeaf && isSelected(node) ? [index] : [];
	});
	return its.some(index => !isPlain(index)) || new Set(leaves.map(isIn)).size > 1;
}

/** The span from the first to the last block that selections touch; of everything, if one touches none. */
function around(blocks: readonly Block[], selections: readonly Span[]): Span {
	const touched = selections.map(({ start, end }) =>
		blocks.filter(block => start <= block.span.end && block.span.start <= end),
	);
	const spans = touched.every(({ length }) => length > 0) ? touched.flat().map(block => block.span) : [];
	if (spans.length === 0) return span(0, Number.POSITIVE_INFINITY);
	return span(Math.min(...spans.map(one => one.start)), Math.max(...spans.map(one => one.end)));
}

describe('markup on damaged articles', () => {
	it('adds no faults, loses no words, and never throws', () => {
		fc.assert(
			fc.property(withSelections(mangled.map(text => HEAD + text)), fc.constantFrom(...MARKUP), (selected, markup) => {
				const result = apply(selected, markup, tagFor(markup));
				if (typeof result === 'string') return;
				const hasRestored = markup === 'comment' && result.text.length < selected.text.length;
				const all = (text: string): number => faultsOf(text) + (hasRestored ? hiddenFaultsOf(text) : 0);
				assert.ok(all(result.text) <= all(selected.text), result.text);
				if (markup !== 'comment') assert.equal(wordsOf(result.text), wordsOf(selected.text));
			}),
			{ numRuns: runs(1500) },
		);
	});
});
