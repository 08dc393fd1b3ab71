import type { Element, ElementContent, Properties } from 'hast';
import { sanitize } from 'hast-util-sanitize';
import type { Archive } from '../archive/index.ts';
import { BLOCK_ELEMENTS, EMBED_ELEMENTS } from '../article/elements.ts';
import type { Image } from '../article/images.ts';
import { ELEMENT_NODE, getAttribute, isUnrendered, type Node, TEXT_NODE } from '../article/node.ts';
import { readRuns } from '../article/text.ts';
import { pageKey } from '../links/pageKey.ts';
import { type PictureContext, pictureOf } from './pictures.ts';
import type { Piece } from './pieces.ts';
import { type BlockContent, type Markup, type MarkupElement, type ReaderPicture, TAGS } from './protocol.ts';
import { SCHEMA } from './schema.ts';

/** What the markup of a body depends on beside its nodes. */
export interface MarkupContext extends PictureContext {
	/** The archive that knows which pages are at hand. */
	readonly archive: Archive | undefined;
	/** What elements are drawn as, by index, where that is not what they are: headings, captions. */
	readonly roles: ReadonlyMap<number, string>;
	/** Images by the index of their element; those without are not drawn. */
	readonly images: ReadonlyMap<number, Image>;
}

/** Markup nests no deeper: it is walked by recursion from here on. What lies deeper is kept, in the deepest element. */
const DEEPEST = 60;

/** Elements that are left out with all that is in them. */
const DROPPED: ReadonlySet<string> = new Set(
	'svg select textarea datalist map area source track param base link meta'.split(' '),
);

/** Elements that are drawn as others. */
const DRAWN_AS: ReadonlyMap<string, string> = new Map([
	['dir', 'ul'],
	['menu', 'ul'],
	['listing', 'pre'],
	['plaintext', 'pre'],
	['xmp', 'pre'],
	['strike', 's'],
	['tt', 'code'],
	['acronym', 'abbr'],
	['h1', 'p'],
	['h2', 'p'],
	['h3', 'p'],
	['h4', 'p'],
	['h5', 'p'],
	['h6', 'p'],
]);

/** Cells of hostile tables span whatever they say. */
const MOST_COLUMNS = 100;
const MOST_ROWS = 1000;

/** Draws a piece; `undefined` where it shows nothing. */
export function drawPiece(context: MarkupContext, piece: Piece, start: number): BlockContent | undefined {
	const { article } = context;
	const runs: number[] = [];
	const pictures: ReaderPicture[] = [];
	let text = 0;
	let hasText = false;
	let hasEmbed = false;
	const top: ElementContent[] = [];
	const open: { readonly children: ElementContent[]; readonly last: number }[] = [];
	const into = (): ElementContent[] => open.at(-1)?.children ?? top;
	for (let index = piece.first; index <= piece.last; index++) {
		const node = article.nodes[index] as Node;
		while ((open.at(-1)?.last ?? index) < index) open.pop();
		if (node.nodeType === TEXT_NODE) {
			into().push({ type: 'text', value: node.nodeValue });
			const foreign = article.nodes[node.parent]?.foreign ?? false;
			readRuns(article.text, node, foreign, (offset, source, units, length) =>
				addRun(runs, text + offset, source - start, units, length),
			);
			text += node.nodeValue.length;
			hasText ||= node.nodeValue.trim() !== '';
			continue;
		}
		if (node.nodeType !== ELEMENT_NODE || isUnrendered(node) || DROPPED.has(node.nodeName)) {
			index = node.last;
			continue;
		}
		if (EMBED_ELEMENTS.has(node.nodeName) && !node.foreign) {
			into().push(drawEmbed(context, index));
			hasEmbed = true;
			index = node.last;
			continue;
		}
		if (node.nodeName === 'img') {
			const image = context.images.get(index);
			if (!image) continue;
			into().push(element('img', { picture: String(pictures.length) }));
			pictures.push(pictureOf(image, context, start));
			continue;
		}
		const drawn = drawElement(context, index);
		if (!drawn) continue;
		into().push(drawn);
		if (open.length < DEEPEST) open.push({ children: drawn.children, last: node.last });
	}
	if (!hasText && !hasEmbed && pictures.length === 0 && article.nodes[piece.element ?? -1]?.nodeName !== 'hr')
		return undefined;
	const markup = toMarkup(sanitize(wrap(context, piece, top), SCHEMA));
	return markup && { part: piece.part, markup, runs, pictures };
}

