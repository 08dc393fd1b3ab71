import type { BlockContent } from 'mdast';
import { labelOf } from '../../article/label.ts';
import { ancestors, attributeValueSpan, getAttribute, isElement, type Node, TEXT_NODE } from '../../article/node.ts';
import { contains, type Field, type Span, span } from '../../article/span.ts';
import { pageKey } from '../../links/pageKey.ts';
import { readableAddress, readableHost, whyInvalid } from '../../links/readableUrl.ts';
import type { Resolution } from '../../links/resolve.ts';
import { code, type Inline, lines, link, phrase, strong } from '../../markdown/tree.ts';
import { clip } from '../../util/text.ts';
import { normalUri } from '../../util/uri.ts';
import type { HoverContext, HoverSection } from './context.ts';
import { addressLink } from './url.ts';
import { verdictLines } from './verdict.ts';

/** Maximum number of archived copies shown for one page. */
const MOST_COPIES = 3;

/** Descriptions of URL schemes other than HTTP and HTTPS. */
const SCHEMES: Readonly<Record<string, string>> = {
	'mailto:': 'E-mail address',
	'tel:': 'Phone number',
	'javascript:': 'Script, not a page',
	'data:': 'Data embedded in the URL',
	'file:': 'File on the computer where the page was written',
	'blob:': 'Temporary data of a page that is no longer open',
	'about:': 'Page built into the browser',
};

/** Describes the target of the link that contains a node. The span is the URL if `offset` is in it, otherwise the whole link. */
export function linkSection(context: HoverContext, index: number, offset: number): HoverSection | undefined {
	const { nodes, text } = context.article;
	const around = [index, ...ancestors(nodes, index)];
	const at = around.find(one => isElement(nodes[one], 'a') || isElement(nodes[one], 'area'));
	const node = at === undefined ? undefined : nodes[at];
	if (!node) return undefined;
	const href = getAttribute(node, 'href');
	// An element with an id or name but without `href` is a link target, not a link.
	if (href === undefined && (getAttribute(node, 'id') ?? getAttribute(node, 'name')) !== undefined) return undefined;
	const value = attributeValueSpan(text, node, 'href');
	// An element that the parser reconstructed after a mis-nested end tag has no source location.
	const whole = node.implied ? nodes[index] : node;
	const place = value && contains(value, offset) ? value : span(whole?.start ?? offset, whole?.end ?? offset);
	return { span: place, content: describeTarget(context, href) };
}

/** Describes a URL in the header. */
export function addressSection(context: HoverContext, { value, span: at }: Field): HoverSection {
	return { span: at, content: describeTarget(context, value) };
}

/** Describes the title line: title and source. */
export function titleSection(context: HoverContext, title: Field | undefined, at: Span): HoverSection {
	const { source } = context.article;
	return {
		span: at,
		content: [
			...lines(title?.value.trim() ? strong(clip(title.value)) : 'No title'),
			...(source ? describeTarget(context, source.value) : lines('No source address')),
		],
	};
}

/** Describes the target of an attribute value. */
function describeTarget(context: HoverContext, value: string | undefined): BlockContent[] {
	if (value === undefined) return lines(strong('No target'), phrase('The link has no', code('href')));
	const resolution = context.resolve(value);
	switch (resolution.kind) {
		case 'url':
			return describeUrl(context, value, resolution);
		case 'fragment':
			return describeFragment(context, resolution.id);
		case 'empty':
			return lines(strong('No target'), 'The URL is empty');
		case 'baseless':
			return lines(
				strong('No target'),
				phrase(code(clip(resolution.value)), 'is relative, but the article has no valid source to resolve it against'),
			);
		case 'invalid':
			return lines(
				strong('Invalid URL'),
				code(clip(resolution.value)),
				clip(`Because ${whyInvalid(resolution.value)}`),
			);
	}
}

function describeUrl(
	context: HoverContext,
	value: string,
	{ url, origin, relative }: Resolution & { kind: 'url' },
): BlockContent[] {
	const host = readableHost(url.hostname);
	const isWeb = url.protocol === 'http:' || url.protocol === 'https:';
	const kind = isWeb ? host : (SCHEMES[url.protocol] ?? `Unknown scheme ${url.protocol}`);
	const source = context.article.source?.value ?? '';
	return lines(
		strong(clip(kind)),
		addressLink(url),
		isWeb && host !== url.hostname && phrase('Host in ASCII:', code(url.hostname)),
		origin && phrase('Proxy for', addressLink(origin)),
		relative && phrase('Relative:', code(clip(value.trim())), 'resolved against the source', code(clip(source))),
		...verdictLines(context, url, 'link'),
		...copyLines(context, origin ?? url),
	);
}

/** Links to the archived copies of a page, except the document itself. */
function copyLines({ archive, uri }: HoverContext, url: URL): readonly Inline[] {
	const key = pageKey(url);
	if (!archive || key === undefined) return [];
	const copies = archive.copiesOf(key).filter(copy => copy !== normalUri(uri));
	return copies.slice(0, MOST_COPIES).map(copy => {
		const title = archive.entry(copy)?.title?.value.trim() || readableAddress(new URL(copy));
		return phrase('Archived copy:', link(clip(title, 200), copy));
	});
}

function describeFragment({ article }: HoverContext, id: string): BlockContent[] {
	const index = article.ids.get(id)?.[0];
	if (index === undefined) {
		// WHATWG HTML, "indicated part of the document": without a matching element, these two point to the top.
		if (id === '' || id.toLowerCase() === 'top') return lines(strong('Top of this article'));
		return lines(strong('No target'), phrase('No element in this article has the id', code(clip(id))));
	}
	const label = clip(labelOf(article.nodes, index) || textAfter(article.nodes, index), 200);
	return lines(strong('In this article'), label);
}

/** Returns the first non-blank text after a node, as a label for an empty anchor. */
function textAfter(nodes: readonly Node[], index: number): string {
	for (let at = index + 1; at < nodes.length; at++) {
		const node = nodes[at];
		if (node?.nodeType === TEXT_NODE && node.nodeValue.trim()) return node.nodeValue;
	}
	return '';
}
