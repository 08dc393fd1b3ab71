import type { Article } from '../../article/article.ts';
import { BLOCK_ELEMENTS } from '../../article/elements.ts';
import { attributeField, isElement, type Node, TEXT_NODE } from '../../article/node.ts';
import { type Span, span } from '../../article/span.ts';
import { type Moment, parseMoment } from '../../article/time.ts';
import { dayInUrl } from '../../util/urlDay.ts';

/** A date in an article other than its time comment. */
export interface ArticleDate extends Moment {
	readonly from: 'time element' | 'byline' | 'date line' | 'front matter' | 'source URL';
	readonly span: Span;
	/** Whether the date has no time of day. */
	readonly dayOnly: boolean;
}

/** How many nodes are searched for the first `time` element. One further down is not the publication time. */
const TIME_BEFORE = 400;

/** How many nodes, and how many characters of text, may precede the byline. */
const NODES_BEFORE = 80;
const TEXT_BEFORE = 200;

/** The maximum length of a byline, in characters. */
const MAX_BYLINE_CHARS = 60;

/** Returns the dates of an article, at most one from each origin, the most reliable first. */
export function findDates(article: Article): readonly ArticleDate[] {
	const { header } = article;
	const found = [
		findTimeElement(article),
		findByline(article),
		header.date && read(header.date.value, header.date.span, 'date line'),
	];
	const field = header.frontMatter?.fields.get('date');
	if (field) found.push(read(field.value, field.span, 'front matter'));
	return found.filter(date => date !== undefined);
}

/** Returns the date in the source URL, as in `/2021/12/16/` or `/20211216/`. */
export function findDateInSource({ source }: Article): ArticleDate | undefined {
	const found = source && dayInUrl(source.value);
	if (!source || !found) return undefined;
	const { start } = source.span;
	return read(found.day, span(start + found.start, start + found.end), 'source URL');
}

/** Formats a time for people, in UTC. */
export function showMoment(time: number): string {
	return `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function findTimeElement({ text, nodes }: Article): ArticleDate | undefined {
	for (let index = 0; index < nodes.length && index < TIME_BEFORE; index++) {
		const node = nodes[index] as Node;
		const field = isElement(node, 'time') ? attributeField(text, node, 'datetime') : undefined;
		if (field) return read(field.value, field.span, 'time element');
	}
	return undefined;
}

function findByline(article: Article): ArticleDate | undefined {
	const { nodes, byline, weights } = article;
	const { date } = byline;
	if (date && !isElement(nodes[date.node], 'time')) return read(date.label, date.span, 'byline');
	for (let index = 0; index < nodes.length && index < NODES_BEFORE; index++) {
		const node = nodes[index];
		if (node?.nodeType !== TEXT_NODE || isElement(nodes[node.parent], 'time')) continue;
		if (weights.textBetween(0, index) > TEXT_BEFORE) return undefined;
		const found = read(node.nodeValue, span(node.start, node.end), 'byline');
		if (found && isShortLine(article, index)) return found;
	}
	return undefined;
}

/** Whether a text node is in a block with little other text, and so not part of a sentence. */
function isShortLine({ nodes, weights }: Article, index: number): boolean {
	let at = nodes[index]?.parent ?? -1;
	while (at !== -1 && !BLOCK_ELEMENTS.has(nodes[at]?.nodeName ?? '')) at = nodes[at]?.parent ?? -1;
	return at === -1 || weights.text(at) <= MAX_BYLINE_CHARS;
}

function read(value: string, place: Span, from: ArticleDate['from']): ArticleDate | undefined {
	if (value.length > 64 || !/^\s*(?:\d|[a-z]{3},)/i.test(value)) return undefined;
	const moment = parseMoment(value);
	return moment && { ...moment, from, span: place, dayOnly: !/\d:\d/.test(value) };
}
