import type {
	BlockContent,
	Delete,
	Emphasis,
	Heading,
	Image,
	InlineCode,
	Link,
	PhrasingContent,
	RootContent,
	Strong,
	Text,
} from 'mdast';

declare module 'mdast' {
	interface ImageData {
		/** In CSS pixels. */
		width?: number;
	}
}

/** The content of a line: plain text, nodes, or nothing. */
export type Inline = string | PhrasingContent | readonly PhrasingContent[] | false | undefined;

/** The protocols of links that can be opened wherever Markdown is shown. */
const WEB: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:']);

/** Creates a text on one line. Non-breaking spaces, and the spaces of other scripts, are kept. */
export function text(value: string): Text {
	return { type: 'text', value: oneLine(value) };
}

export function strong(value: string): Strong | Text {
	return wrap('strong', value);
}

export function emphasis(value: string): Emphasis | Text {
	return wrap('emphasis', value);
}

export function deleted(value: string): Delete | Text {
	return wrap('delete', value);
}

function wrap<T extends 'strong' | 'emphasis' | 'delete'>(
	type: T,
	value: string,
): { type: T; children: [Text] } | Text {
	const inner = text(value);
	return inner.value === '' ? inner : { type, children: [inner] };
}

/** Creates inline code. */
export function code(value: string): InlineCode | Text {
	const shown = oneLine(value);
	return shown === '' ? text('') : { type: 'inlineCode', value: shown };
}

/** Creates a link to an absolute URL, which is also the label if there is no other. */
export function link(label: string, address: string): Link {
	const shown = text(label);
	return { type: 'link', url: address, children: [shown.value === '' ? text(address) : shown] };
}

/**
 * Creates an image with an absolute URL.
 *
 * @param width in CSS pixels, supported only by VS Code; the image's own width if `undefined`
 */
export function picture(alt: string, address: string, width: number | undefined): Image {
	return { type: 'image', url: address, alt: oneLine(alt), ...(width === undefined ? {} : { data: { width } }) };
}

/** Joins parts with spaces, omitting empty ones. */
export function phrase(...parts: readonly Inline[]): PhrasingContent[] {
	return join(parts, ' ');
}

/** Joins parts with middle dots, omitting empty ones. */
export function dotted(...parts: readonly Inline[]): PhrasingContent[] {
	return join(parts, ' · ');
}

/** Makes each part a paragraph, omitting empty ones. */
export function lines(...parts: readonly Inline[]): BlockContent[] {
	return parts.map(nodesOf).flatMap(children => (children.length > 0 ? [{ type: 'paragraph', children }] : []));
}

export function heading(depth: Heading['depth'], ...parts: readonly Inline[]): Heading {
	return { type: 'heading', depth, children: phrase(...parts) };
}

/** Joins sections with thematic breaks, omitting empty ones. */
export function sections(parts: readonly (readonly RootContent[])[]): RootContent[] {
	return parts
		.filter(({ length }) => length > 0)
		.flatMap((blocks, index) => (index > 0 ? [{ type: 'thematicBreak' }, ...blocks] : blocks));
}

function join(parts: readonly Inline[], between: string): PhrasingContent[] {
	const joined: PhrasingContent[] = [];
	for (const nodes of parts.map(nodesOf)) {
		if (nodes.length === 0) continue;
		if (joined.length > 0) joined.push({ type: 'text', value: between });
		for (const node of nodes) joined.push(node);
	}
	return joined;
}

function nodesOf(part: Inline): PhrasingContent[] {
	if (part === undefined || part === false) return [];
	const nodes = typeof part === 'string' ? [text(part)] : 'type' in part ? [part] : part;
	return nodes.filter(node => node.type !== 'text' || node.value !== '');
}

function oneLine(value: string): string {
	return value.replace(/[\t-\r \u0085\u2028\u2029]+/g, ' ').replace(/^ | $/g, '');
}

/** Returns the serialised URL of a link to a web page or email address; `undefined` for any other. */
export function webAddress(address: string): string | undefined {
	const url = URL.canParse(address) ? new URL(address) : undefined;
	return url && WEB.has(url.protocol) ? url.href : undefined;
}
