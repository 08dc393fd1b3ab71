import type { Element, ElementContent, Properties } from 'hast';
import { sanitize } from 'hast-util-sanitize';
import type { Archive } from '../archive/archive.ts';
import { BLOCK_ELEMENTS, EMBED_ELEMENTS } from '../article/elements.ts';
import type { Image } from '../article/images.ts';
import type { MathLetters } from '../article/mathLetters.ts';
import { texSource } from '../article/mathTwins.ts';
import { ELEMENT_NODE, getAttribute, isElement, isUnrendered, type Node, TEXT_NODE } from '../article/node.ts';
import { pageKey } from '../links/pageKey.ts';
import { type BlockContent, type Markup, type MarkupElement, type ReaderImage, TAGS } from '../protocol/reader.ts';
import type { Anchors } from './anchors.ts';
import { directionAttribute, languageAttribute } from './attributes.ts';
import { drawControl, isControl } from './controls.ts';
import { drawCanvas, drawEmbed, drawSvg, placeholderElement } from './embeds.ts';
import { drawMath } from './maths.ts';
import { type PictureContext, readerImage } from './pictures.ts';
import type { BlockNodes } from './pieces.ts';
import { createRuns } from './runs.ts';
import { READER_SCHEMA } from './schema.ts';

/** What drawing a body depends on, apart from its nodes. */
export interface MarkupContext extends PictureContext {
	/** The archive, which has copies of linked pages. */
	readonly archive: Archive | undefined;
	/** The tag names that elements are drawn as, by index, if they differ from their own: headings, captions. */
	readonly roles: ReadonlyMap<number, string>;
	/** Images to draw, by the index of their element. */
	readonly images: ReadonlyMap<number, Image>;
	/** 1 for each element that the page hides, by index. */
	readonly hidden: Uint8Array;
	/** Forms that get a placeholder. */
	readonly forms: ReadonlySet<number>;
	/** The targets of the article's links to itself. */
	readonly anchors: Anchors;
	/** The language of the article, which is not repeated on blocks. */
	readonly language: string;
}

/** Maximum nesting depth of markup, which is processed recursively. Deeper content is moved to the deepest element. */
const MAX_DEPTH = 60;

/** Elements that are left out with their content. */
const DROPPED: ReadonlySet<string> = new Set('datalist source track param base link meta'.split(' '));

/** Elements that are drawn as other ones. */
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

/** Limits on `colspan` and `rowspan`, against hostile tables. */
const MOST_COLUMNS = 100;
const MOST_ROWS = 1000;

/** Draws a piece; `undefined` if it shows nothing. */
export function drawPiece(context: MarkupContext, piece: BlockNodes, start: number): BlockContent | undefined {
	const { article, hidden } = context;
	const { nodes } = article;
	const runs = createRuns(article, start);
	const pictures: ReaderImage[] = [];
	let hasText = false;
	/** Whether something other than the article's text is visible. */
	let hasOwn = false;
	const top: ElementContent[] = [];
	const open: { readonly children: ElementContent[]; readonly last: number }[] = [];
	const into = (): ElementContent[] => open.at(-1)?.children ?? top;
	const addText = (node: Node, letters?: MathLetters): string => {
		hasText ||= node.nodeValue.trim() !== '';
		return runs.add(node, letters);
	};
	const own = (drawn: Element | undefined): void => {
		if (!drawn) return;
		hasOwn = true;
		into().push(drawn);
	};
	const picture = (index: number): Element | undefined => {
		const image = context.images.get(index);
		if (!image) return undefined;
		pictures.push(readerImage(image, context, start));
		return element('img', { picture: String(pictures.length - 1) });
	};
	for (let index = piece.first; index <= piece.last; index++) {
		const node = nodes[index] as Node;
		while ((open.at(-1)?.last ?? index) < index) open.pop();
		if (node.nodeType === TEXT_NODE) {
			into().push({ type: 'text', value: addText(node) });
			continue;
		}
		const tex = texSource(nodes, index);
		if (tex !== undefined) own(element('code', { says: tex }));
		if (node.nodeType !== ELEMENT_NODE || isUnrendered(node) || hidden[index] || DROPPED.has(node.nodeName)) {
			index = node.last;
			continue;
		}
		const isWhole = drawWhole(context, index, { addText, own, picture, push: drawn => into().push(drawn) });
		if (isWhole) {
			index = node.last;
			continue;
		}
		if (context.forms.has(index)) {
			own(placeholderElement('form', undefined));
			// Its content is in separate pieces.
			if (piece.last === index) continue;
		}
		const drawn = drawElement(context, index);
		if (!drawn) continue;
		if (drawn.properties.says !== undefined) hasOwn = true;
		into().push(drawn);
		if (open.length < MAX_DEPTH) open.push({ children: drawn.children, last: node.last });
	}
	if (!hasText && !hasOwn && pictures.length === 0 && nodes[piece.element ?? -1]?.nodeName !== 'hr') return undefined;
	const markup = toMarkup(sanitize(wrap(context, piece, top), READER_SCHEMA));
	return markup && { part: piece.part, markup, runs: runs.all, pictures };
}