/** Adds a run, or makes the last one longer where both are literal and touch. */
function addRun(runs: number[], offset: number, source: number, units: number, length: number): void {
	const last = runs.length - 4;
	const [lastSource = 0, lastUnits = 0, lastLength = 0] = runs.slice(last + 1);
	if (last >= 0 && units === length && lastUnits === lastLength && lastSource + lastLength === source) {
		runs[last + 2] = lastUnits + units;
		runs[last + 3] = lastLength + length;
	} else if (units > 0) {
		runs.push(offset, source, units, length);
	}
}

/** Elements that a block can be. */
const ROOTS: ReadonlySet<string> = new Set('blockquote dl figure h2 h3 h4 h5 h6 hr ol p pre table ul'.split(' '));

/** Those of them that can have inline elements around all that is in them. */
const WRAPPABLE: ReadonlySet<string> = new Set('blockquote figure h2 h3 h4 h5 h6 p pre'.split(' '));

/** The one element that a block is: that of the piece, else a paragraph or figure, with what is around it inside. */
function wrap(context: MarkupContext, piece: Piece, children: readonly ElementContent[]): Element {
	const [only, ...others] = children;
	const own = piece.element !== undefined && only?.type === 'element' && others.length === 0 ? only : undefined;
	const isRoot = own !== undefined && ROOTS.has(own.tagName);
	// Of a group only the content counts; a link, or an image, is in the paragraph.
	const inside = own && BLOCK_ELEMENTS.has(own.tagName) ? own.children : children;
	const block = isRoot ? own : element(piece.isFigure ? 'figure' : 'p', {}, [...inside]);
	if (!WRAPPABLE.has(block.tagName)) return block;
	let content = block.children;
	for (const index of piece.wrappers.toReversed()) {
		const wrapper = drawElement(context, index);
		if (wrapper) content = [{ ...wrapper, children: content }];
	}
	return { ...block, children: content };
}

function element(tagName: string, properties: Properties, children: ElementContent[] = []): Element {
	return { type: 'element', tagName, properties, children };
}

/** An element without its children; `undefined` for one that changes nothing of what is in it. */
function drawElement(context: MarkupContext, index: number): Element | undefined {
	const node = context.article.nodes[index] as Node;
	const role = context.roles.get(index);
	const properties = commonProperties(node);
	const name = role ?? (node.foreign ? undefined : (DRAWN_AS.get(node.nodeName) ?? node.nodeName));
	if (name === undefined) return undefined;
	if (!TAGS.has(name)) {
		if (BLOCK_ELEMENTS.has(name)) return element('div', properties);
		return Object.keys(properties).length > 0 ? element('span', properties) : undefined;
	}
	if (name === 'span' && Object.keys(properties).length === 0) return undefined;
	if (name === 'a') {
		const target = linkProperties(context, node);
		return target && element('a', { ...properties, ...target });
	}
	for (const attribute of OWN_ATTRIBUTES.get(name) ?? []) {
		const value = getAttribute(node, attribute);
		if (value !== undefined) properties[attribute] = value;
	}
	if (name === 'td' || name === 'th') {
		for (const [span, most] of [
			['colspan', MOST_COLUMNS],
			['rowspan', MOST_ROWS],
		] as const) {
			const count = Number.parseInt(getAttribute(node, span) ?? '', 10);
			if (count > 1) properties[span] = String(Math.min(count, most));
		}
	}
	return element(name, properties);
}

