import type { Article } from '../article/article.ts';
import { type Span, span } from '../article/span.ts';
import { isObject, type Json, type JsonObject, listOf, oneOrMore } from './json.ts';
import { type Annotation, identityOf } from './model.ts';
import type { Quote } from './note.ts';
import type { Subject } from './sidecarWriter.ts';

/** How many code points of the text before and behind a quote are kept with it. */
const CONTEXT = 32;

/** How much text, in UTF-16 units, is looked at for them: most of an expanded article's white space is indentation. */
const REACH = 512;

/** What annotations of an article are about, and what their collection is called. */
export function subjectOf(uri: string, article: Article): Subject {
	const name = uri.slice(uri.lastIndexOf('/') + 1);
	const given = article.source?.value ?? '';
	// An article that comes from no page is its own source, by its name beside the sidecar.
	const source = /^https?:/i.test(given) && URL.canParse(given) ? new URL(given).href : `./${name}`;
	return { source, title: article.title?.value.trim() || decodeName(name) };
}

function decodeName(name: string): string {
	try {
		return decodeURIComponent(name);
	} catch {
		return name;
	}
}

/**
 * The part of a content that is meant by a selection of the article's text: whole characters, without white space at its ends.
 *
 * @returns `undefined` where nothing but markup and white space is selected
 */
export function partOf({ content }: Article, selection: Span): Span | undefined {
	const { value } = content;
	let [start, end] = [content.toContent(selection.start), content.toContent(selection.end)];
	while (start < end && isSpace(value, start)) start++;
	while (start < end && isSpace(value, end - 1)) end--;
	if (isInsidePair(value, start)) start--;
	if (isInsidePair(value, end)) end++;
	return start < end ? span(start, end) : undefined;
}

function isSpace(text: string, offset: number): boolean {
	return /\s/.test(text.charAt(offset));
}

/** Whether an offset divides a character. */
function isInsidePair(text: string, offset: number): boolean {
	return /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(Math.max(0, offset - 1), offset + 1));
}

/** A part of a content, told by its words and those around them. */
export function quoteOf(content: string, { start, end }: Span): Quote {
	const before = Array.from(onOneLine(content.slice(Math.max(0, start - REACH), start)));
	const after = Array.from(onOneLine(content.slice(end, end + REACH)));
	return {
		exact: onOneLine(content.slice(start, end)),
		prefix: before
			.slice(-CONTEXT)
			.join('')
			.replace(/^[\udc00-\udfff]/, ''),
		suffix: after
			.slice(0, CONTEXT)
			.join('')
			.replace(/[\ud800-\udbff]$/, ''),
	};
}

/** A text without line breaks, which are there in one form of an article and not in the other. */
function onOneLine(text: string): string {
	return text.replace(/[^\S\n]*\n\s*/g, ' ');
}

/** The `target` of an annotation (W3C model, sections 4.2.4 and 4.2.5): a part of the article, or all of it. */
export function targetFor(content: string, part: Span | undefined, source: string): string | JsonObject {
	if (!part) return source;
	const { exact, prefix, suffix } = quoteOf(content, part);
	const [start, end] = [part.start, part.end].map(offset => countCodePoints(content, offset)) as [number, number];
	return {
		type: 'SpecificResource',
		source,
		selector: [
			{ type: 'TextQuoteSelector', exact, prefix, suffix },
			{ type: 'TextPositionSelector', start, end },
		],
	};
}

/** How many code points there are before an offset. */
export function countCodePoints(text: string, offset: number): number {
	let count = 0;
	for (const _ of text.slice(0, offset)) count++;
	return count;
}

/** The annotation with another place in the article: that of the target that was one, whatever it was told by. */
export function withPlace(annotation: Annotation, content: string, part: Span, source: string): Annotation {
	const targets = listOf(annotation.target);
	const place = Math.max(
		0,
		targets.findIndex(target => isObject(target) && target.selector !== undefined),
	);
	const old = targets[place];
	const made = targetFor(content, part, isObject(old) ? (identityOf(old) ?? source) : source);
	const target =
		isObject(old) && old.source !== undefined && isObject(made) ? { ...old, selector: made.selector as Json } : made;
	return { ...annotation, target: oneOrMore(targets.length === 0 ? [target] : targets.with(place, target)) as Json };
}
