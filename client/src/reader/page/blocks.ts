import type { ReaderBlock, Segment } from '../../../../server/src/protocol/reader.ts';
import { firstIndex } from '../../../../server/src/util/order.ts';
import { clamp } from '../../../../server/src/util/value.ts';
import { buildMarkup, h, OWN, type Replacements } from './dom.ts';

/** A block as it is drawn. */
export interface RenderedBlock {
	readonly id: number;
	/** Where it starts in the source. */
	start: number;
	readonly length: number;
	readonly runs: readonly number[];
	/** Around its content, and its notes where there are some. */
	readonly element: HTMLElement;
	/** The element of the article itself. */
	readonly content: HTMLElement;
	/** The text nodes of its text, and where each starts in that. */
	readonly texts: readonly { readonly node: Text; readonly start: number }[];
	/** All of its text. */
	readonly text: string;
}

/** Draws a block. */
export function drawBlock(
	{ id, start, length, content: { part, markup, runs }, segments }: ReaderBlock,
	replacements: Replacements,
): RenderedBlock {
	const drawn = buildMarkup(markup, replacements);
	const content = drawn.firstChild instanceof HTMLElement ? drawn.firstChild : h('p', {}, drawn);
	content.classList.add('content');
	content.tabIndex = -1;
	// A preface, or a remark of the editors.
	const [only, ...others] = content.childNodes;
	if (only instanceof HTMLElement && others.length === 0) only.classList.add('whole');
	const element = h('div', { class: `block part-${part}` }, content);
	markSegments(content, segments);
	const texts = collectTexts(content);
	const last = texts.at(-1);
	const text = texts.map(({ node }) => node.data).join('');
	// A paragraph may be in another script than the article; one without letters goes as that does.
	if (content.dir === '' && /\p{L}/u.test(text)) content.dir = 'auto';
	return { id, start, length, runs, element, content, texts, text: last ? text : '' };
}

/** The texts of an element that are the article's. */
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

/** Puts a `mark` around what notes are about. */
function markSegments(content: HTMLElement, segments: readonly Segment[]): void {
	if (segments.length === 0) return;
	const texts = collectTexts(content);
	const last = texts.at(-1);
	const length = last ? last.start + last.node.length : 0;
	const [first] = segments;
	// A note on all of a block does not need all of it coloured.
	const isWhole = segments.length === 1 && first?.start === 0 && first.end >= length;
	if (isWhole) content.classList.add('noted');
	for (const { start, end, notes } of segments.toReversed()) {
		for (const text of texts) {
			const [from, to] = [Math.max(start - text.start, 0), Math.min(end - text.start, text.node.length)];
			if (from >= to || (isWhole && text.node.data.trim() === '')) continue;
			const math = mathAround(text.node);
			if (math) {
				// Nothing of HTML can stand between the parts of a formula.
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

/** The formula that a text is in. */
function mathAround(text: Text): Element | undefined {
	return text.parentElement?.closest('math') ?? undefined;
}

/** A part of a block's text as people write it: a formula on one line, as a whole. */
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

/** Opens what is closed around a place. */
export function openAround(node: Node): void {
	for (let at: Node | null = node; at; at = at.parentNode) if (at instanceof HTMLDetailsElement) at.open = true;
}

/** Where an offset of a block's text stands in the source. `end` for the end of a passage: behind its last character. */
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

/** Where a place in the source stands in the text of a block. */
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

/** A passage of a block's text as a range of the page; `undefined` for a block without text. */
export function domRange({ texts }: RenderedBlock, start: number, end: number): Range | undefined {
	const from = textAt(texts, start, 'start');
	const to = textAt(texts, end, 'end');
	if (!from || !to) return undefined;
	const range = document.createRange();
	range.setStart(from.node, clamp(start - from.start, 0, from.node.length));
	range.setEnd(to.node, clamp(end - to.start, 0, to.node.length));
	return range;
}

/** The text that holds an offset: at the place between two of them, the second one for a start. */
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

/** Where a place of the page stands in a block's text: the first offset of the text that is not before it. */
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
