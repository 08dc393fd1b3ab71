import type { Element, ElementContent, Properties } from 'hast';
import { imageAddress } from '../../article/imageAddress.ts';
import {
	ancestorsOf,
	attributeOf,
	type ClipElement,
	type ClipNode,
	elementsIn,
	hasClass,
	isElementNode,
	styleOf,
} from './clip.ts';
import { hastProperty, MATH_ATTRIBUTES, MATH_ELEMENTS, PASTE_ATTRIBUTES } from './schema.ts';

/** The properties of a whole clip. */
export interface Page {
	/** Resolves the URL in an attribute value; `undefined` if it must not be kept. */
	readonly address: (value: string, kind: 'link' | 'picture') => string | undefined;
	/** Returns the id of an element in the article; `undefined` if no link references it. */
	readonly idOf: (element: ClipElement) => string | undefined;
	readonly isWord: boolean;
}

/** Creates an element. */
export function make(tagName: string, properties: Properties, children: readonly ElementContent[]): Element {
	return { type: 'element', tagName, properties, children: [...children] };
}

/** Returns the attributes of an element that are kept. */
export function propertiesOf(element: ClipElement, tagName: string, page: Page): Properties {
	const properties: Properties = {};
	const id = page.idOf(element);
	if (id !== undefined) properties.id = id;
	for (const name of PASTE_ATTRIBUTES[tagName] ?? []) {
		const value = attributeOf(element, name);
		if (value === undefined) continue;
		if (name === 'href' || name === 'cite') {
			const address = page.address(value, 'link');
			if (address !== undefined) properties[name] = address;
		} else if (name === 'colspan' || name === 'rowspan' || name === 'start' || name === 'value') {
			const isCounted = /^-?\d{1,4}$/.test(value) && !(name.endsWith('span') && Number(value) < 2);
			if (isCounted) properties[hastProperty(name)] = value;
		} else if (name === 'open' || name === 'reversed') properties[name] = true;
		else properties[hastProperty(name)] = value;
	}
	return { ...properties, ...languageProperties(element, page) };
}

/** Returns the language and direction attributes of an element. */
export function languageProperties(element: ClipElement, page: Page): Properties {
	const [lang, dir] = [attributeOf(element, 'lang'), attributeOf(element, 'dir')?.toLowerCase()];
	return {
		...(lang && !page.isWord ? { lang } : {}),
		// Left-to-right is the default, and editors write it on each paragraph.
		...(dir === 'rtl' || dir === 'auto' || (dir === 'ltr' && isInRightToLeft(element)) ? { dir } : {}),
	};
}

/** Whether the context of an element is right-to-left. */
function isInRightToLeft(element: ClipElement): boolean {
	for (const around of ancestorsOf(element)) {
		const dir = attributeOf(around, 'dir')?.toLowerCase();
		if (dir) return dir === 'rtl';
	}
	return false;
}

/** Whether line breaks in a text are visible, according to the style of its ancestors. */
export function keepsLines(text: ClipNode): boolean {
	for (const around of ancestorsOf(text)) {
		const space = styleOf(around, 'white-space') ?? styleOf(around, 'white-space-collapse');
		if (space) return /^(?:pre|break-spaces)/.test(space);
	}
	return false;
}

/** Converts an image, with the URL that a lazy-loading script would set; `undefined` for a tracking pixel. */
export function pastedImage(image: ClipElement, picture: ClipElement | undefined, page: Page): Element | undefined {
	const sizes = ['width', 'height'].map(name => Number.parseFloat(attributeOf(image, name) ?? '9'));
	if (sizes.every(size => size <= 2)) return undefined;
	const candidates = [image, ...elementsIn(picture?.childNodes ?? []).filter(({ tagName }) => tagName === 'source')];
	let src: string | undefined;
	for (const { attrs } of candidates) {
		const address = imageAddress(attrs)?.value ?? attrs.find(({ name }) => name === 'src')?.value;
		src ??= address === undefined ? undefined : page.address(address, 'picture');
	}
	const properties = propertiesOf(image, 'img', page);
	return make('img', src === undefined ? properties : { src, ...properties }, []);
}

/** Returns the `math` element in a formula rendered by KaTeX, MathJax or MediaWiki. */
export function mathIn(element: ClipElement): ClipElement | undefined {
	const isDrawn =
		element.tagName === 'mjx-container' ||
		/(?:^|\s)(?:katex|MathJax\w*|mwe-math-element)(?:\s|$)/.test(attributeOf(element, 'class') ?? '');
	return isDrawn ? elementsIn(element.childNodes).find(({ tagName }) => tagName === 'math') : undefined;
}

/** Reduces MathML to its own elements, without annotations such as the TeX source. */
export function cleanMath(element: ClipElement): ElementContent[] {
	const children = element.childNodes.flatMap((node): ElementContent[] => {
		if (isElementNode(node)) return cleanMath(node);
		return 'value' in node ? [{ type: 'text', value: node.value.replace(/[ \t\r\n\f]+/g, ' ') }] : [];
	});
	const { tagName } = element;
	if (tagName === 'annotation' || tagName === 'annotation-xml') return [];
	if (!MATH_ELEMENTS.has(tagName)) return children;
	// White space between MathML elements is insignificant.
	const isText = /^(?:m[inso]|mtext|ms)$/.test(tagName);
	const kept = isText ? children : children.filter(node => node.type !== 'text' || node.value.trim() !== '');
	const properties = Object.fromEntries(
		element.attrs.filter(({ name }) => MATH_ATTRIBUTES.includes(name)).map(({ name, value }) => [name, value]),
	);
	return [make(tagName, properties, kept)];
}

