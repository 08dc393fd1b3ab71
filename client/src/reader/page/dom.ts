import {
	COMMON_ATTRIBUTES,
	MATH_TAGS,
	type Markup,
	type MarkupElement,
	READER_ATTRIBUTES,
	SAFE_ADDRESS,
	TAGS,
} from '../../../../server/src/protocol/reader.ts';
import { controlLook } from './placeholders.ts';

/** Creates an element of the page's own UI, with attributes and children. */
export function h<K extends keyof HTMLElementTagNameMap>(
	tag: K,
	properties: Readonly<Record<string, string | number | boolean | undefined>> = {},
	...children: readonly (Node | string | readonly (Node | string)[])[]
): HTMLElementTagNameMap[K] {
	const element = document.createElement(tag);
	for (const [name, value] of Object.entries(properties)) {
		if (value === undefined || value === false) continue;
		element.setAttribute(name, value === true ? '' : String(value));
	}
	// Append one by one, because a long list could exceed the limit on arguments.
	for (const child of children.flat()) element.append(child);
	return element;
}

/** Replaces the children of an element. */
export function setChildren(element: Element, children: readonly (Node | string)[]): void {
	const fragment = document.createDocumentFragment();
	for (const child of children) fragment.append(child);
	element.replaceChildren(fragment);
}

/** Returns the host of a URL without `www.`; empty if the URL is invalid. */
export function hostOf(url: string): string {
	return URL.canParse(url) ? new URL(url).host.replace(/^www\./, '') : '';
}

/** Creates a decorative icon. It needs a text label next to it. */
export function icon(name: string): HTMLElement {
	return h('span', { class: `icon icon-${name}`, 'aria-hidden': 'true' });
}

/** Marks elements that the page adds to a block of the article. They are not part of its text. */
export const OWN = 'data-own';

/** Creates replacements for markup without an HTML element. */
export interface Replacements {
	/** Returns an image of the block, by index. */
	picture(index: number, isLinked: boolean): Node;
	/** Returns a placeholder for embedded content: a link to it if `href` is given and it is not inside a link. */
	embed(kind: string, href: string | undefined, title: string, isLinked: boolean): Node;
}

/**
 * Builds the DOM of a block. This is the only place where content of an article becomes elements. Each element and attribute is
 * checked again against the protocol's allow lists, text only becomes text nodes, and nothing is parsed as HTML.
 */
export function buildMarkup(markup: Markup, replacements: Replacements): Node {
	const fragment = document.createDocumentFragment();
	const waiting: { readonly markup: Markup; readonly parent: Node; readonly isLinked: boolean }[] = [
		{ markup, parent: fragment, isLinked: false },
	];
	for (let next = waiting.pop(); next; next = waiting.pop()) {
		const { parent } = next;
		if (!isElementMarkup(next.markup)) {
			if (typeof next.markup === 'string') parent.appendChild(document.createTextNode(next.markup));
			continue;
		}
		const [tag, attributes, children] = next.markup;
		const href = SAFE_ADDRESS.test(attributes.href ?? '') ? attributes.href : undefined;
		if (tag === 'img') {
			parent.appendChild(replacements.picture(Number(attributes.picture), next.isLinked));
			continue;
		}
		if (attributes.embed !== undefined) {
			parent.appendChild(replacements.embed(attributes.embed, href, attributes.title ?? '', next.isLinked));
			continue;
		}
		// Unknown elements are dropped, but their children are kept.
		const element = createElement(tag, attributes);
		if (element)
			parent.appendChild(tag === 'table' || tag === 'pre' ? h('div', { class: 'scroller' }, element) : element);
		const isLinked = next.isLinked || tag === 'a';
		for (const child of children.toReversed()) waiting.push({ markup: child, parent: element ?? parent, isLinked });
	}
	return fragment;
}

const MATHML = 'http://www.w3.org/1998/Math/MathML';

/** Creates an element of the article without its children; `undefined` for an unknown element. */
function createElement(tag: string, attributes: Readonly<Record<string, string>>): Element | undefined {
	const ofMath = MATH_TAGS.get(tag);
	if (!ofMath && !TAGS.has(tag)) return undefined;
	const known = ofMath ?? READER_ATTRIBUTES.get(tag) ?? COMMON_ATTRIBUTES;
	const element = ofMath ? document.createElementNS(MATHML, tag) : document.createElement(tag);
	for (const [name, value] of Object.entries(attributes)) {
		if (!known.has(name) || typeof value !== 'string') continue;
		if (name === 'archived') element.classList.add('archived');
		else if (name === 'anchor') element.setAttribute('data-anchor', value);
		else if (name === 'says') say(element, value);
		else if (name === 'control') drawControl(element, value);
		else if (name !== 'href') element.setAttribute(name, value);
		else if (SAFE_ADDRESS.test(value)) element.setAttribute(name, value);
	}
	return element;
}

/** Adds text to an element that is not part of the article's text. */
function say(element: Element, words: string): void {
	if (element.localName === 'a') element.append(h('span', { [OWN]: true }, words));
	else {
		element.setAttribute(OWN, '');
		element.append(words);
	}
}

function drawControl(element: Element, kind: string): void {
	const { mark, label, className } = controlLook(kind);
	element.className = className;
	if (mark === undefined) {
		element.setAttribute('title', label);
		return;
	}
	element.setAttribute('role', 'img');
	element.setAttribute('aria-label', label);
	say(element, mark);
}

function isElementMarkup(markup: unknown): markup is MarkupElement {
	if (!Array.isArray(markup) || markup.length !== 3) return false;
	const [tag, attributes, children] = markup;
	return typeof tag === 'string' && typeof attributes === 'object' && attributes !== null && Array.isArray(children);
}
