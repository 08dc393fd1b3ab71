import type { Article } from '../../article/article.ts';
import { VOID_ELEMENTS } from '../../article/elements.ts';
import { COMMENT_NODE, hasEndTag, isHtmlSpace, type Node } from '../../article/node.ts';
import { type Span, span } from '../../article/span.ts';

/** The syntactic context of an offset in a body. */
export type CompletionPlace =
	/** A tag name, after `<` or `</`. `open` is the offset of the `<`. */
	| { readonly kind: 'tagName'; readonly name: Span; readonly closing: boolean; readonly open: number }
	/** An attribute name. */
	| {
			readonly kind: 'attributeName';
			readonly tag: string;
			readonly name: Span;
			/** Names of the other attributes in the tag, in lower case. */
			readonly taken: ReadonlySet<string>;
			/** Whether an equals sign follows. */
			readonly hasValue: boolean;
	  }
	/** An attribute value, without its quotes. */
	| {
			readonly kind: 'attributeValue';
			readonly tag: string;
			readonly attribute: string;
			readonly value: Span;
			/** Empty if unquoted. */
			readonly quote: '"' | "'" | '';
			/** Set if the closing quote is missing. */
			readonly isOpen?: true;
	  }
	/** A comment; `content` is its text before the cursor. */
	| { readonly kind: 'comment'; readonly content: Span }
	| { readonly kind: 'text' };

/** Elements whose content is raw text. */
const RAW_TEXT: ReadonlySet<string> = new Set(['script', 'style', 'textarea', 'title', 'xmp', 'plaintext']);

/** How far after the cursor a tag is scanned, in UTF-16 code units. */
const FARTHEST = 2000;

/**
 * Returns the syntactic context of an offset in the body; `undefined` if nothing can be completed. Scans only from the end of
 * the last complete tag, text or comment before the offset, according to the tree.
 */
export function placeAt({ text, nodes }: Article, offset: number): CompletionPlace | undefined {
	let at = 0;
	for (const node of nodes) {
		if (node.implied || node.start >= offset) continue;
		if (RAW_TEXT.has(node.nodeName) && node.startTagEnd <= offset && offset <= node.endTagStart) return undefined;
		const edges =
			node.nodeType === COMMENT_NODE
				? [node.start, node.end]
				: [node.start, node.startTagEnd, node.endTagStart, node.end];
		for (const edge of edges) if (edge < offset && edge > at) at = edge;
	}
	for (;;) {
		const open = text.indexOf('<', at);
		if (open === -1 || open >= offset) return { kind: 'text' };
		if (text.startsWith('<!--', open)) {
			const start = open + 4;
			const close = text.indexOf('-->', start);
			if (offset < start) return undefined;
			if (close === -1 || offset <= close) return { kind: 'comment', content: span(start, offset) };
			at = close + 3;
			continue;
		}
		const found = readTag(text, open, offset);
		if (typeof found !== 'number') return found;
		at = found;
	}
}

/** Returns the context in the tag at `open`, or the end of the tag if it ends before the offset. */
function readTag(text: string, open: number, offset: number): CompletionPlace | number | undefined {
	const closing = text[open + 1] === '/';
	const start = open + (closing ? 2 : 1);
	if (offset < start) return undefined;
	const nameEnd = endOf(/[a-z][^\s/<>]*/iy, text, start);
	if (offset <= nameEnd) return { kind: 'tagName', name: span(start, nameEnd), closing, open };
	if (nameEnd === start) return open + 1;
	if (closing) {
		const end = text.indexOf('>', nameEnd);
		return end === -1 || offset <= end ? undefined : end + 1;
	}
	const tag = text.slice(start, nameEnd).toLowerCase();
	const taken = new Set<string>();
	let at = nameEnd;
	for (;;) {
		at = endOf(/[\s/]+/y, text, at);
		if (at >= offset) {
			if (!isHtmlSpace(text.charCodeAt(offset - 1))) return undefined;
			return attributeName(text, tag, span(offset, offset), taken);
		}
		if (text[at] === '>') return at + 1;
		if (text[at] === '<') return at;
		const end = endOf(/[^\s=<>/"']+/y, text, at);
		if (end === at) {
			at++;
			continue;
		}
		if (offset <= end) return attributeName(text, tag, span(at, end), taken);
		const attribute = text.slice(at, end).toLowerCase();
		taken.add(attribute);
		const equals = endOf(/\s+/y, text, end);
		if (text[equals] !== '=') {
			at = end;
			continue;
		}
		if (offset <= equals) return undefined;
		const value = endOf(/\s+/y, text, equals + 1);
		const quote = text[value];
		if (quote !== '"' && quote !== "'") {
			if (offset <= value) return { kind: 'attributeValue', tag, attribute, value: span(offset, offset), quote: '' };
			at = endOf(/[^\s<>]+/y, text, value);
			if (offset <= at) return { kind: 'attributeValue', tag, attribute, value: span(value, at), quote: '' };
			continue;
		}
		if (offset <= value) return undefined;
		const close = text.indexOf(quote, value + 1);
		if (close === -1 || offset <= close) {
			const rest = close === -1 ? '<' : text.slice(offset, Math.min(close, offset + FARTHEST));
			// An unclosed quote extends to the next quote, which belongs to another attribute.
			const isOpen = /[<>\r\n]|\s[\w-]+\s*=\s*$/.test(rest);
			const written = { kind: 'attributeValue', tag, attribute, quote } as const;
			return isOpen
				? { ...written, value: span(value + 1, offset), isOpen }
				: { ...written, value: span(value + 1, close) };
		}
		at = close + 1;
	}
}

function attributeName(text: string, tag: string, name: Span, before: ReadonlySet<string>): CompletionPlace {
	const taken = new Set(before);
	const rest = text.slice(name.end, name.end + FARTHEST).split(/[<>]/, 1)[0] ?? '';
	for (const [, other] of rest.matchAll(/\s([^\s=/"']+)\s*=/g)) if (other) taken.add(other.toLowerCase());
	return { kind: 'attributeName', tag, name, taken, hasValue: /^\s*=/.test(rest) };
}

/** Returns the end of the match of a sticky pattern; `from` if there is none. */
function endOf(pattern: RegExp, text: string, from: number): number {
	pattern.lastIndex = from;
	return pattern.test(text) ? pattern.lastIndex : from;
}

/** Returns the innermost element that is open at an offset; `undefined` if there is none. */
export function openElement(nodes: readonly Node[], offset: number): Node | undefined {
	let innermost: Node | undefined;
	for (const node of nodes) {
		if (node.implied || node.nodeName.startsWith('#') || VOID_ELEMENTS.has(node.nodeName)) continue;
		if (node.startTagEnd > offset || (hasEndTag(node) ? node.endTagStart < offset : node.end < offset)) continue;
		if (node.startTagEnd > node.start && (!innermost || node.start > innermost.start)) innermost = node;
	}
	return innermost;
}