/** The block that is being drawn. */
interface Canvas {
	/** Adds a text node to the block and returns its text as drawn. */
	addText(node: Node, letters?: MathLetters): string;
	/** Adds an element that is not text of the article. */
	own(drawn: Element | undefined): void;
	picture(index: number): Element | undefined;
	push(drawn: ElementContent): void;
}

/** Draws an element that needs special treatment of its content. Returns whether it was one. */
function drawWhole(context: MarkupContext, index: number, { addText, own, picture, push }: Canvas): boolean {
	const { article, resolve, hidden } = context;
	const { nodes, weights } = article;
	const node = nodes[index] as Node;
	if (node.nodeName === 'svg') {
		const holder = nodes[node.parent];
		const isAlone =
			(isElement(holder, 'a') || isElement(holder, 'button')) &&
			weights.text(node.parent) === weights.text(index) &&
			weights.images(node.parent) === 0;
		own(drawSvg(nodes, index, isAlone));
		return true;
	}
	if (node.foreign) {
		// A foreign element outside `svg` and `math` has lost its root; only its text is drawn.
		if (node.nodeName !== 'math') return false;
		push(drawMath({ nodes, hidden, addText, picture }, index));
		return true;
	}
	if (EMBED_ELEMENTS.has(node.nodeName)) own(drawEmbed(nodes, index, resolve));
	else if (node.nodeName === 'canvas') own(drawCanvas(nodes, index));
	else if (node.nodeName === 'area') own(drawArea(context, node));
	else if (node.nodeName === 'img') {
		const drawn = picture(index);
		if (drawn) push(drawn);
	} else if (isControl(node) && node.nodeName !== 'button') own(drawControl(article, index, addText));
	else return false;
	return true;
}

/** Draws an `area` of an image map as a link with its name. */
function drawArea(context: MarkupContext, node: Node): Element | undefined {
	const target = linkProperties(context, node);
	const says = getAttribute(node, 'alt')?.trim() || getAttribute(node, 'title')?.trim();
	return target && says ? element('a', { ...target, says }) : undefined;
}

/** Elements that can be the root of a block. */
const ROOTS: ReadonlySet<string> = new Set(
	'blockquote details dl figure h2 h3 h4 h5 h6 hr ol p pre table ul'.split(' '),
);

/** Roots whose content can be wrapped in inline elements. */
const WRAPPABLE: ReadonlySet<string> = new Set('blockquote figure h2 h3 h4 h5 h6 p pre'.split(' '));

/** Creates the root element of a block: that of the piece, else a paragraph or figure. Inline elements around the piece go inside. */
function wrap(context: MarkupContext, piece: BlockNodes, children: readonly ElementContent[]): Element {
	const [only, ...others] = children;
	const own = piece.element !== undefined && only?.type === 'element' && others.length === 0 ? only : undefined;
	const isRoot = own !== undefined && ROOTS.has(own.tagName);
	// A group is replaced by its content; a link or an image goes into the paragraph.
	const isGroup = own !== undefined && BLOCK_ELEMENTS.has(own.tagName);
	const inside = isGroup ? own.children : children;
	const drawn = isRoot ? own : element(piece.isFigure ? 'figure' : 'p', isGroup ? own.properties : {}, [...inside]);
	const lang = piece.lang === context.language ? undefined : piece.lang;
	const around = { ...(lang ? { lang } : {}), ...(piece.dir ? { dir: piece.dir } : {}) };
	const captioned = drawn.tagName === 'figure' ? withCaption(drawn.children) : drawn.children;
	const block = { ...drawn, properties: { ...around, ...drawn.properties }, children: captioned };
	if (!WRAPPABLE.has(block.tagName)) return block;
	let content = block.children;
	for (const index of piece.wrappers.toReversed()) {
		const wrapper = drawElement(context, index);
		if (wrapper) content = [{ ...wrapper, children: content }];
	}
	return { ...block, children: content };
}