/** Attributes that are taken over as they are. */
const OWN_ATTRIBUTES: ReadonlyMap<string, readonly string[]> = new Map([
	['abbr', ['title']],
	['dfn', ['title']],
	['li', ['value']],
	['ol', ['start', 'reversed', 'type']],
	['th', ['scope']],
	['time', ['datetime']],
]);

function commonProperties(node: Node): Properties {
	const properties: Properties = {};
	const language = getAttribute(node, 'lang');
	if (language && /^[a-z]{2,3}(?:-[a-z\d]{2,8})*$/i.test(language)) properties.lang = language;
	const direction = getAttribute(node, 'dir')?.toLowerCase();
	if (direction === 'rtl' || direction === 'ltr' || direction === 'auto') properties.dir = direction;
	return properties;
}

/** Where a link leads; `undefined` where that is nowhere a reader could go. */
function linkProperties({ resolve, archive }: MarkupContext, node: Node): Properties | undefined {
	const href = getAttribute(node, 'href');
	const resolution = href === undefined ? undefined : resolve(href);
	const title = getAttribute(node, 'title');
	const told = title ? { title } : {};
	if (resolution?.kind === 'fragment') return { href: `#${resolution.id}`, ...told };
	if (resolution?.kind !== 'url' || !/^(?:https?|mailto):$/.test(resolution.url.protocol)) return undefined;
	const key = archive && pageKey(resolution.origin ?? resolution.url);
	const isArchived = key !== undefined && archive !== undefined && archive.copiesOf(key).length > 0;
	return { href: resolution.url.href, ...told, ...(isArchived ? { archived: '' } : {}) };
}

/** What showed something from elsewhere, as a link to it. */
function drawEmbed({ article, resolve }: MarkupContext, index: number): Element {
	const node = article.nodes[index] as Node;
	let address = getAttribute(node, 'src') ?? getAttribute(node, 'data') ?? getAttribute(node, 'data-src');
	for (let at = index + 1; at <= node.last && address === undefined; at++) {
		const inner = article.nodes[at] as Node;
		if (inner.nodeName === 'source') address = getAttribute(inner, 'src');
	}
	const resolution = address === undefined ? undefined : resolve(address);
	const title = getAttribute(node, 'title')?.trim();
	const leads = resolution?.kind === 'url' && /^https?:$/.test(resolution.url.protocol);
	if (!leads) return element('span', { embed: node.nodeName });
	return element('a', { href: resolution.url.href, embed: node.nodeName, ...(title ? { title } : {}) });
}

/** A sanitised tree as plain data. */
function toMarkup(tree: ReturnType<typeof sanitize>): MarkupElement | undefined {
	const top = tree.type === 'root' ? tree.children[0] : tree;
	return top?.type === 'element' ? elementMarkup(top) : undefined;
}

/** A sanitised element as plain data. */
export function elementMarkup({ tagName, properties, children }: Element): MarkupElement {
	const attributes: Record<string, string> = {};
	for (const [name, value] of Object.entries(properties)) attributes[name] = String(value);
	const inside: Markup[] = [];
	for (const child of children) {
		const markup = child.type === 'text' ? child.value : child.type === 'element' ? elementMarkup(child) : '';
		inside.push(inList(tagName, markup));
	}
	return [tagName, attributes, inside];
}

/** What lists may have as children, and what anything else becomes. */
const ITEMS: ReadonlyMap<string, readonly string[]> = new Map([
	['ul', ['li']],
	['ol', ['li']],
	['dl', ['dd', 'dt', 'div']],
]);

/** Puts what stands in a list, but in no item, into one. */
function inList(parent: string, child: Markup): Markup {
	const items = ITEMS.get(parent);
	const [item] = items ?? [];
	if (!items || item === undefined) return child;
	if (typeof child === 'string') return child.trim() === '' ? child : [item, {}, [child]];
	return items.includes(child[0]) ? child : [item, {}, [child]];
}
