import { type Range, type SemanticTokens, SemanticTokensBuilder } from 'vscode-languageserver';
import { findInlineNotes, type InlineNote } from '../annotations/inline.ts';
import type { Kinds } from '../annotations/kinds.ts';
import type { Article } from '../article/article.ts';
import { isPlaceholder } from '../article/imageAddress.ts';
import {
	attributeValueSpan,
	COMMENT_NODE,
	ELEMENT_NODE,
	hasEndTag,
	type Node,
	startTag,
	TEXT_NODE,
} from '../article/node.ts';
import { overlaps, type Span, span } from '../article/span.ts';
import { toSpan } from './position.ts';
import type { Snapshot } from './snapshot.ts';

/** The token types of the legend. */
export const TOKEN_TYPES = [
	'heading',
	'caption',
	'noteKind',
	'noteTag',
	'notePerson',
	'noteDate',
	'tag',
	'attribute',
	'attributeValue',
	'punctuation',
	'characterReference',
	'comment',
] as const;
type TokenType = (typeof TOKEN_TYPES)[number];

/** The token modifiers of the legend. `deprecated` marks the placeholder URL of a lazy-loaded image. */
export const TOKEN_MODIFIERS = ['deprecated'] as const;

/** A semantic token, which may span several lines. */
interface Token {
	readonly span: Span;
	readonly type: TokenType;
	readonly modifiers?: number;
}

/**
 * `textDocument/semanticTokens`: what a line-based grammar cannot recognise. The text of headings, including bold paragraphs
 * that act as headings, and of captions; notes, including kinds that the archive defines; placeholders of lazy-loaded images.
 * In lines that are too long for the editor's grammar, also the HTML markup.
 *
 * The answer for a range also has the first and the last tokens of the lines in which the range starts and ends. VS Code keeps
 * the tokens of each answer that covers another part of a line, but draws only the first of them. An answer that covers the whole
 * line replaces the others.
 *
 * @param range the visible range; defaults to the whole document
 * @param longest the longest line that the editor's grammar colours, in UTF-16 code units; 0 if it has no grammar
 */
export function semanticTokens(
	document: Snapshot,
	range: Range | undefined,
	kinds: Kinds,
	longest: number,
): SemanticTokens {
	const { parsed } = document;
	const builder = new SemanticTokensBuilder();
	if (parsed.kind === 'list') return builder.build();
	const shown = range ? shownParts(parsed, toSpan(document, range)) : [span(0, parsed.text.length)];
	const isShown = (part: Span): boolean => shown.some(other => overlaps(part, other));
	const notes = findInlineNotes(parsed, kinds);
	const all = [...meanings(parsed, notes)];
	if (hasLongLine(parsed.text, longest)) {
		const placeholders = new Set(all.filter(({ modifiers }) => modifiers === 1).map(token => token.span.start));
		for (const token of markup(parsed, notes, isShown, longest, placeholders)) all.push(token);
	}
	const tokens = all
		.filter(token => token.span.start < token.span.end && isShown(token.span))
		.sort((a, b) => a.span.start - b.span.start || TOKEN_TYPES.indexOf(a.type) - TOKEN_TYPES.indexOf(b.type));
	let end = 0;
	for (const { span: place, type, modifiers = 0 } of tokens) {
		// Tokens must not overlap; the first one is the most specific.
		if (place.start < end) continue;
		end = place.end;
		for (const part of lines(parsed.text, place)) {
			if (!isShown(part)) continue;
			const { line, character } = document.lines.positionAt(part.start);
			builder.push(line, character, part.end - part.start, TOKEN_TYPES.indexOf(type), modifiers);
		}
	}
	return builder.build();
}

/** Returns a range, the start of its first line up to the first markup, and the end of its last line from the last markup on. */
function shownParts({ text, nodes }: Article, range: Span): readonly Span[] {
	const start = text.lastIndexOf('\n', range.start - 1) + 1;
	const at = text.indexOf('\n', range.end);
	const end = at === -1 ? text.length : at;
	let [headEnd, tailStart] = [end, start];
	const see = (from: number, to: number): void => {
		if (from >= start && to < headEnd) headEnd = to;
		if (to <= end && from > tailStart) tailStart = from;
	};
	for (const node of nodes) {
		if (node.implied || node.start > end || node.end < start) continue;
		if (node.nodeType === COMMENT_NODE) see(node.start, node.end);
		if (node.nodeType !== ELEMENT_NODE) continue;
		if (node.startTagEnd > node.start) see(node.start, node.startTagEnd);
		if (hasEndTag(node)) see(node.endTagStart, node.end);
	}
	return [span(start, headEnd), range, span(tailStart, end)];
}