/** Makes a caption of the words that stand in a figure without an element of their own. */
function withCaption(children: ElementContent[]): ElementContent[] {
	const isWord = (child: ElementContent): boolean =>
		child.type === 'text' || (child.type === 'element' && !BLOCK_ELEMENTS.has(child.tagName) && !holdsPicture(child));
	const first = children.findIndex(child => child.type === 'text' && child.value.trim() !== '');
	if (first === -1) return children;
	let [start, end] = [first, first];
	while (start > 0 && isWord(children[start - 1] as ElementContent)) start--;
	while (end < children.length && isWord(children[end] as ElementContent)) end++;
	const caption = element('figcaption', {}, children.slice(start, end));
	return [...children.slice(0, start), caption, ...children.slice(end)];
}

/** Whether an element is an image or a link or the like around one. */
function holdsPicture({ tagName, children }: Element): boolean {
	return tagName === 'img' || children.some(child => child.type === 'element' && holdsPicture(child));
}

function element(tagName: string, properties: Properties, children: ElementContent[] = []): Element {
	return { type: 'element', tagName, properties, children };
}

/** Draws an element without its children; `undefined` if it has no effect on its content. */
function drawElement(context: MarkupContext, index: number): Element | undefined {
	const node = context.article.nodes[index] as Node;
	const role = context.roles.get(index);
	const properties = commonProperties(node, context.anchors.at(index));
	const name = role ?? (node.foreign ? undefined : (DRAWN_AS.get(node.nodeName) ?? node.nodeName));
	if (name === undefined) return undefined;
	if (name === 'button') return drawControl(context.article, index, () => '');
	if (!TAGS.has(name)) {
		if (BLOCK_ELEMENTS.has(name)) return element('div', properties);
		return Object.keys(properties).length > 0 ? element('span', properties) : undefined;
	}
	if (name === 'span' && Object.keys(properties).length === 0) return undefined;
	if (name === 'a') {
		const target = linkProperties(context, node);
		if (target) return element('a', { ...properties, ...target });
		return Object.keys(properties).length > 0 ? element('span', properties) : undefined;
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

/** Attributes that are kept as they are. */
const OWN_ATTRIBUTES: ReadonlyMap<string, readonly string[]> = new Map([
	['abbr', ['title']],
	['details', ['open']],
	['dfn', ['title']],
	['li', ['value']],
	['ol', ['start', 'reversed', 'type']],
	['th', ['scope']],
	['time', ['datetime']],
]);

function commonProperties(node: Node, anchor: string | undefined): Properties {
	const lang = languageAttribute(node);
	const dir = directionAttribute(node);
	return { ...(lang ? { lang } : {}), ...(dir ? { dir } : {}), ...(anchor === undefined ? {} : { anchor }) };
}

/** Returns the properties of a link; `undefined` if the reader cannot follow it. */
function linkProperties({ resolve, archive, anchors }: MarkupContext, node: Node): Properties | undefined {
	const href = getAttribute(node, 'href');
	const resolution = href === undefined ? undefined : resolve(href);
	const title = getAttribute(node, 'title');
	const told = title ? { title } : {};
	const id = resolution && anchors.idOf(resolution);
	if (id !== undefined) return { href: `#${id}`, ...told };
	if (resolution?.kind !== 'url' || !/^(?:https?|mailto):$/.test(resolution.url.protocol)) return undefined;
	const key = archive && pageKey(resolution.origin ?? resolution.url);
	const isArchived = key !== undefined && archive !== undefined && archive.copiesOf(key).length > 0;
	return { href: resolution.url.href, ...told, ...(isArchived ? { archived: '' } : {}) };
}

/** Converts a sanitised tree to plain data. */
function toMarkup(tree: ReturnType<typeof sanitize>): MarkupElement | undefined {
	const top = tree.type === 'root' ? tree.children[0] : tree;
	return top?.type === 'element' ? elementMarkup(top) : undefined;
}

/** Converts a sanitised element to plain data. */
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

/** The valid children of lists. Any other child is wrapped in the first of them. */
const ITEMS: ReadonlyMap<string, readonly string[]> = new Map([
	['ul', ['li']],
	['ol', ['li']],
	['dl', ['dd', 'dt', 'div']],
]);

/** Wraps a child of a list that is not an item in one. */
function inList(parent: string, child: Markup): Markup {
	const items = ITEMS.get(parent);
	const [item] = items ?? [];
	if (!items || item === undefined) return child;
	if (typeof child === 'string') return child.trim() === '' ? child : [item, {}, [child]];
	return items.includes(child[0]) ? child : [item, {}, [child]];
}
