import type { Article } from '../../../server/src/article/article.ts';
import { getAttribute, isElement, type Node } from '../../../server/src/article/node.ts';
import { type Span, span } from '../../../server/src/article/span.ts';
import { digestOf, faultsOf, type Label, type LabelledFigure, type LabelledFurniture } from './labels.ts';

/**
 * A part of the body: a node's number; `"12-40"` for all from the start of one node to the end of another; `"12|words"`
 * for words in a node, where `…` stands for any text between two quotes; `"|words"` for words anywhere in the body.
 */
type Part = number | string;

/** What a person writes about an article, with the numbers of nodes that `--show` prints. */
export interface Spec {
	readonly furniture?: readonly (readonly [Part, LabelledFurniture['kind']])[];
	readonly either?: readonly Part[];
	readonly headings?: readonly Part[];
	readonly figures?: readonly {
		readonly image: number;
		readonly caption?: Part | readonly Part[];
		readonly credit?: Part | readonly Part[];
		/** Needed if the image's URL is not simply the picture's. */
		readonly host?: string;
	}[];
	readonly byline: readonly Part[] | null;
	readonly day: string | null;
}

/** Turns a spec into the label of an article. Throws if it is wrong. */
export function labelFrom(article: Article, spec: Spec): Label {
	const list = (parts: Part | readonly Part[]): readonly Part[] => (typeof parts === 'object' ? parts : [parts]);
	const texts = (parts: Part | readonly Part[]): readonly Span[] =>
		inOrder(list(parts).map(part => textSpan(article, part)));
	const label: Label = {
		sha256: digestOf(article.text),
		furniture: inOrder((spec.furniture ?? []).map(([part, kind]) => ({ ...markupSpan(article, part), kind }))),
		either: inOrder((spec.either ?? []).map(part => markupSpan(article, part))),
		headings: texts(spec.headings ?? []),
		figures: (spec.figures ?? [])
			.map(({ image, caption, credit, host }): LabelledFigure => {
				const node = article.nodes[image];
				if (!node || !/^(?:img|source|video|iframe|svg|object|embed|amp-img|image)$/.test(node.nodeName))
					throw new Error(`${image} is no image`);
				return {
					image: span(node.start, node.end),
					...(caption === undefined ? {} : { caption: texts(caption) }),
					...(credit === undefined ? {} : { credit: texts(credit) }),
					host: host ?? hostOf(article, node, image),
				};
			})
			.sort((one, other) => one.image.start - other.image.start),
		byline: spec.byline && texts(spec.byline),
		day: spec.day,
	};
	const faults = faultsOf(label, article.text);
	if (faults.length > 0) throw new Error(faults.join('\n'));
	return label;
}

function inOrder<T extends Span>(spans: readonly T[]): readonly T[] {
	return [...spans].sort((one, other) => one.start - other.start);
}

/** Returns the span of the markup of a part. */
function markupSpan(article: Article, part: Part): Span {
	if (typeof part === 'string' && part.includes('|')) return textSpan(article, part);
	const [first, last] = nodesOf(article, part);
	return span(first.start, last.end);
}

function nodesOf({ nodes }: Article, part: Part): readonly [Node, Node] {
	const [from, to = from] = String(part).split('-').map(Number);
	const [first, last] = [nodes[from ?? -1], nodes[to ?? -1]];
	if (!first || !last) throw new Error(`${part} is not the number of a node`);
	return [first, last];
}

/** Returns the span from the first to the last visible character of a part, which may contain markup. */
function textSpan(article: Article, part: Part): Span {
	const { content, body } = article;
	const bar = String(part).indexOf('|');
	const place = bar === -1 ? part : String(part).slice(0, bar);
	const [first, last] = place === '' ? [body.span, body.span] : nodesOf(article, place);
	const [from, to] = [content.toContent(first.start), content.toContent(last.end)];
	const inside = content.value.slice(from, to);
	const found = bar === -1 ? trimmed(inside) : quoted(inside, String(part).slice(bar + 1));
	if (!found || found.start >= found.end) throw new Error(`${part}: there is no such text`);
	const spans = content.toSpans(span(from + found.start, from + found.end));
	return span(Math.min(...spans.map(one => one.start)), Math.max(...spans.map(one => one.end)));
}

function trimmed(text: string): Span {
	const start = text.length - text.trimStart().length;
	return span(start, text.trimEnd().length);
}

/** Finds a quote, in which `…` stands for any text and white space for any white space. */
function quoted(text: string, quote: string): Span | undefined {
	const [begin = '', ...rest] = quote.split('…').map(pattern);
	const match = new RegExp(begin).exec(text);
	if (!match) return undefined;
	let end = match.index + match[0].length;
	for (const next of rest) {
		const found = new RegExp(next).exec(text.slice(end));
		if (!found) return undefined;
		end += found.index + found[0].length;
	}
	return span(match.index, end);
}

function pattern(words: string): string {
	return words
		.trim()
		.split(/\s+/)
		.map(word => word.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'))
		.join('\\s+');
}

/** Returns the host of an image's URL. Throws if it may not be that of the picture. */
function hostOf({ source }: Article, node: Node, number: number): string {
	const urls = node.attributes
		.filter(({ name, value }) => /^(?:src|data-(?:src|original|lazy-src|orig-file))$/.test(name) && value !== '')
		.map(({ value }) => URL.parse(value.trim(), source?.value));
	const hosts = new Set(urls.map(url => (url?.protocol === 'data:' ? 'data:' : (url?.hostname ?? ''))));
	const [host = ''] = hosts;
	const isProxied = urls.some(url =>
		/https?(?::|%3a)|(?:[/=]|%2f)(?:[a-z\d-]+\.)+(?:com?|org|net|cn|hk|tw|io|st|info|uk|me)(?:[/:%]|$)/i.test(
			(url?.href ?? '').replace(/^https?:\/\/[^/]*/, ''),
		),
	);
	if (
		hosts.size !== 1 ||
		host === '' ||
		isProxied ||
		isElement(node, 'source') ||
		getAttribute(node, 'src') === undefined
	)
		throw new Error(`${number}: say the host of this image: ${[...urls].map(url => url?.href).join(' ')}`);
	return host;
}
