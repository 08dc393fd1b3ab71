import type { Element } from 'hast';
import { labelOf } from '../article/label.ts';
import { getAttribute, type Node, TEXT_NODE } from '../article/node.ts';
import type { Resolver } from '../links/resolve.ts';
import { onOneLine } from '../util/text.ts';

/** Maximum length of the name of a placeholder, in UTF-16 units. */
const MAX_NAME_CHARS = 160;

/** Draws an embed as a link to its content. */
export function drawEmbed(nodes: readonly Node[], index: number, resolve: Resolver): Element {
	const node = nodes[index] as Node;
	let address = embeddedUrl(node);
	for (let at = index + 1; at <= node.last && address === undefined; at++) {
		const inner = nodes[at] as Node;
		if (inner.nodeName === 'source') address = getAttribute(inner, 'src');
	}
	const resolution = address === undefined ? undefined : resolve(address);
	const title = (getAttribute(node, 'title') ?? getAttribute(node, 'aria-label'))?.trim();
	const leads = resolution?.kind === 'url' && /^https?:$/.test(resolution.url.protocol);
	return placeholderElement(node.nodeName, title, leads ? resolution.url.href : undefined);
}

/** Returns the URL that an element embeds, including one for a script to load. */
export function embeddedUrl(node: Node): string | undefined {
	const [src, data, lazy] = ['src', 'data', 'data-src'].map(name => getAttribute(node, name)?.trim() || undefined);
	// `about:blank` is a placeholder for a page that is loaded later.
	return (src === 'about:blank' ? lazy : undefined) ?? src ?? data ?? lazy;
}

/** Creates a placeholder for what cannot be shown, with its kind, name and URL. */
export function placeholderElement(kind: string, title: string | undefined, href?: string): Element {
	const properties = { embed: kind, ...(title ? { title: title.slice(0, MAX_NAME_CHARS) } : {}) };
	if (href === undefined) return { type: 'element', tagName: 'span', properties, children: [] };
	return { type: 'element', tagName: 'a', properties: { href, ...properties }, children: [] };
}

/** Maximum size of an icon, in CSS pixels. */
const LARGEST_ICON = 48;

/** Maximum number of shapes in an icon without a declared size. */
const MOST_SHAPES = 3;

/** SVG elements that draw something. */
const SHAPES: ReadonlySet<string> = new Set(
	'path rect circle ellipse line polyline polygon image foreignObject'.split(' '),
);

/**
 * Draws a placeholder for an SVG drawing. Icons are left out, since placeholders for all of them would bury the article; an icon that is
 * the only content of a link is replaced by its name.
 *
 * @param isAlone whether the drawing is the only content of the link or button around it
 * @returns `undefined` for an icon
 */
export function drawSvg(nodes: readonly Node[], index: number, isAlone: boolean): Element | undefined {
	const node = nodes[index] as Node;
	const names = new Map<string, string>();
	const words: string[] = [];
	let shapes = 0;
	for (let at = index + 1; at <= node.last; at++) {
		const { nodeName, nodeType, nodeValue, parent, last } = nodes[at] as Node;
		if (nodeName === 'title' || nodeName === 'desc') {
			if (!names.has(nodeName)) names.set(nodeName, labelOf(nodes, at, MAX_NAME_CHARS));
			at = last;
		} else if (nodeType === TEXT_NODE && /^(?:text|tspan|textPath)$/.test(nodes[parent]?.nodeName ?? '')) {
			if (nodeValue.trim() !== '' && words.length < MAX_NAME_CHARS) words.push(onOneLine(nodeValue));
		} else if (SHAPES.has(nodeName)) shapes++;
	}
	const name = [getAttribute(node, 'aria-label')?.trim() || names.get('title'), names.get('desc')]
		.filter(Boolean)
		.join('. ');
	if (isIcon(node, words.length > 0, shapes))
		return isAlone && name !== ''
			? { type: 'element', tagName: 'span', properties: { says: name }, children: [] }
			: undefined;
	return placeholderElement('svg', name || words.join(' · '));
}

function isIcon(node: Node, hasWords: boolean, shapes: number): boolean {
	if (getAttribute(node, 'aria-hidden') === 'true' && !hasWords) return true;
	const sizes = ['width', 'height'].map(name => pixels(getAttribute(node, name))).filter(size => size !== undefined);
	if (sizes.length > 0) return sizes.every(size => size <= LARGEST_ICON);
	return !hasWords && shapes <= MOST_SHAPES;
}

/** Parses a length in CSS pixels; `undefined` for a percentage. */
function pixels(value: string | undefined): number | undefined {
	const [, number, unit] = /^\s*(\d*\.?\d+)\s*(px|em|rem|ex|pt)?\s*$/i.exec(value ?? '') ?? [];
	if (number === undefined) return undefined;
	const size = Number(number);
	return unit === undefined || unit.toLowerCase() === 'px' ? size : size * (unit.toLowerCase() === 'pt' ? 4 / 3 : 16);
}

/** Draws a placeholder for a `canvas`, which shows nothing without its script. */
export function drawCanvas(nodes: readonly Node[], index: number): Element {
	const node = nodes[index] as Node;
	return placeholderElement(
		'canvas',
		getAttribute(node, 'aria-label')?.trim() || labelOf(nodes, index, MAX_NAME_CHARS),
	);
}
