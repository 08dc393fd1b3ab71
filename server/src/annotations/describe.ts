import type { Article } from '../article/article.ts';
import { type Span, span } from '../article/span.ts';
import { displayName, encodedNameOf } from '../util/uri.ts';
import { quoteAt, wholeCharacters } from './anchor/quote.ts';
import { createTextModel } from './anchor/textModel.ts';
import { isObject, type Json, type JsonObject, listOf, oneOrMore } from './json.ts';
import { type Annotation, identityOf } from './model.ts';
import type { SidecarTarget } from './sidecarWriter.ts';

/** Returns the source that annotations of an article target, and the title of their collection. */
export function subjectOf(uri: string, article: Article): SidecarTarget {
	const given = article.source?.value ?? '';
	// An article without a source page is its own source, by its file name relative to the sidecar.
	const source = /^https?:/i.test(given) && URL.canParse(given) ? new URL(given).href : `./${encodedNameOf(uri)}`;
	return { source, title: article.title?.value.trim() || displayName(uri) };
}

/**
 * Converts a selection in the source to a part of the content: whole characters, trimmed of white space.
 *
 * @returns `undefined` if only markup and white space is selected
 */
export function partOf({ content }: Article, selection: Span): Span | undefined {
	const { value } = content;
	let [start, end] = [content.toContent(selection.start), content.toContent(selection.end)];
	while (start < end && isSpace(value, start)) start++;
	while (start < end && isSpace(value, end - 1)) end--;
	return start < end ? wholeCharacters(value, span(start, end)) : undefined;
}

function isSpace(text: string, offset: number): boolean {
	return /\s/.test(text.charAt(offset));
}

/** Builds the `target` of an annotation (W3C model, sections 4.2.4 and 4.2.5): a part of the article, or the whole of it. */
export function targetFor(content: string, part: Span | undefined, source: string): string | JsonObject {
	if (!part) return source;
	const { quote, position } = quoteAt(createTextModel(content), part);
	return {
		type: 'SpecificResource',
		source,
		selector: [
			{ type: 'TextQuoteSelector', ...quote },
			{ type: 'TextPositionSelector', ...position },
		],
	};
}

/** Returns the annotation anchored to another part of the article. Replaces the first target with a selector, else the first target. */
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
