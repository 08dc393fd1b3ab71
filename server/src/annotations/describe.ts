import type { Article } from '../article/article.ts';
import { type Span, span } from '../article/span.ts';
import { displayName, encodedNameOf } from '../util/uri.ts';
import { quoteAt, wholeCharacters } from './anchor/quote.ts';
import { createTextModel } from './anchor/textModel.ts';
import { isObject, type Json, type JsonObject, listOf, oneOrMore } from './json.ts';
import { type Annotation, identityOf } from './model.ts';
import type { SidecarTarget } from './sidecarWriter.ts';

/** What annotations of an article are about, and what their collection is called. */
export function subjectOf(uri: string, article: Article): SidecarTarget {
	const given = article.source?.value ?? '';
	// An article that comes from no page is its own source, by its name beside the sidecar.
	const source = /^https?:/i.test(given) && URL.canParse(given) ? new URL(given).href : `./${encodedNameOf(uri)}`;
	return { source, title: article.title?.value.trim() || displayName(uri) };
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
	return start < end ? wholeCharacters(value, span(start, end)) : undefined;
}

function isSpace(text: string, offset: number): boolean {
	return /\s/.test(text.charAt(offset));
}

/** The `target` of an annotation (W3C model, sections 4.2.4 and 4.2.5): a part of the article, or all of it. */
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
