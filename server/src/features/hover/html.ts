import { getLanguageService, type LanguageService } from 'vscode-html-languageservice';
import type { Hover, MarkupKind } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { hasEndTag, type Node } from '../../article/node.ts';
import { type Span, span } from '../../article/span.ts';
import { toSpan } from '../position.ts';
import type { HoverSection } from './context.ts';

const services = new Map<MarkupKind, LanguageService>();

/** The HTML service, made when it is first asked for. */
function serviceFor(kind: MarkupKind): LanguageService {
	let service = services.get(kind);
	if (!service) {
		service = getLanguageService({ clientCapabilities: { textDocument: { hover: { contentFormat: [kind] } } } });
		services.set(kind, service);
	}
	return service;
}

/** The reference text on the tag name, attribute name or attribute value at an offset; `undefined` where there is none. */
export function htmlSection(text: string, node: Node, offset: number, kind: MarkupKind): HoverSection | undefined {
	if (node.nodeName.startsWith('#') || node.foreign) return undefined;
	// The service sees one tag and nothing else: its parser is recursive, and takes its time on a long line.
	if (offset < node.startTagEnd) return lookUp(text, '', span(node.start, node.startTagEnd), offset, kind);
	if (!hasEndTag(node) || offset < node.endTagStart) return undefined;
	return lookUp(text, `<${node.nodeName}>`, span(node.endTagStart, node.end), offset, kind);
}

/** The reference text on a tag, on one of its attributes, or on a value of that; `undefined` where there is none. */
export function referenceText(
	{ tag, attribute, value }: { readonly tag: string; readonly attribute?: string; readonly value?: string },
	kind: MarkupKind,
): string | undefined {
	const before = attribute === undefined ? '<' : value === undefined ? `<${tag} ` : `<${tag} ${attribute}="`;
	const text = `${before}${value ?? attribute ?? tag}${value === undefined ? '' : '"'}>`;
	return lookUp(text, '', span(0, text.length), before.length, kind)?.content;
}

function lookUp(text: string, before: string, tag: Span, offset: number, kind: MarkupKind): HoverSection | undefined {
	const document = TextDocument.create('article:tag', 'html', 0, before + text.slice(tag.start, tag.end));
	const service = serviceFor(kind);
	const moved = tag.start - before.length;
	const hover = service.doHover(document, document.positionAt(offset - moved), service.parseHTMLDocument(document));
	const content = hover && textOf(hover);
	if (!hover?.range || !content) return undefined;
	const { start, end } = toSpan(document, hover.range);
	return { span: span(start + moved, end + moved), content };
}

/** What a hover says, without the icon that the service puts before the line on browser support. */
function textOf({ contents }: Hover): string {
	const text = typeof contents === 'string' ? contents : 'value' in contents ? contents.value : '';
	return text.replace(/!\[Baseline icon\]\(data:[^)]*\)\s*/g, '').trim();
}
