import type { Element, ElementContent, Properties } from 'hast';
import type { DefaultTreeAdapterTypes } from 'parse5';
import { isBlockBox, WRITTEN_AS } from './blocks.ts';
import { attributeOf, type ClipElement, type ClipNode, elementsIn, isElementNode } from './clip.ts';
import { codeBlock, codeCells, isCode } from './code.ts';
import {
	cleanMath,
	isHidden,
	isSetPlain,
	keepsLines,
	type Look,
	languageProperties,
	lookOf,
	make,
	mathIn,
	type Page,
	pastedImage,
	propertiesOf,
} from './inline.ts';
import {
	asBlock,
	asPieces,
	carry,
	contentOf,
	definitionOf,
	figurePart,
	inRunningText,
	type PastedBlock,
	withBreaks,
} from './pieces.ts';
import { INLINE } from './schema.ts';
import { hasContent, plainSpaces, tidyRun } from './spaces.ts';
import { readWordList } from './wordList.ts';

/** The context of the nodes that are converted. */
interface Around {
	readonly look: Look;
	/** Wraps inline content in the links and emphasis that surround blocks in the page, outermost first. */
	readonly wrappers: readonly ((children: readonly ElementContent[]) => Element)[];
}

/** Elements that are dropped with their content. */
const DROPPED: ReadonlySet<string> = new Set(
	'audio base button canvas datalist embed head iframe link meta noembed noframes object script select style svg template textarea title video'.split(
		' ',
	),
);

const HEADING = /^h[1-6]$/;

/** Converts a clip to the blocks of an article. */
export function convert(nodes: readonly ClipNode[], page: Page): readonly PastedBlock[] {
	const pieces = new Converter(nodes, page).flow(nodes, {
		look: { bold: false, italic: false, pending: [] },
		wrappers: [],
	});
	return pieces.map(withoutLeftToRight);
}

class Converter {
	readonly #page: Page;
	/** Elements that contain a block. */
	readonly #withBlocks = new Set<ClipElement>();
	/** Elements that contain text that is explicitly neither bold nor italic. */
	readonly #withPlain = new Set<ClipElement>();
	/** The preceding and following text of each text node. */
	readonly #texts = new Map<ClipNode, { before: string; after: string }>();
	/** The last image, if it has no URL yet. */
	#waiting: Element | undefined;

