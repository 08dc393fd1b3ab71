import type { ReaderBlock, Segment } from '../../../../server/src/protocol/reader.ts';
import { firstIndex } from '../../../../server/src/util/order.ts';
import { clamp } from '../../../../server/src/util/value.ts';
import { buildMarkup, h, OWN, type Replacements } from './dom.ts';

/** A rendered block. */
export interface RenderedBlock {
	readonly id: number;
	/** The start offset in the source. */
	start: number;
	readonly length: number;
	readonly runs: readonly number[];
	/** Wraps the content and its notes. */
	readonly element: HTMLElement;
	/** The element of the article itself. */
	readonly content: HTMLElement;
	/** The text nodes of the block, with the start offset of each in its text. */
	readonly texts: readonly { readonly node: Text; readonly start: number }[];
	/** The text of the block. */
	readonly text: string;
}

/** Renders a block. */
export function drawBlock(
	{ id, start, length, content: { part, markup, runs }, segments }: ReaderBlock,
	replacements: Replacements,
): RenderedBlock {
	const drawn = buildMarkup(markup, replacements);
	const content = drawn.firstChild instanceof HTMLElement ? drawn.firstChild : h('p', {}, drawn);
	content.classList.add('content');
	content.tabIndex = -1;
	// A block that consists of a single inline element, such as a preface or an editor's note.
	const [only, ...others] = content.childNodes;
	if (only instanceof HTMLElement && others.length === 0) only.classList.add('whole');
	const element = h('div', { class: `block part-${part}` }, content);
	markSegments(content, segments);
	const texts = collectTexts(content);
	const last = texts.at(-1);
	const text = texts.map(({ node }) => node.data).join('');
	// A paragraph may use another script than the article. One without letters inherits the direction.
	if (content.dir === '' && /\p{L}/u.test(text)) content.dir = 'auto';
	return { id, start, length, runs, element, content, texts, text: last ? text : '' };
}

/** Returns the text nodes of an element that belong to the article. */
function collectTexts(content: HTMLElement): { node: Text; start: number }[] {
	const walker = document.createTreeWalker(content, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, node =>
		node instanceof Element && node.hasAttribute(OWN) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
	);
	const texts: { node: Text; start: number }[] = [];
	let start = 0;
	for (let node = walker.nextNode(); node; node = walker.nextNode()) {
		if (!(node instanceof Text)) continue;
		texts.push({ node, start });
		start += node.length;
	}
	return texts;
}

/** Wraps annotated text in `mark` elements. */
function markSegments(content: HTMLElement, segments: readonly Segment[]): void {
	if (segments.length === 0) return;
	const texts = collectTexts(content);
	const last = texts.at(-1);
	const length = last ? last.start + last.node.length : 0;
	const [first] = segments;
	// A note on the whole block is shown without colouring all of its text.
	const isWhole = segments.length === 1 && first?.start === 0 && first.end >= length;
	if (isWhole) content.classList.add('noted');
	for (const { start, end, notes } of segments.toReversed()) {
		for (const text of texts) {
			const [from, to] = [Math.max(start - text.start, 0), Math.min(end - text.start, text.node.length)];
			if (from >= to || (isWhole && text.node.data.trim() === '')) continue;
			const math = mathAround(text.node);
			if (math) {
				// HTML elements are not allowed inside a formula.
				const others = math.getAttribute('data-notes')?.split(' ') ?? [];
				math.classList.add('segment');
				math.setAttribute('data-notes', [...new Set([...notes, ...others])].join(' '));
				continue;
			}
			const middle = from > 0 ? text.node.splitText(from) : text.node;
			if (to - from < middle.length) middle.splitText(to - from);
			const mark = h('mark', { class: 'segment', 'data-notes': notes.join(' ') });
			middle.replaceWith(mark);
			mark.append(middle);
		}
	}
}

/** Returns the formula that contains a text node. */
function mathAround(text: Text): Element | undefined {
	return text.parentElement?.closest('math') ?? undefined;
}

/** Returns part of a block's text, with each formula replaced by its alternative text. */
export function blockText({ texts }: RenderedBlock, start: number, end: number): string {
	let words = '';
	let last: Element | undefined;
	for (const { node, start: at } of texts) {
		const [from, to] = [Math.max(start - at, 0), Math.min(end - at, node.length)];
		if (from >= to) continue;
		const math = mathAround(node);
		if (!math) words += node.data.slice(from, to);
		else if (math !== last) words += math.getAttribute('alttext') ?? '';
		last = math;
	}
	return words;
}

/** Opens all `details` elements around a node. */
export function openAround(node: Node): void {
	for (let at: Node | null = node; at; at = at.parentNode) if (at instanceof HTMLDetailsElement) at.open = true;
}

/** Maps an offset in a block's text to the source. Use `end` for the end of a passage, which maps to just after its last character. */
export function toSource({ runs, start }: RenderedBlock, offset: number, side: 'start' | 'end' = 'start'): number {
	let source = start;
	for (let run = 0; run < runs.length; run += 4) {
		const [text = 0, from = 0, units = 0, length = 0] = runs.slice(run, run + 4);
		const within = offset - text;
		if (side === 'start' ? within < 0 : within <= 0) break;
		const isEnd = within >= units;
		source = start + from + (isEnd ? length : units === length ? within : side === 'end' ? length : 0);
	}
	return source;
}

/** Maps an offset in the source to the text of a block. */
export function toText({ runs, start }: RenderedBlock, source: number): number {
	let offset = 0;
	let nearest = Number.NEGATIVE_INFINITY;
	for (let run = 0; run < runs.length; run += 4) {
		const [text = 0, from = 0, units = 0, length = 0] = runs.slice(run, run + 4);
		const at = source - start - from;
		if (at < 0 || from < nearest) continue;
		nearest = from;
		offset = text + (at >= length ? units : units === length ? at : 0);
	}
	return offset;
}

/** Returns the DOM range of part of a block's text; `undefined` for a block without text. */
export function domRange({ texts }: RenderedBlock, start: number, end: number): Range | undefined {
	const from = textAt(texts, start, 'start');
	const to = textAt(texts, end, 'end');
	if (!from || !to) return undefined;
	const range = document.createRange();
	range.setStart(from.node, clamp(start - from.start, 0, from.node.length));
	range.setEnd(to.node, clamp(end - to.start, 0, to.node.length));
	return range;
}

/** Returns the text node at an offset. On a boundary, returns the second node for a start and the first for an end. */
function textAt(
	texts: RenderedBlock['texts'],
	offset: number,
	side: 'start' | 'end',
): RenderedBlock['texts'][number] | undefined {
	const isBehind = (index: number): boolean => {
		const start = texts[index]?.start ?? 0;
		return side === 'start' ? start > offset : start >= offset;
	};
	return texts[Math.max(0, firstIndex(texts.length, isBehind) - 1)];
}

/** Maps a DOM position to an offset in a block's text: the first offset that is not before it. */
export function offsetIn({ texts, text }: RenderedBlock, node: Node, offset: number): number {
	if (node instanceof Text) {
		const own = texts.find(one => one.node === node);
		if (own) return own.start + Math.min(offset, node.length);
	}
	const place = document.createRange();
	place.setStart(node, offset);
	for (const one of texts) if (place.comparePoint(one.node, 0) >= 0) return one.start;
	return text.length;
}
