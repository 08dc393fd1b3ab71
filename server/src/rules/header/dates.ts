import type { Article } from '../../article/article.ts';
import type { BylineDate } from '../../article/byline.ts';
import { attributeField, type Node, TEXT_NODE } from '../../article/node.ts';
import { type Span, span, trimmedSpan } from '../../article/span.ts';
import { type Moment, parseMoment } from '../../article/time.ts';
import { dayInUrl } from '../../util/urlDay.ts';

/** A date in an article other than its time comment. */
export interface ArticleDate extends Moment {
	readonly from: BylineDate['from'] | 'date line' | 'front matter' | 'source URL';
	readonly span: Span;
}

/** Returns the dates of an article, at most one from each origin, the most reliable first. */
export function findDates(article: Article): readonly ArticleDate[] {
	const { header, byline } = article;
	const found = [
		byline.date && inBody(article, byline.date),
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

function inBody(article: Article, date: BylineDate): ArticleDate | undefined {
	const { time, zoned, dayOnly, from } = date;
	return time === undefined ? undefined : { time, zoned, dayOnly, from, span: placeOf(article, date) };
}

/** Returns the span of the attribute or the text that gives a date. */
function placeOf({ text, nodes }: Article, { node: index, attribute, label, span: whole }: BylineDate): Span {
	const node = nodes[index] as Node;
	if (attribute !== undefined) return attributeField(text, node, attribute)?.span ?? whole;
	for (let at = index; at <= node.last; at++) {
		const inner = nodes[at] as Node;
		if (inner.nodeType !== TEXT_NODE || !inner.nodeValue.includes(label)) continue;
		// A character reference in the text is longer than what it stands for.
		const start = text.indexOf(label, inner.start);
		return start !== -1 && start < inner.end ? span(start, start + label.length) : trimmedSpan(text, inner);
	}
	return whole;
}

function read(value: string, place: Span, from: ArticleDate['from']): ArticleDate | undefined {
	const moment = parseMoment(value);
	return moment && { ...moment, from, span: place };
}
