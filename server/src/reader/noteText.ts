import type { Element, Root } from 'hast';
import { type Schema, sanitize } from 'hast-util-sanitize';
import type { Root as MdastRoot } from 'mdast';
import { toHast } from 'mdast-util-to-hast';
import { readMarkdown } from '../markdown/read.ts';
import type { MarkupElement } from '../protocol/reader.ts';
import { createMemory } from '../util/memory.ts';
import { elementMarkup } from './markup.ts';

/** Allowed HTML in notes. Images are not allowed, since they would be requested. */
const SCHEMA: Schema = {
	tagNames: 'a blockquote br code div em hr li ol p pre strong ul'.split(' '),
	attributes: { a: ['href', 'title'], ol: ['start'] },
	protocols: { href: ['http', 'https', 'mailto'] },
	ancestors: {},
	clobber: [],
	required: {},
	strip: [],
};

/** Cache of drawn notes by text, since each edit of an article redraws all of its notes. */
const drawn = createMemory<MarkupElement>(1000);

/** Draws the text of a note (CommonMark). Line breaks are kept as typed. */
export function drawNoteText(text: string): MarkupElement {
	return drawn(text, () => draw(text));
}

function draw(text: string): MarkupElement {
	const root: MdastRoot = { type: 'root', children: [...readMarkdown(text)] };
	const { children } = toHast(root) as Root;
	const div: Element = { type: 'element', tagName: 'div', properties: {}, children: children as Element['children'] };
	return elementMarkup(sanitize(div, SCHEMA) as Element);
}