	constructor(nodes: readonly ClipNode[], page: Page) {
		this.#page = page;
		const elements = elementsIn(nodes);
		for (const element of elements.toReversed()) {
			const { parentNode } = element;
			if ((isSetPlain(element) || this.#withPlain.has(element)) && parentNode && 'tagName' in parentNode)
				this.#withPlain.add(parentNode);
			if ((isBlockBox(element) || this.#withBlocks.has(element)) && parentNode && 'tagName' in parentNode)
				this.#withBlocks.add(parentNode);
		}
		let last: { after: string } | undefined;
		let before = '';
		const note = (node: ClipNode): void => {
			if (!isText(node)) return;
			const known = { before, after: '' };
			if (last) last.after = node.value;
			[last, before] = [known, node.value];
			this.#texts.set(node, known);
		};
		const stack = nodes.toReversed();
		for (let node = stack.pop(); node; node = stack.pop()) {
			note(node);
			if (isElementNode(node)) for (const child of node.childNodes.toReversed()) stack.push(child);
		}
	}

	flow(nodes: readonly ClipNode[], around: Around): PastedBlock[] {
		const pieces: PastedBlock[] = [];
		let run: ElementContent[] = [];
		const flush = (): void => {
			const children = tidyRun(run);
			run = [];
			if (children.some(hasContent)) pieces.push({ kind: 'run', children, properties: {}, isParagraph: false });
		};
		const visit = (siblings: readonly ClipNode[], inside: Around): void => {
			let batch: ElementContent[] = [];
			const close = (): void => {
				for (const node of wrapped(batch, inside.wrappers)) run.push(node);
				batch = [];
			};
			for (let at = 0; at < siblings.length; at++) {
				const node = siblings[at] as ClipNode;
				const isElement = isElementNode(node);
				const words = isElement ? readWordList(siblings, at) : undefined;
				const alike = isElement && !words ? alikeFrom(siblings, at) : [];
				const isSplit = isElement && !words && !isBlockBox(node) && this.#isSplit(node);
				if (!words && !isSplit && !(isElement && isBlockBox(node))) {
					for (const one of this.#inline(node, inside.look)) batch.push(one);
					continue;
				}
				close();
				if (isSplit) {
					visit(node.childNodes, this.#inside(node, inside));
					continue;
				}
				flush();
				const blocks = words
					? words.list(item => this.flow(item.childNodes, inside)).map(asBlock)
					: this.#blocks(alike, inside);
				for (const piece of blocks) pieces.push(piece);
				at = words ? words.end - 1 : siblings.indexOf(alike.at(-1) as ClipNode, at);
			}
			close();
		};
		visit(nodes, around);
		flush();
		return pieces;
	}

	/** Whether an inline element contains blocks, and must be moved into each of them. */
	#isSplit(element: ClipElement): boolean {
		return this.#withBlocks.has(element) && !isLeftOut(element) && mathIn(element) === undefined;
	}

	/** Converts adjacent elements that belong to one block, for example list items copied without their list. */
	#blocks(elements: readonly ClipElement[], around: Around): PastedBlock[] {
		const [first, ...others] = elements;
		if (!first) return [];
		if (others.length === 0) return this.#block(first, around);
		if (first.tagName === 'li') return asPieces(this.#list(first, 'ul', {}, around, elements));
		if (isCode(first)) return asPieces(codeBlock(elements, {}));
		const parts = elements.flatMap(element => this.#block(element, around)).flatMap(definitionOf);
		return parts.length === 0 ? [] : [asBlock(make('dl', {}, parts))];
	}

	#block(element: ClipElement, around: Around): PastedBlock[] {
		if (isLeftOut(element)) return [];
		const tagName = WRITTEN_AS[element.tagName] ?? element.tagName;
		const properties = propertiesOf(element, tagName, this.#page);
		if (tagName === 'pre' || isCode(element)) return asPieces(codeBlock(element.childNodes, properties));
		if (tagName === 'hr') return [asBlock(make('hr', properties.id === undefined ? {} : { id: properties.id }, []))];
		if (tagName === 'ul' || tagName === 'ol') return asPieces(this.#list(element, tagName, properties, around));
		if (tagName === 'table') return this.#table(element, properties, around);
		const inside = this.#inside(element, around);
		if (tagName === 'li') return asPieces(this.#list(element, 'ul', {}, around, [element]));
		const pieces = this.flow(element.childNodes, inside);
		if (pieces.length === 0) return properties.id === undefined ? [] : [asBlock(make('p', properties, []))];
		if (HEADING.test(tagName)) {
			const text = inRunningText(pieces);
			return text.some(hasContent) ? [asBlock(make(tagName, properties, text))] : [];
		}
		if (tagName === 'dt' || tagName === 'dd')
			return [asBlock(make('dl', {}, [make(tagName, properties, contentOf(pieces))]))];
		if (tagName === 'dl') return [asBlock(make('dl', properties, pieces.flatMap(definitionOf)))];
		if (tagName === 'blockquote') return [asBlock(make(tagName, properties, contentOf(pieces, true)))];
		if (tagName === 'address' || tagName === 'figcaption')
			return [asBlock(make(tagName, properties, contentOf(pieces)))];
		if (tagName === 'figure') return [asBlock(make(tagName, properties, pieces.flatMap(figurePart)))];
		if (tagName === 'details') return [asBlock(this.#details(element, properties, inside))];
		return carry({ ...properties, ...languageProperties(element, this.#page) }, pieces);
	}

	/** Returns the context of the content of an element. */
	#inside(element: ClipElement, around: Around): Around {
		const { tagName } = element;
		const { wrappers: names, isPlain, ...look } = lookOf(element, around.look, this.#withPlain.has(element));
		const written = WRITTEN_AS[tagName] ?? tagName;
		const properties = propertiesOf(element, written, this.#page);
		const isWritten = INLINE.has(written) && !isPlain && written !== 'span' && (written !== 'a' || properties.href);
		const own = isWritten
			? [(children: readonly ElementContent[]) => make(written, withoutId(properties), children)]
			: [];
		const set = names.map(name => (children: readonly ElementContent[]) => make(name, {}, children));
		return { look, wrappers: [...around.wrappers, ...own, ...set] };
	}

	#details(element: ClipElement, properties: Properties, inside: Around): Element {
		const { childNodes } = element;
		const at = childNodes.findIndex(node => isElementNode(node) && node.tagName === 'summary');
		const before = this.flow(childNodes.slice(0, Math.max(0, at)), inside);
		const summary = before.length === 0 ? childNodes[at] : undefined;
		const rest = this.flow(summary ? childNodes.slice(at + 1) : childNodes, inside);
		const title = summary && isElementNode(summary) ? inRunningText(this.flow(summary.childNodes, inside)) : [];
		const head = title.length > 0 ? [make('summary', {}, title)] : [];
		return make('details', properties, [...head, ...contentOf(rest, true)]);
	}

	#list(
		element: ClipElement,
		tagName: string,
		properties: Properties,
		around: Around,
		nodes: readonly ClipNode[] = element.childNodes,
	): Element | undefined {
		const items: Element[] = [];
		let loose: ClipNode[] = [];
		const close = (): void => {
			const pieces = this.flow(loose, around);
			if (pieces.length > 0) items.push(make('li', {}, contentOf(pieces)));
			loose = [];
		};
		for (const node of nodes) {
			const name = isElementNode(node) ? node.tagName : '';
			const isItem = name === 'li';
			// Editors write a nested list after its item rather than inside it.
			const isNested = /^(?:[ou]l|dir|menu)$/.test(name);
			if (!isElementNode(node) || (!isItem && !isNested)) {
				loose.push(node);
				continue;
			}
			close();
			if (isLeftOut(node)) continue;
			const pieces = isItem ? this.flow(node.childNodes, this.#inside(node, around)) : this.flow([node], around);
			const last = items.at(-1);
			if (pieces.length === 0) continue;
			if (isNested && last) last.children = [...last.children, ...contentOf(pieces)];
			else {
				const own = isItem ? propertiesOf(node, 'li', this.#page) : {};
				items.push(make('li', own, [...checkOf(node), ...contentOf(pieces)]));
			}
		}
		close();
		return items.length === 0 ? undefined : make(tagName, properties, items);
	}

	#table(element: ClipElement, properties: Properties, around: Around): PastedBlock[] {
		const code = codeCells(element);
		if (code) return asPieces(codeBlock(code, properties));
		const parts = this.#rows(element, around);
		return parts.some(({ tagName }) => tagName !== 'caption')
			? [asBlock(make('table', properties, parts))]
			: this.flow(element.childNodes, around);
	}

	#rows(element: ClipElement, around: Around): Element[] {
		return element.childNodes.flatMap((node): Element[] => {
			if (!isElementNode(node) || isHidden(node)) return [];
			const { tagName } = node;
			const inside = this.#inside(node, around);
			const properties = propertiesOf(node, tagName, this.#page);
			if (tagName === 'td' || tagName === 'th' || tagName === 'caption')
				return [make(tagName, properties, contentOf(this.flow(node.childNodes, inside)))];
			if (!/^(?:t(?:body|foot|head|r))$/.test(tagName)) return [];
			const rows = this.#rows(node, inside);
			return rows.length === 0 ? [] : [make(tagName, properties, rows)];
		});
	}

	#inline(node: ClipNode, around: Look): ElementContent[] {
		if (isText(node)) {
			const { before = '', after = '' } = this.#texts.get(node) ?? {};
			const value = plainSpaces(node.value, before, after);
			const text: ElementContent[] = [{ type: 'text', value }];
			const lines = value.includes('\n') && keepsLines(node) ? withBreaks(text) : text;
			const names = value.trim() === '' ? [] : around.pending;
			return names.reduceRight((inner, name) => [make(name, {}, inner)], lines);
		}
		if (!isElementNode(node)) return [];
		const { tagName } = node;
		if (tagName === 'noscript') return this.#noscript(node);
		if (isLeftOut(node)) return [];
		if (tagName === 'br') return [make('br', {}, [])];
		if (tagName === 'input') return checkOf(node);
		if (tagName === 'img' || tagName === 'picture') return this.#picture(node);
		const math = tagName === 'math' ? node : mathIn(node);
		if (math) return cleanMath(math);
		const written = WRITTEN_AS[tagName] ?? tagName;
		const { wrappers, isPlain, ...look } = lookOf(node, around, this.#withPlain.has(node));
		const children = node.childNodes.flatMap(child => this.#inline(child, look));
		const set = wrappers.reduceRight<ElementContent[]>((inner, name) => [make(name, {}, inner)], children);
		const properties = propertiesOf(node, written, this.#page);
		const isWritten = INLINE.has(written) && !isPlain && written !== 'span' && (written !== 'a' || properties.href);
		if (isWritten) return [make(written, properties, set)];
		const { id, lang, dir } = properties;
		const kept = { ...(id === undefined ? {} : { id }), ...(lang ? { lang } : {}), ...(dir ? { dir } : {}) };
		return Object.keys(kept).length > 0 ? [make('span', kept, set)] : set;
	}

	#picture(element: ClipElement): ElementContent[] {
		const image =
			element.tagName === 'img' ? element : elementsIn(element.childNodes).find(({ tagName }) => tagName === 'img');
		const { parentNode } = element;
		const around = parentNode && 'tagName' in parentNode && parentNode.tagName === 'picture' ? parentNode : undefined;
		const made = image && pastedImage(image, element === image ? around : element, this.#page);
		if (made) this.#waiting = made.properties.src === undefined ? made : undefined;
		return made ? [made] : [];
	}

	/** Skips `noscript`, whose content duplicates the page, except for the URL of a preceding image without one. */
	#noscript(element: ClipElement): ElementContent[] {
		const image = elementsIn(element.childNodes).find(({ tagName }) => tagName === 'img');
		const src = image && pastedImage(image, undefined, this.#page)?.properties.src;
		if (src && this.#waiting) this.#waiting.properties = { src, ...this.#waiting.properties };
		this.#waiting = undefined;
		return [];
	}
}

/** Wraps nodes in elements, without nesting links. */
function wrapped(nodes: readonly ElementContent[], wrappers: Around['wrappers']): readonly ElementContent[] {
	if (nodes.length === 0) return nodes;
	return wrappers.reduceRight<readonly ElementContent[]>((inner, wrap) => {
		const element = wrap(inner);
		return element.tagName === 'a' && inner.some(hasLink) ? inner : [element];
	}, nodes);
}

function hasLink(node: ElementContent): boolean {
	return node.type === 'element' && (node.tagName === 'a' || node.children.some(hasLink));
}

function isText(node: ClipNode): node is DefaultTreeAdapterTypes.TextNode {
	return node.nodeName === '#text';
}

/** Returns the element at an index with the following siblings that belong to the same block. */
function alikeFrom(siblings: readonly ClipNode[], start: number): readonly ClipElement[] {
	const first = siblings[start] as ClipElement;
	const isAlike = partOf(first);
	const found = [first];
	for (let at = start + 1; isAlike && at < siblings.length; at++) {
		const node = siblings[at] as ClipNode;
		if (isElementNode(node) && isAlike(node)) found.push(node);
		else if (isElementNode(node) || (isText(node) && node.value.trim() !== '')) break;
	}
	return found;
}

function partOf(element: ClipElement): ((other: ClipElement) => boolean) | undefined {
	if (element.tagName === 'li') return ({ tagName }) => tagName === 'li';
	if (/^d[dt]$/.test(element.tagName)) return ({ tagName }) => /^d[dt]$/.test(tagName);
	return isCode(element) ? isCode : undefined;
}

/** Removes the redundant `dir="ltr"` of a top-level block. */
function withoutLeftToRight(piece: PastedBlock): PastedBlock {
	const { dir, ...properties } = piece.kind === 'block' ? piece.element.properties : piece.properties;
	if (dir !== 'ltr') return piece;
	return piece.kind === 'block' ? asBlock({ ...piece.element, properties }) : { ...piece, properties };
}

function isLeftOut(element: ClipElement): boolean {
	return DROPPED.has(element.tagName) || isHidden(element);
}

function withoutId({ id, ...properties }: Properties): Properties {
	return properties;
}

/** Converts a checkbox to a character. */
function checkOf(element: ClipElement): ElementContent[] {
	const isInput = element.tagName === 'input' && attributeOf(element, 'type')?.toLowerCase() === 'checkbox';
	if (!isInput && attributeOf(element, 'role') !== 'checkbox') return [];
	const isChecked = attributeOf(element, 'checked') !== undefined || attributeOf(element, 'aria-checked') === 'true';
	return [{ type: 'text', value: isChecked ? '☑ ' : '☐ ' }];
}
