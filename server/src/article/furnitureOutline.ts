import { capital } from '../util/labels.ts';
import type { Article } from './article.ts';
import { furnitureKinds, regionName, regionReason } from './regions/names.ts';
import { partsOfPage } from './regions/page.ts';
import type { Region } from './regions/region.ts';
import { type Span, span } from './span.ts';

/** An item of an outline, for the parts of the page or for one of them. */
interface FurnitureItem {
	readonly kind: 'furniture';
	readonly name: string;
	readonly detail: string;
	readonly span: Span;
	readonly selection: Span;
	readonly children: readonly FurnitureItem[];
}

/** The maximum number of parts. */
const MOST_PARTS = 1000;

/**
 * Returns the item for the parts of the page that are left in an article; `undefined` if there are none. It comes last, wherever they
 * are: editors sort by place.
 *
 * @param after where the last other item starts
 */
export function furnitureOutline(article: Article, after: number): FurnitureItem | undefined {
	const parts = partsOfPage(article);
	if (parts.length === 0) return undefined;
	const place = trailing(article, parts, after);
	return {
		kind: 'furniture',
		name: 'Page furniture',
		detail: furnitureKinds(parts),
		span: place,
		selection: span(place.start, place.start),
		children: parts.slice(0, MOST_PARTS).map(part => ({
			kind: 'furniture',
			name: capital(regionName(part)),
			detail: regionReason(part),
			span: part.span,
			selection: span(part.span.start, part.span.start),
			children: [],
		})),
	};
}

/** The span of the parts behind the last words of the article; an empty one at the end if there are none. */
function trailing({ weights, nodes, text }: Article, parts: readonly Region[], after: number): Span {
	let place = span(text.length, text.length);
	let next = nodes.length;
	for (const { first, last, span: part } of parts.toReversed()) {
		if (part.start <= after || part.end > place.start || weights.textBetween(last + 1, next) > 0) break;
		place = span(part.start, place.start === text.length ? part.end : place.end);
		next = first;
	}
	return place;
}
