import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';

export type ClipNode = DefaultTreeAdapterTypes.ChildNode;
export type ClipElement = DefaultTreeAdapterTypes.Element;

/** The parsed `text/html` content of a clipboard. */
export interface Clip {
	readonly nodes: readonly ClipNode[];
	/** The base URL, if declared. */
	readonly base: URL | undefined;
	/** Whether Word wrote it. Word sets a language on every piece of text, which is ignored. */
	readonly isWord: boolean;
}

/** Maximum depth of nested elements; the libraries recurse, and would overflow the stack. */
const MAX_DEPTH = 400;

/** Maximum length of the clipboard content, in UTF-16 code units. */
const MAX_CLIP_CHARS = 5_000_000;

/** Parses the content of a clipboard; `undefined` if it exceeds the limits. */
export function readClip(html: string): Clip | undefined {
	if (html.length > MAX_CLIP_CHARS) return undefined;
	// The header of the Windows clipboard format, which some programs do not remove.
	const heading = /^\s*Version:[\d.]+\s[^<]*/.exec(html)?.[0] ?? '';
	const markup = fragmentOf(html.slice(heading.length));
	// Table parts need a table: otherwise a row loses its cells, and text next to them moves out of it.
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

/** Returns the content between the fragment comments of the Windows clipboard format. */
function fragmentOf(html: string): string {
	const start = html.indexOf('<!--StartFragment');
	const end = html.lastIndexOf('<!--EndFragment');
	if (start === -1 || end < start) return html;
	return html.slice(html.indexOf('>', start) + 1, end);
}

/** Whether elements are nested too deeply for recursive libraries. */
function isTooDeep(root: DefaultTreeAdapterTypes.Node): boolean {
	let level: readonly DefaultTreeAdapterTypes.Node[] = [root];
	for (let depth = 0; level.length > 0; depth++) {
		if (depth > MAX_DEPTH) return true;
		level = level.flatMap(node => ('childNodes' in node ? node.childNodes : []));
	}
	return false;
}

/** Returns the value of an attribute; `undefined` if it is missing. */
export function attributeOf(element: ClipElement, name: string): string | undefined {
	for (const attribute of element.attrs) if (attribute.name === name) return attribute.value;
	return undefined;
}

/** Cache of parsed `style` attributes, which descendants look up repeatedly. */
const styles = new WeakMap<ClipElement, ReadonlyMap<string, string>>();

/** Returns the value of a CSS property in an element's `style` attribute, in lower case. */
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

/** Whether an element has any of the given classes. */
export function hasClass(element: ClipElement, names: ReadonlySet<string>): boolean {
	return (attributeOf(element, 'class') ?? '').split(/\s+/).some(name => names.has(name));
}

export function isElementNode(node: ClipNode): node is ClipElement {
	return 'tagName' in node;
}

/** Yields the ancestors of a node, closest first. */
export function* ancestorsOf(node: ClipNode): Generator<ClipElement> {
	for (let around = node.parentNode; around && 'tagName' in around; around = around.parentNode) yield around;
}

/** Returns all elements in a list of nodes, in document order. */
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
