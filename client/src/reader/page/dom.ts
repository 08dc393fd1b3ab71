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

/** Makes an element of the page's own, with properties as the DOM names them and children. */
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
	// A list may be longer than a call may have arguments.
	for (const child of children.flat()) element.append(child);
	return element;
}

/** Replaces all that is in an element. */
export function setChildren(element: Element, children: readonly (Node | string)[]): void {
	const fragment = document.createDocumentFragment();
	for (const child of children) fragment.append(child);
	element.replaceChildren(fragment);
}

/** The site that an address names, as people say it; empty for none. */
export function hostOf(url: string): string {
	return URL.canParse(url) ? new URL(url).host.replace(/^www\./, '') : '';
}

/** An icon; what it stands for must be said beside it. */
export function icon(name: string): HTMLElement {
	return h('span', { class: `icon icon-${name}`, 'aria-hidden': 'true' });
}

/** Marks what the page put into an article's block: it does not count as its text. */
export const OWN = 'data-own';

/** Makes what an element stands for that HTML has no element for. */
export interface Replacements {
	/** The picture of a block, by its index. */
	picture(index: number, isLinked: boolean): Node;
	/** What stands for something that cannot be shown, as a link to it where `href` is given and it is in no link. */
	embed(kind: string, href: string | undefined, title: string, isLinked: boolean): Node;
}

/**
 * Builds the markup of a block. This is the only place where what an article says becomes elements: each element and attribute
 * is looked up in the protocol's lists once more, text only ever becomes text, and nothing is parsed.
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
		// What is not known is left out; what is in it is kept.
		const element = createElement(tag, attributes);
		if (element)
			parent.appendChild(tag === 'table' || tag === 'pre' ? h('div', { class: 'scroller' }, element) : element);
		const isLinked = next.isLinked || tag === 'a';
		for (const child of children.toReversed()) waiting.push({ markup: child, parent: element ?? parent, isLinked });
	}
	return fragment;
}

const MATHML = 'http://www.w3.org/1998/Math/MathML';

/** An element of the article without what is in it; `undefined` for one that is not known. */
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

/** Puts words into an element that are no text of the article. */
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
