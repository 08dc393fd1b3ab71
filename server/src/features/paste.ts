import type { RootContent } from 'hast';
import { fromParse5 } from 'hast-util-from-parse5';
import { type Schema, sanitize } from 'hast-util-sanitize';
import { type Options, toHtml } from 'hast-util-to-html';
import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';
import type { Range } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { ArchiveDocument, Article } from '../article/article.ts';
import { encodeAttribute } from './completion/address.ts';
import { openElement, placeAt } from './completion/place.ts';
import { toSpan } from './position.ts';

/** What a clipboard holds. */
export interface Clipboard {
	/** `text/html`. */
	readonly html?: string;
	/** `text/plain`. */
	readonly text?: string;
}

/** A way to paste: instead of the plain text. */
export interface Paste {
	readonly kind: 'html' | 'link';
	/** For a menu. */
	readonly title: string;
	/** What to put in the place of the selection. */
	readonly text: string;
}

/** What an article keeps of the markup of a page. */
const SCHEMA: Schema = {
	tagNames:
		'a abbr address b blockquote br caption cite code dd del dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s small strong sub sup table tbody td tfoot th thead time tr u ul'.split(
			' ',
		),
	attributes: {
		a: ['href', 'title'],
		img: ['src', 'alt', 'title', 'width', 'height'],
		ol: ['start'],
		td: ['colSpan', 'rowSpan'],
		th: ['colSpan', 'rowSpan'],
		time: ['dateTime'],
		blockquote: ['cite'],
	},
	protocols: { href: ['http', 'https', 'mailto'], src: ['http', 'https'], cite: ['http', 'https'] },
	ancestors: {},
	strip: [
		'script',
		'style',
		'title',
		'head',
		'template',
		'noscript',
		'iframe',
		'object',
		'svg',
		'math',
		'button',
		'select',
		'textarea',
	],
};

/** Elements that begin a line of their own. */
const BLOCKS: ReadonlySet<string> = new Set(
	'address blockquote dl figure h1 h2 h3 h4 h5 h6 hr ol p pre table ul'.split(' '),
);

/** Elements of pages that only group others. */
const CONTAINERS: ReadonlySet<string> = new Set('article aside center div footer header main nav section'.split(' '));

/** Elements that mean something without content. */
const EMPTY: ReadonlySet<string> = new Set(['br', 'hr', 'img', 'td', 'th']);

/** Only characters that mean something in markup are encoded. */
const OUTPUT: Options = {
	allowDangerousCharacters: true,
	allowParseErrors: true,
	characterReferences: { useNamedReferences: true },
};

/** Elements that hold text and no paragraphs. */
const TEXT_HOLDERS: ReadonlySet<string> = new Set(
	'p h1 h2 h3 h4 h5 h6 a b strong em i span small cite figcaption caption mark ins del time q li td th dd dt'.split(
		' ',
	),
);

/** Markup that is nested deeper is no fragment of a page; the libraries would run out of stack on it. */
const DEEPEST = 400;

/** The most of a clipboard that is looked at, in UTF-16 units. */
const LONGEST = 5_000_000;

/** The ways to paste into a document beside plain text; none inside a tag, a comment or the header. */
export function pastes(document: TextDocument, parsed: ArchiveDocument, range: Range, clipboard: Clipboard): Paste[] {
	const { start, end } = toSpan(document, range);
	if (parsed.kind === 'list' || start < parsed.body.span.start) return [];
	if (placeAt(parsed, start)?.kind !== 'text' || placeAt(parsed, end)?.kind !== 'text') return [];
	const offers: Paste[] = [];
	const link = linkTo(clipboard.text ?? '', parsed.text.slice(start, end));
	if (link !== undefined) offers.push({ kind: 'link', title: 'Insert Link', text: link });
	const html = clipboard.html === undefined ? undefined : articleHtml(clipboard.html, parsed, start);
	if (html) offers.push({ kind: 'html', title: 'Insert Article HTML', text: html });
	return offers;
}

/** The selected text as a link; `undefined` where the clipboard is no address or the selection no plain text. */
function linkTo(clipboard: string, selected: string): string | undefined {
	const address = clipboard.trim();
	if (!/^(?:https?:\/\/|mailto:)[^\s<>]+$/i.test(address) || !URL.canParse(address)) return undefined;
	// An address that replaces another is meant as text.
	if (selected.trim() === '' || /[<>\r\n]/.test(selected) || URL.canParse(selected.trim())) return undefined;
	return `<a href="${encodeAttribute(address)}">${selected}</a>`;
}

