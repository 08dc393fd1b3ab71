import { lineAt, lineBreakOf, skipBlankLines } from '../article/lines.ts';
import type { List } from '../article/list.ts';
import { resolveEntry } from '../links/archiveRoot.ts';
import { encodePath } from '../links/relative.ts';
import { onOneLine } from '../util/text.ts';
import { normalUri, pathBelow } from '../util/uri.ts';
import type { Archive } from './archive.ts';
import { UTC_8 } from './namePattern.ts';

/** An article as an entry of a list. */
export interface Listed {
	readonly uri: string;
	readonly title: string;
	/** In milliseconds since the Unix epoch. */
	readonly published: number | undefined;
}

/** A text to insert at an offset. */
export interface Insertion {
	readonly offset: number;
	readonly text: string;
}

/** The parts of the line of an entry: the day at UTC+8, the title, and the path from the root of the archive. */
export function entryParts(
	{ uri, title, published }: Listed,
	root: string,
	encoded: boolean,
): { readonly date: string; readonly label: string; readonly path: string } {
	const day = published === undefined ? undefined : new Date(published + UTC_8);
	return {
		date: day && !Number.isNaN(day.getTime()) ? `${day.getUTCMonth() + 1}-${day.getUTCDate()} ` : '',
		label: onOneLine(title) || 'Untitled',
		path: encodePath(`/${pathBelow(root, uri) ?? ''}`, encoded),
	};
}

/** Whether the paths of a list are percent-encoded. */
export function encodesPaths(entries: List['entries']): boolean {
	const telling = entries.filter(({ url }) => /%[89a-f]|[^\0-\x7f]/i.test(url.value));
	return telling.filter(({ url }) => url.value.includes('%')).length * 2 > telling.length;
}

/** Inserts an article into a list, in the list's order and form; `undefined` if it is there already. */
export function insertEntry(
	list: string,
	{ text, title, entries }: List,
	archive: Archive,
	article: Listed,
): Insertion | undefined {
	const targets = entries.map(({ url }) => normalUri(resolveEntry(list, archive.root, url.value) ?? ''));
	if (targets.includes(normalUri(article.uri))) return undefined;
	// The last line often leads to the folder.
	const articles = entries.filter((_, at) => archive.entry(targets[at] ?? '')?.kind === 'article' || entries[at]?.date);
	const dated = articles.filter(({ date }) => date).length * 2 >= articles.length;
	const { date, label, path } = entryParts(article, archive.root, encodesPaths(entries));
	const line = `${dated ? date : ''}[${label}](${path})`;
	const eol = lineBreakOf(text);
	const [first, second] = articles;
	const gap = eol.repeat(first && second && lineAt(text, nextLine(text, first.span.end))?.text !== '' ? 1 : 2);
	const times = articles.map(
		({ url }) => archive.entry(normalUri(resolveEntry(list, archive.root, url.value) ?? ''))?.published,
	);
	const days = articles.map(entry => entry.date && dayOfYear(entry.date.value));
	const isEarlier = (time = 0): boolean => time <= (article.published ?? Number.POSITIVE_INFINITY);
	const rises = (risesBy(times) || risesBy(days)) > 0;
	const next = articles[rises ? times.findLastIndex(isEarlier) + 1 : times.findIndex(isEarlier)];
	if (next) return { offset: next.span.start, text: line + gap };
	const last = articles.at(-1);
	if (last) return { offset: last.span.end, text: gap + line };
	const above = title ? nextLine(text, nextLine(text, title.span.end)) : 0;
	const below = skipBlankLines(text, above);
	if (below) return { offset: below.start, text: line + gap };
	return { offset: text.length, text: `${text.endsWith('\n') ? '' : eol}${eol}${line}${eol}` };
}

/** The last line of a list, if it leads to the folder of its articles, for another folder; `undefined` if it does not. */
export function moreEntry(list: string, { entries }: List, archive: Archive, folder: string): string | undefined {
	const last = entries.at(-1);
	if (!last || last.date) return undefined;
	const target = normalUri(resolveEntry(list, archive.root, last.url.value) ?? '');
	if (entries.length < 2 || archive.entry(target) || !last.url.value.startsWith('/')) return undefined;
	const path = encodePath(`/${pathBelow(archive.root, folder) ?? ''}`, encodesPaths(entries));
	return `[${last.title.value}](${path})`;
}

/** How many more of some numbers are greater than the one before than are smaller. */
function risesBy(numbers: readonly (number | undefined)[]): number {
	const known = numbers.filter(number => number !== undefined);
	return known.reduce((sum, number, at) => sum + Math.sign(number - (known[at - 1] ?? number)), 0);
}

/** A number for a day such as `9-1`, which grows within a year. */
function dayOfYear(date: string): number {
	const [month = 0, day = 0] = date.split('-').map(Number);
	return month * 31 + day;
}

function nextLine(text: string, offset: number): number {
	return lineAt(text, offset)?.next ?? text.length;
}
