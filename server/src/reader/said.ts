import type { Element, ElementContent, Root } from 'hast';
import { type Schema, sanitize } from 'hast-util-sanitize';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { type Handler, toHast } from 'mdast-util-to-hast';
import { keepBreaks } from '../annotations/safeMarkdown.ts';
import { elementMarkup } from './markup.ts';
import type { MarkupElement } from './protocol.ts';

/** What of Markdown a note may have: no pictures, since those would be requested. */
const SCHEMA: Schema = {
	tagNames: 'a blockquote br code div em hr li ol p pre strong ul'.split(' '),
	attributes: { a: ['href', 'title'], ol: ['start'] },
	protocols: { href: ['http', 'https', 'mailto'] },
	ancestors: {},
	clobber: [],
	required: {},
	strip: [],
};

/** A longer text, in UTF-16 units, or one that nests deeper is drawn as it was typed: the libraries walk it by recursion. */
const LONGEST = 8000;
const DEEPEST = 50;

/** What was drawn last, by its text: an edit of an article has all its notes drawn anew. */
const drawn = new Map<string, MarkupElement>();
const MOST_DRAWN = 1000;

/** What a person said in a note (CommonMark), to be drawn. A line that is broken stays broken, as it was typed. */
export function drawSaid(text: string): MarkupElement {
	const before = drawn.get(text);
	if (before) return before;
	const markup = draw(text);
	if (drawn.size >= MOST_DRAWN) drawn.clear();
	drawn.set(text, markup);
	return markup;
}

function draw(text: string): MarkupElement {
	const parsed = text.length > LONGEST ? undefined : fromMarkdown(keepBreaks(text));
	if (!parsed || nestsDeeper(parsed, DEEPEST)) return ['div', {}, [['pre', {}, [text]]]];
	const { children } = toHast(parsed, { handlers: { html: showHtml } }) as Root;
	const div: Element = { type: 'element', tagName: 'div', properties: {}, children: children as Element['children'] };
	return elementMarkup(sanitize(div, SCHEMA) as Element);
}

/** HTML is shown as it was typed: a note about an article may well speak of tags. */
const showHtml: Handler = (_, { value }: { readonly value: string }, parent): ElementContent => {
	const text: ElementContent = { type: 'text', value };
	const isInline = parent !== undefined && !['root', 'blockquote', 'listItem'].includes(parent.type);
	return isInline ? text : { type: 'element', tagName: 'p', properties: {}, children: [text] };
};

type Tree = ReturnType<typeof fromMarkdown>;

function nestsDeeper(tree: Tree, depth: number): boolean {
	let level: (Tree | Tree['children'][number])[] = [tree];
	for (let at = 0; level.length > 0; at++) {
		if (at > depth) return true;
		level = level.flatMap(node => ('children' in node ? node.children : []));
	}
	return false;
}