/** Elements that are bold or italic by default. */
const BOLD = new Set(['b', 'strong', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'th']);
const HEAD = /^(?:h[1-6]|th)$/;
const ITALIC = new Set(['em', 'i', 'cite', 'dfn', 'var', 'address']);

/** The style of text. */
export interface Look {
	readonly bold: boolean;
	readonly italic: boolean;
	/** Elements to wrap each text node in, because part of the styled element overrides the style. */
	readonly pending: readonly string[];
}

/** Whether an element resets bold or italic. */
export function isSetPlain(element: ClipElement): boolean {
	return setBold(element) === false || setItalic(element) === false;
}

function setBold(element: ClipElement): boolean | undefined {
	const weight = styleOf(element, 'font-weight');
	return weight === undefined || weight === 'inherit' ? undefined : /^bold/.test(weight) || Number(weight) >= 600;
}

function setItalic(element: ClipElement): boolean | undefined {
	const slant = styleOf(element, 'font-style');
	return slant === undefined || slant === 'inherit' ? undefined : /^(?:italic|oblique)/.test(slant);
}

/**
 * Returns the style of the text in an element, from its name and CSS, and the elements that express the style.
 *
 * @param hasPlain whether a descendant resets bold or italic
 */
export function lookOf(
	element: ClipElement,
	around: Look,
	hasPlain: boolean,
): Look & { readonly wrappers: readonly string[]; readonly isPlain: boolean } {
	const [isBold, isItalic] = [setBold(element), setItalic(element)];
	const { tagName } = element;
	const pending = around.pending.filter(
		name => !(isBold === false && /^(?:b|strong)$/.test(name)) && !(isItalic === false && /^(?:i|em)$/.test(name)),
	);
	const before = {
		bold: around.bold && !(isBold === false && around.pending.some(name => /^(?:b|strong)$/.test(name))),
		italic: around.italic && !(isItalic === false && around.pending.some(name => /^(?:i|em)$/.test(name))),
	};
	const bold = BOLD.has(tagName) ? isBold !== false || HEAD.test(tagName) : isBold === true || before.bold;
	const italic = ITALIC.has(tagName) ? isItalic !== false : isItalic === true || before.italic;
	const wrappers: string[] = [];
	const put = (name: string): unknown => (hasPlain ? pending : wrappers).push(name);
	if (bold && !before.bold && !BOLD.has(tagName)) put('b');
	if (italic && !before.italic && !ITALIC.has(tagName)) put('i');
	const isParted = hasPlain && /^(?:b|strong|i|em)$/.test(tagName);
	const line = `${styleOf(element, 'text-decoration') ?? ''} ${styleOf(element, 'text-decoration-line') ?? ''}`;
	if (/line-through/.test(line) && !/^(?:s|del|strike)$/.test(tagName)) wrappers.push('s');
	const align = styleOf(element, 'vertical-align');
	if ((align === 'super' || align === 'sub') && !/^su[bp]$/.test(tagName))
		wrappers.push(align === 'super' ? 'sup' : 'sub');
	const isPlain =
		(isBold === false && (tagName === 'b' || tagName === 'strong')) ||
		(isItalic === false && (tagName === 'i' || tagName === 'em'));
	if (isParted && !isPlain) pending.push(tagName);
	return { bold, italic, pending, wrappers, isPlain: isPlain || isParted };
}

/** Whether a page hides an element. */
export function isHidden(element: ClipElement): boolean {
	return (
		attributeOf(element, 'hidden') !== undefined ||
		styleOf(element, 'display') === 'none' ||
		styleOf(element, 'visibility') === 'hidden' ||
		styleOf(element, 'user-select') === 'none' ||
		styleOf(element, '-webkit-user-select') === 'none' ||
		/mso-(?:hide|list):\s*(?:all|ignore)/i.test(attributeOf(element, 'style') ?? '') ||
		isForListeners(element)
	);
}

/** Common class names of text for screen readers only. */
const FOR_LISTENERS: ReadonlySet<string> = new Set([
	'screen-reader-only',
	'screen-reader-text',
	'sr-only',
	'visually-hidden',
	'visuallyhidden',
]);

/** Whether an element is for screen readers only, by its class or by a clip to zero size in its copied style. */
function isForListeners(element: ClipElement): boolean {
	if (hasClass(element, FOR_LISTENERS)) return true;
	const isCut = (property: string, nothing: RegExp): boolean => nothing.test(styleOf(element, property) ?? '');
	return (
		isCut('clip', /^rect\(\s*([01])(?:px)?[\s,]+\1(?:px)?[\s,]+\1(?:px)?[\s,]+\1(?:px)?\s*\)$/) ||
		isCut('clip-path', /^(?:inset\((?:50|100)%\)|circle\(0(?:px|%)?\))$/)
	);
}
