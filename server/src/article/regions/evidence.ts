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
	/** The standard says so, so only a part that holds most of the article is doubted. */
	readonly strong?: boolean;
	/** Only a part that holds little more than links is what the sign says. */
	readonly onlyLinks?: boolean;
	/** The archive says so: it is not doubted. */
	readonly isSaid?: true;
}
