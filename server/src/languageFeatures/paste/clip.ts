import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';

export type ClipNode = DefaultTreeAdapterTypes.ChildNode;
export type ClipElement = DefaultTreeAdapterTypes.Element;

/** The `text/html` of a clipboard. */
export interface Clip {
	readonly nodes: readonly ClipNode[];
	/** What its relative addresses are relative to, where it says so. */
	readonly base: URL | undefined;
	/** Whether Word wrote it, which marks the language of each piece of text that has none of its own. */
	readonly isWord: boolean;
}

/** Markup that is nested deeper is no fragment of a page; the libraries would run out of stack on it. */
const MAX_DEPTH = 400;

/** The most of a clipboard that is looked at, in UTF-16 units. */
const MAX_CLIP_CHARS = 5_000_000;

/** Reads a clipboard; `undefined` where it is no fragment of a page. */
export function readClip(html: string): Clip | undefined {
	if (html.length > MAX_CLIP_CHARS) return undefined;
	// Windows puts lines about the fragment before it, and some programs leave them there.
	const heading = /^\s*Version:[\d.]+\s[^<]*/.exec(html)?.[0] ?? '';
	const markup = fragmentOf(html.slice(heading.length));
	// Without its table a row would lose its cells; words beside them would be moved out of it.
	const isPartOfTable = /^\s*<(?:caption|col|t(?:body|d|foot|h|head|r))\b/i.test(markup);
	const table = isPartOfTable ? parse(`<table>${markup}`) : undefined;
	const root = table?.childNodes.length === 1 ? table : parse(markup);
	if (isTooDeep(root)) return undefined;
	const source = /^SourceURL:(\S+)/im.exec(heading)?.[1] ?? /<base\s[^>]*href=["']?([^"'\s>]+)/i.exec(html)?.[1];
	return {
		nodes: root.childNodes,
		base: source !== undefined && URL.canParse(source) ? new URL(source) : undefined,
		isWord: /urn:schemas-microsoft-com:office|class=["']?Mso/.test(html),
	};
}

function parse(markup: string): DefaultTreeAdapterTypes.DocumentFragment {
	return parseFragment(markup, { scriptingEnabled: false });
}

/** What is between the comments that Windows puts around what was copied. */
function fragmentOf(html: string): string {
	const start = html.indexOf('<!--StartFragment');
	const end = html.lastIndexOf('<!--EndFragment');
	if (start === -1 || end < start) return html;
	return html.slice(html.indexOf('>', start) + 1, end);
}

/** Whether elements are nested too deep for libraries that recurse. */
function isTooDeep(root: DefaultTreeAdapterTypes.Node): boolean {
	let level: readonly DefaultTreeAdapterTypes.Node[] = [root];
	for (let depth = 0; level.length > 0; depth++) {
		if (depth > MAX_DEPTH) return true;
		level = level.flatMap(node => ('childNodes' in node ? node.childNodes : []));
	}
	return false;
}

/** The value of an attribute; `undefined` where there is none. */
export function attributeOf(element: ClipElement, name: string): string | undefined {
	for (const attribute of element.attrs) if (attribute.name === name) return attribute.value;
	return undefined;
}

/** The values of the properties in an element's own style, read once: children ask for those of what is around them. */
const styles = new WeakMap<ClipElement, ReadonlyMap<string, string>>();

/** The value of a property in an element's own style, in lower case. */
export function styleOf(element: ClipElement, property: string): string | undefined {
	const style = attributeOf(element, 'style');
	if (style === undefined || !style.includes(property)) return undefined;
	let values = styles.get(element);
	if (!values) {
		values = readStyle(style);
		styles.set(element, values);
	}
	return values.get(property);
}

function readStyle(style: string): ReadonlyMap<string, string> {
	const values = new Map<string, string>();
	for (const declaration of style.split(';')) {
		const colon = declaration.indexOf(':');
		const name = declaration.slice(0, colon).trim().toLowerCase();
		const value = declaration.slice(colon + 1).replace(/!\s*important/i, '');
		if (!values.has(name)) values.set(name, value.trim().toLowerCase());
	}
	return values;
}

/** Whether an element has one of some classes. */
export function hasClass(element: ClipElement, names: ReadonlySet<string>): boolean {
	return (attributeOf(element, 'class') ?? '').split(/\s+/).some(name => names.has(name));
}

export function isElementNode(node: ClipNode): node is ClipElement {
	return 'tagName' in node;
}

/** The elements around a node, the nearest first. */
export function* ancestorsOf(node: ClipNode): Generator<ClipElement> {
	for (let around = node.parentNode; around && 'tagName' in around; around = around.parentNode) yield around;
}

/** All elements in some nodes, in their order. */
export function elementsIn(nodes: readonly ClipNode[]): ClipElement[] {
	const found: ClipElement[] = [];
	const stack = nodes.toReversed();
	for (let node = stack.pop(); node; node = stack.pop()) {
		if (!isElementNode(node)) continue;
		found.push(node);
		for (let at = node.childNodes.length - 1; at >= 0; at--) {
			const child = node.childNodes[at];
			if (child) stack.push(child);
		}
	}
	return found;
}
