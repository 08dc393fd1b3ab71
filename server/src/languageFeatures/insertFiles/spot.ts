import type { Article } from '../../article/article.ts';
import { HEADING_ELEMENTS } from '../../article/elements.ts';
import { lineBreakOf } from '../../article/lines.ts';
import { hasEndTag, type Node } from '../../article/node.ts';
import { type Span, span } from '../../article/span.ts';
import { openElement } from '../completion/place.ts';

/** Where blocks are inserted for a selection or cursor. */
export interface Spot {
	/** The text that they replace; empty between two blocks. */
	readonly span: Span;
	/** What separates them from the text before and after them, and from each other: line breaks with indentation, or nothing. */
	readonly before: string;
	readonly after: string;
	readonly between: string;
	/** Selected words elsewhere, which are removed. */
	readonly removed?: Span;
	/** The selected text, if it is plain text. */
	readonly selected?: string;
}

/** Elements that a figure may stand in, next to paragraphs. */
const HOLDERS: ReadonlySet<string> = new Set(
	'article aside blockquote center dd details dialog div fieldset footer form header li main nav section td th'.split(
		' ',
	),
);

/** Those that usually contain text without a paragraph. */
const TEXT_HOLDERS: ReadonlySet<string> = new Set(['dd', 'li', 'td', 'th']);

/** What may be left of a block that is empty for the reader. */
const BLANK = /^(?:\s|&nbsp;|<br\s*\/?>|<\/?(?:b|em|i|span|strong)>)*$/i;

/**
 * Returns the place for blocks such as figures: in the place of an empty paragraph, else before or after the paragraph, heading, table or figure that
 * the cursor is in, else at the cursor. Words that are selected are removed.
 */
export function blockSpot(article: Article, selection: Span): Spot {
	const { text } = article;
	const selected = trimmed(text, selection);
	const around = openElement(article.nodes, selected.start);
	const holds = around === openElement(article.nodes, selected.end);
	const block = around && blocker(article.nodes, around);
	if (!block) {
		// A selection whose ends are in different elements is kept.
		const replaced = holds ? selected : span(selected.end, selected.end);
		return { span: replaced, ...separators(article, replaced), ...(holds ? plainText(text, selected) : {}) };
	}
	const content = span(block.startTagEnd, hasEndTag(block) ? block.endTagStart : block.end);
	const cut = holds ? selected : span(selected.start, selected.start);
	const isAtStart = BLANK.test(text.slice(content.start, cut.start));
	const isText = block.nodeName === 'p' || HEADING_ELEMENTS.has(block.nodeName);
	const kept = plainText(text, cut);
	if (isText && isAtStart && BLANK.test(text.slice(cut.end, content.end))) {
		const whole = span(block.start, block.end);
		return { span: whole, ...separators(article, whole), ...kept };
	}
	const at = isAtStart ? span(block.start, block.start) : span(block.end, block.end);
	return {
		span: at,
		...separators(article, at),
		...kept,
		...(cut.start === cut.end ? {} : { removed: cut }),
	};
}

/** Returns the outermost element around a place that can neither contain a figure nor be next to one in its parent; `undefined` if there is none. */
function blocker(nodes: readonly Node[], innermost: Node): Node | undefined {
	let found: Node | undefined;
	let isHeld = false;
	for (let node: Node | undefined = innermost; node; node = nodes[node.parent]) {
		if (node.implied) continue;
		// No figure in a figure, whatever is between them.
		if (node.nodeName === 'figure') found = node;
		else if (HOLDERS.has(node.nodeName)) isHeld = true;
		else if (!isHeld) found = node;
	}
	return found;
}

/** Whether a place is between blocks: neither text nor the inside of a paragraph is next to it. */
export function isBetweenBlocks(article: Article, { start, end }: Span): boolean {
	const around = openElement(article.nodes, start);
	if (around && (TEXT_HOLDERS.has(around.nodeName) || blocker(article.nodes, around))) return false;
	return (
		/(?:^|[>\n])[^\S\n]*$/.test(lineBefore(article, start)) && /^[^\S\n]*(?:[<\r\n]|$)/.test(lineAfter(article, end))
	);
}

/** Returns the separators of blocks at a place: line breaks if the body is written on several lines, and tags or nothing are next to the place. */
function separators(article: Article, { start, end }: Span): Pick<Spot, 'before' | 'after' | 'between'> {
	const { text, body } = article;
	if (!/[\r\n]/.test(text.slice(body.span.start).trim())) return { before: '', after: '', between: '' };
	const [left, right] = [lineBefore(article, start), lineAfter(article, end)];
	const lineBreak = lineBreakOf(text) + (/^[ \t]*/.exec(left)?.[0] ?? '');
	const isBetween = /(?:^|>)\s*$/.test(left) && /^\s*(?:<|$)/.test(right);
	return {
		before: isBetween && left.trim() !== '' ? lineBreak : '',
		after: isBetween && right.trim() !== '' ? lineBreak : '',
		between: isBetween ? lineBreak : '',
	};
}

/** The text of the line before an offset, in the body. */
function lineBefore({ text, body }: Article, offset: number): string {
	const start = Math.max(text.lastIndexOf('\n', offset - 1) + 1, body.span.start);
	return text.slice(Math.min(start, offset), offset);
}

/** The text of the line after an offset. */
function lineAfter({ text }: Article, offset: number): string {
	const end = text.indexOf('\n', offset);
	return text.slice(offset, end === -1 ? text.length : end).replace(/\r$/, '');
}

/** A span without white space at both ends. */
function trimmed(text: string, { start, end }: Span): Span {
	const inner = text.slice(start, end);
	const from = start + (inner.length - inner.trimStart().length);
	return from >= end ? span(start, start) : span(from, start + inner.trimEnd().length);
}

function plainText(text: string, { start, end }: Span): Pick<Spot, 'selected'> {
	const selected = text.slice(start, end);
	return selected === '' || /[<>\r\n]/.test(selected) ? {} : { selected };
}
