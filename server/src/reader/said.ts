import type { Element, Root } from 'hast';
import { type Schema, sanitize } from 'hast-util-sanitize';
import type { Root as MdastRoot } from 'mdast';
import { toHast } from 'mdast-util-to-hast';
import { readMarkdown } from '../markdown/read.ts';
import type { MarkupElement } from '../protocol/reader.ts';
import { createMemory } from '../util/memory.ts';
import { elementMarkup } from './markup.ts';

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

/** What was drawn last, by its text: an edit of an article has all its notes drawn anew. */
const drawn = createMemory<MarkupElement>(1000);

/** What a person said in a note (CommonMark), to be drawn. A line that is broken stays broken, as it was typed. */
export function drawSaid(text: string): MarkupElement {
	return drawn(text, () => draw(text));
}

function draw(text: string): MarkupElement {
	const root: MdastRoot = { type: 'root', children: [...readMarkdown(text)] };
	const { children } = toHast(root) as Root;
	const div: Element = { type: 'element', tagName: 'div', properties: {}, children: children as Element['children'] };
	return elementMarkup(sanitize(div, SCHEMA) as Element);
}