/**
 * The markup of a page as an article writes it: text, headings, links, pictures, lists, tables and emphasis, without
 * styles, classes, scripts and handlers; on one line in an article whose body is on one. `undefined` where nothing is left.
 */
function articleHtml(html: string, article: Article, offset: number): string | undefined {
	if (html.length > LONGEST) return undefined;
	const parsed = parseFragment(html, { scriptingEnabled: false });
	if (isTooDeep(parsed)) return undefined;
	const fragment = fromParse5(parsed);
	if (fragment.type !== 'root') return undefined;
	const clean = sanitize({ ...fragment, children: prepare(fragment.children, false) }, SCHEMA);
	const nodes = tidy(clean.type === 'root' ? clean.children : [clean as RootContent], false);
	const [first, ...others] = nodes;
	if (!first) return undefined;
	const around = openElement(article.nodes, offset);
	const isLone = first.type === 'element' && first.tagName === 'p' && others.length === 0;
	const kept = isLone && around && TEXT_HOLDERS.has(around.nodeName) ? first.children : nodes;
	const isOneLine = !/[\r\n]/.test(article.text.slice(article.body.span.start).trim());
	let text = '';
	for (const [index, node] of kept.entries()) {
		const previous = kept[index - 1];
		if (previous && !isOneLine && (isBlock(previous) || isBlock(node))) text += '\n';
		const written = toHtml(node, OUTPUT);
		// Only what is in `pre` has line breaks left, which an article on one line would lose.
		text += isOneLine ? written.replaceAll('\n', '&#10;') : written;
	}
	return text.trim() || undefined;
}

/** Whether elements are nested too deep for libraries that recurse. */
function isTooDeep(root: DefaultTreeAdapterTypes.Node): boolean {
	let level: readonly DefaultTreeAdapterTypes.Node[] = [root];
	for (let depth = 0; level.length > 0; depth++) {
		if (depth > DEEPEST) return true;
		level = level.flatMap(node => ('childNodes' in node ? node.childNodes : []));
	}
	return false;
}

/** Makes paragraphs of what pages write as `div`, and plain text of what is bold only by name (Google Docs). */
function prepare<T extends RootContent>(nodes: readonly T[], inText: boolean): T[] {
	return nodes.map(node => {
		if (node.type !== 'element') return node;
		const { tagName, properties } = node;
		const children = prepare(node.children, inText || TEXT_HOLDERS.has(tagName));
		const isPlain =
			(tagName === 'b' || tagName === 'strong') && /font-weight:\s*(?:normal|400)/.test(String(properties.style));
		const isParagraph = CONTAINERS.has(tagName) && !inText && !children.some(isBlock) && children.some(hasContent);
		return { ...node, tagName: isPlain ? 'span' : isParagraph ? 'p' : tagName, children };
	});
}

/** Joins runs of white space, and leaves out what is empty and the white space around blocks. */
function tidy<T extends RootContent>(nodes: readonly T[], isPreformatted: boolean): T[] {
	const tidied = nodes.map(node => {
		if (node.type === 'text')
			return isPreformatted ? node : { ...node, value: node.value.replace(/[ \t\r\n\f]+/g, ' ') };
		if (node.type !== 'element') return node;
		return { ...node, children: tidy(node.children, isPreformatted || node.tagName === 'pre') };
	});
	if (isPreformatted) return tidied;
	const kept = tidied.filter(node => node.type === 'text' || hasContent(node));
	return kept.filter((node, index) => {
		if (node.type !== 'text' || node.value.trim() !== '') return true;
		const [before, after] = [kept[index - 1], kept[index + 1]];
		return before !== undefined && after !== undefined && !isBlock(before) && !isBlock(after);
	});
}

/** Whether a node shows something. */
function hasContent(node: RootContent): boolean {
	if (node.type === 'text') return node.value.trim() !== '';
	return (
		node.type === 'element' &&
		(EMPTY.has(node.tagName) ||
			node.children.some(child => (child.type === 'text' ? child.value !== '' : hasContent(child))))
	);
}

function isBlock(node: RootContent): boolean {
	return node.type === 'element' && BLOCKS.has(node.tagName);
}
