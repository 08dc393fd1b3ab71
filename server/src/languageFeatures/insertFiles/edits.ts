import type { Archive } from '../../archive/archive.ts';
import { insertEntry, type Listed } from '../../archive/listEntry.ts';
import type { Article } from '../../article/article.ts';
import type { List } from '../../article/list.ts';
import { type Span, span } from '../../article/span.ts';
import { encodeAttribute } from '../../util/html.ts';
import { openElement, placeAt } from '../completion/place.ts';
import { literal } from '../completion/suggestion.ts';
import type { InsertedFile } from './insertedFile.ts';
import { figureSnippet, linkSnippet } from './markup.ts';
import { blockSpot, isBetweenBlocks, type Spot } from './spot.ts';

/** Attributes that hold one URL. */
const ADDRESSES: ReadonlySet<string> = new Set(['href', 'src', 'poster', 'data', 'cite']);

/** A snippet that replaces a span. */
export interface SnippetEdit {
	readonly span: Span;
	readonly snippet: string;
}

/** The edits that place files in a text, in the order of the text, with a label for a menu. */
export interface PlacedFiles {
	readonly title: string;
	readonly edits: readonly SnippetEdit[];
}

/** The value of an attribute with a URL that the only selection is in. */
export interface AddressValue {
	readonly span: Span;
	readonly quote: '"' | "'" | '';
}

/** Returns the value at the only selection; `undefined` if there is none, or it does not end. */
export function valueAt(article: Article, spans: readonly Span[]): AddressValue | undefined {
	const [{ start, end } = span(0, 0), ...others] = spans;
	if (others.length > 0 || start < article.body.span.start) return undefined;
	const place = placeAt(article, start);
	if (place?.kind !== 'attributeValue' || !ADDRESSES.has(place.attribute) || place.isOpen) return undefined;
	return end <= place.value.end ? { span: place.value, quote: place.quote } : undefined;
}

/** Inserts the URL of a file. */
export function inValue(
	{ span, quote }: AddressValue,
	[first, ...others]: readonly InsertedFile[],
): PlacedFiles | undefined {
	if (!first || others.length > 0) return undefined;
	const encoded = encodeAttribute(first.address, quote || '"');
	return { title: 'Insert URL', edits: [{ span, snippet: `${literal(quote === '' ? `"${encoded}"` : encoded)}$0` }] };
}

/** Inserts figures and links into the text. */
export function inBody(
	article: Article,
	spans: readonly Span[],
	files: readonly InsertedFile[],
): PlacedFiles | undefined {
	if (files.length === 0) return undefined;
	const figures = files.filter(({ kind }) => kind === 'figure').length;
	const links = files.length - figures;
	const nouns = [figures > 1 ? 'Figures' : figures > 0 ? 'Figure' : '', links > 1 ? 'Links' : links > 0 ? 'Link' : ''];
	const title = `Insert ${nouns.filter(noun => noun !== '').join(' and ')}`;
	const isRunning = figures === 0 && spans.some(one => !isBetweenBlocks(article, one));
	if (isRunning && spans.some(one => isInLink(article, one))) return undefined;
	const edits = new Map<string, SnippetEdit>();
	let stop = 1;
	for (const one of spans) {
		const made = isRunning ? [running(article, one, files, stop)] : blocks(blockSpot(article, one), files, stop);
		// Several cursors in one paragraph have one place for figures.
		if (made.every(({ span: { start, end } }) => edits.has(`${start} ${end}`))) continue;
		for (const edit of made) edits.set(`${edit.span.start} ${edit.span.end}`, edit);
		stop += files.length;
	}
	return { title, edits: [...edits.values()].sort((a, b) => a.span.start - b.span.start) };
}

/** Links in running text; the only one around the selected words. */
function running({ text }: Article, at: Span, files: readonly InsertedFile[], stop: number): SnippetEdit {
	const selected = text.slice(at.start, at.end);
	const words = files.length === 1 && selected.trim() !== '' && !/[<>\r\n]/.test(selected) ? selected : undefined;
	return { span: at, snippet: `${files.map((file, index) => linkSnippet(file, stop + index, words)).join(' ')}$0` };
}

/** Figures, and links in paragraphs of their own. */
function blocks(
	{ span, before, after, between, removed, selected }: Spot,
	files: readonly InsertedFile[],
	stop: number,
): SnippetEdit[] {
	const words = files.length === 1 ? selected : undefined;
	const written = files.map((file, index) =>
		file.kind === 'figure'
			? figureSnippet(file, stop + index, words)
			: `<p>${linkSnippet(file, stop + index, words)}</p>`,
	);
	const snippet = `${literal(before)}${written.join(literal(between))}$0${literal(after)}`;
	return [{ span, snippet }, ...(removed ? [{ span: removed, snippet: '' }] : [])];
}

/** Inserts articles into a list, the last one of a day first. `listed` are the titles of those that it has already. */
export function entries(
	uri: string,
	list: List,
	archive: Archive,
	articles: readonly Listed[],
): { readonly edits: readonly SnippetEdit[]; readonly listed: readonly string[] } {
	const texts = new Map<number, string>();
	const listed: string[] = [];
	for (const article of articles.toSorted((a, b) => (b.published ?? 0) - (a.published ?? 0))) {
		const entry = insertEntry(uri, list, archive, article);
		if (entry) texts.set(entry.offset, (texts.get(entry.offset) ?? '') + entry.text);
		else listed.push(article.title);
	}
	const edits = [...texts].map(([offset, text]) => ({ span: span(offset, offset), snippet: `${literal(text)}$0` }));
	return { edits, listed };
}

/** Whether a selection is in a link, which must not contain another. */
function isInLink({ nodes }: Article, { start }: Span): boolean {
	for (let node = openElement(nodes, start); node; node = nodes[node.parent]) if (node.nodeName === 'a') return true;
	return false;
}