function* meanings(article: Article, notes: readonly InlineNote[]): Generator<Token> {
	const { headings, nodes, figures, images } = article;
	for (const { node } of headings) yield* texts(nodes, node, 'heading');
	for (const { caption } of figures) if (caption) yield* texts(nodes, caption.node, 'caption');
	for (const { src, source } of images) {
		if (src && source && source.span.start !== src.span.start && isPlaceholder(src.value))
			yield { span: src.span, type: 'attributeValue', modifiers: 1 };
	}
	for (const { kind, tags, people, date } of notes) {
		yield { span: kind.span, type: 'noteKind' };
		for (const tag of tags) yield { span: span(tag.span.start - 1, tag.span.end), type: 'noteTag' };
		for (const person of people) yield { span: span(person.span.start - 1, person.span.end), type: 'notePerson' };
		if (date) yield { span: date.span, type: 'noteDate' };
	}
}

/** Yields the text nodes in an element. */
function* texts(nodes: readonly Node[], index: number, type: TokenType): Generator<Token> {
	const last = nodes[index]?.last ?? index;
	for (let at = index + 1; at <= last; at++) {
		const node = nodes[at];
		if (node?.nodeType === TEXT_NODE && node.nodeValue.trim() !== '') yield { span: span(node.start, node.end), type };
	}
}

/** A character reference, as in the grammar. */
const CHARACTER_REFERENCE = /&(?:[a-zA-Z][a-zA-Z0-9]*|#[0-9]+|#[xX][0-9a-fA-F]+);/g;

/** Yields the markup in lines longer than `longest`, coloured like the grammar does in shorter lines. */
function* markup(
	{ text, nodes }: Article,
	notes: readonly InlineNote[],
	isShown: (part: Span) => boolean,
	longest: number,
	placeholders: ReadonlySet<number>,
): Generator<Token> {
	const noted = new Set(notes.map(note => note.node));
	let line = span(0, 0);
	/** Whether the line of an offset is too long. Caches the last line, since offsets are mostly ascending. */
	const isLong = (offset: number): boolean => {
		if (offset < line.start || offset > line.end) {
			const end = text.indexOf('\n', offset);
			line = span(text.lastIndexOf('\n', offset - 1) + 1, end === -1 ? text.length : end);
		}
		return line.end - line.start > longest;
	};
	for (const [index, node] of nodes.entries()) {
		if (node.implied || !isShown(node)) continue;
		if (node.nodeType === COMMENT_NODE && !noted.has(index) && isLong(node.start))
			yield { span: span(node.start, node.end), type: 'comment' };
		if (node.nodeType === TEXT_NODE && isLong(node.start)) {
			for (const { 0: reference, index: at } of text.slice(node.start, node.end).matchAll(CHARACTER_REFERENCE))
				yield { span: span(node.start + at, node.start + at + reference.length), type: 'characterReference' };
		}
		if (node.nodeType !== ELEMENT_NODE) continue;
		if (node.startTagEnd > node.start && isShown(startTag(node)) && isLong(node.start)) {
			yield* tag(text, node, node.start, 1, node.startTagEnd);
			for (const attribute of node.attributes) {
				const whole = node.attributeSpan(attribute);
				const value = attributeValueSpan(text, node, attribute);
				if (!whole || !value) continue;
				yield { span: span(whole.start, whole.start + attribute.name.length), type: 'attribute' };
				if (value.start === value.end) continue;
				// With its quotes, except for a placeholder, which has a token of its own.
				const quoted = !placeholders.has(value.start) && /["']/.test(text[value.start - 1] ?? '');
				yield { span: quoted ? span(value.start - 1, whole.end) : value, type: 'attributeValue' };
			}
		}
		if (hasEndTag(node) && isLong(node.endTagStart)) yield* tag(text, node, node.endTagStart, 2, node.end);
	}
}

/** Yields the name and the brackets of a tag. */
function* tag(text: string, node: Node, start: number, bracket: number, end: number): Generator<Token> {
	const name = start + bracket;
	yield { span: span(start, name), type: 'punctuation' };
	yield { span: span(name, name + node.nodeName.length), type: 'tag' };
	if (text[end - 1] !== '>') return;
	yield { span: span(text[end - 2] === '/' ? end - 2 : end - 1, end), type: 'punctuation' };
}

function hasLongLine(text: string, longest: number): boolean {
	for (let start = 0; text.length - start > longest; ) {
		const end = text.indexOf('\n', start);
		if ((end === -1 ? text.length : end) - start > longest) return true;
		if (end === -1) return false;
		start = end + 1;
	}
	return false;
}

/** Splits a span into lines without line endings. Never scans beyond the span, since lines may be very long. */
function* lines(text: string, { start, end }: Span): Generator<Span> {
	const part = text.slice(start, end);
	for (let from = 0; from < part.length; ) {
		const at = part.indexOf('\n', from);
		const to = at === -1 ? part.length : at;
		const stop = part[to - 1] === '\r' ? to - 1 : to;
		if (stop > from) yield span(start + from, start + stop);
		from = to + 1;
	}
}
