import type { RootContent } from 'mdast';
import { getLanguageService, type LanguageService } from 'vscode-html-languageservice';
import { type Hover, MarkupKind } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { hasEndTag, type Node } from '../../article/node.ts';
import { type Span, span } from '../../article/span.ts';
import { readWithoutPictures } from '../../markdown/read.ts';
import { toSpan } from '../position.ts';
import type { HoverSection } from './context.ts';

let made: LanguageService | undefined;

/** Returns the HTML language service, created on first use. */
function service(): LanguageService {
	made ??= getLanguageService({
		clientCapabilities: { textDocument: { hover: { contentFormat: [MarkupKind.Markdown] } } },
	});
	return made;
}

/** Returns the HTML reference for the tag, attribute or attribute value at an offset; `undefined` if there is none. */
export function htmlSection(text: string, node: Node, offset: number): HoverSection | undefined {
	if (node.nodeName.startsWith('#') || node.foreign) return undefined;
	// Pass one tag only: the parser of the service is recursive, and slow on long lines.
	if (offset < node.startTagEnd) return lookUp(text, '', span(node.start, node.startTagEnd), offset);
	if (!hasEndTag(node) || offset < node.endTagStart) return undefined;
	return lookUp(text, `<${node.nodeName}>`, span(node.endTagStart, node.end), offset);
}

/** Returns the HTML reference for a tag, attribute or attribute value; empty if there is none. */
export function referenceText({
	tag,
	attribute,
	value,
}: {
	readonly tag: string;
	readonly attribute?: string;
	readonly value?: string;
}): readonly RootContent[] {
	const before = attribute === undefined ? '<' : value === undefined ? `<${tag} ` : `<${tag} ${attribute}="`;
	const text = `${before}${value ?? attribute ?? tag}${value === undefined ? '' : '"'}>`;
	return lookUp(text, '', span(0, text.length), before.length)?.content ?? [];
}

function lookUp(text: string, before: string, tag: Span, offset: number): HoverSection | undefined {
	const document = TextDocument.create('article:tag', 'html', 0, before + text.slice(tag.start, tag.end));
	const html = service();
	const moved = tag.start - before.length;
	const hover = html.doHover(document, document.positionAt(offset - moved), html.parseHTMLDocument(document));
	const content = hover ? contentOf(hover) : [];
	if (!hover?.range || content.length === 0) return undefined;
	const { start, end } = toSpan({ lines: document }, hover.range);
	return { span: span(start + moved, end + moved), content };
}

/** Returns the content of a hover, without the icon in the line on browser support. */
function contentOf({ contents }: Hover): readonly RootContent[] {
	return readWithoutPictures(typeof contents === 'string' ? contents : 'value' in contents ? contents.value : '');
}
