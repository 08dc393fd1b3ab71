import type { Byline } from '../byline.ts';
import type { Span } from '../span.ts';
import type { Tree } from '../tree.ts';
import type { Weights } from '../weights.ts';

/** What a part of the page around an article is for. */
export type FurnitureKind =
	| 'byline'
	| 'comments'
	| 'hidden'
	| 'navigation'
	| 'promotion'
	| 'related'
	| 'share'
	| 'site'
	| 'styles'
	| 'subscription'
	| 'title'
	| 'trailer';

/** A sign that an element is part of the page around the article. */
export interface Evidence {
	readonly kind: FurnitureKind;
	/** What the sign is, as a phrase: "class “related-posts”". */
	readonly reason: string;
	/** The standard or the archive says so, so only a part that holds most of the article is doubted. */
	readonly strong?: boolean;
}

/** A part of a body that belongs to the page around the article. */
export interface Region extends Evidence {
	/** Indices of its first and last node, inclusive. */
	readonly first: number;
	readonly last: number;
	readonly span: Span;
}

/** What regions are found in. */
export interface RegionInput {
	readonly body: Tree;
	readonly weights: Weights;
	readonly byline: Byline;
	readonly title: string | undefined;
}
