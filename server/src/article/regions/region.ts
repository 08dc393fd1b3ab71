import type { Byline } from '../byline.ts';
import type { Span } from '../span.ts';
import type { Tree } from '../tree.ts';
import type { Weights } from '../weights.ts';
import type { Evidence } from './evidence.ts';
import type { SourceRules } from './sourceRules.ts';

/** A part of a body that has a sign. */
export interface Part extends Evidence {
	/** Indices of its first and last node, inclusive; both have the same parent. */
	readonly first: number;
	readonly last: number;
}

/** A part of a body that belongs to the page around the article. */
export interface Region extends Part {
	readonly span: Span;
}

/** Parts of a body that are furniture, with a quick look-up. */
export interface RegionMap<T extends Part> {
	/** The parts, in tree order. None is inside another. */
	readonly furniture: readonly T[];
	/** Returns the furniture that a node is in; `undefined` if it is part of the article. In logarithmic time. */
	regionOf(index: number): T | undefined;
	/** Whether a node is in furniture. In logarithmic time. */
	isFurniture(index: number): boolean;
}

/** What regions are found in. */
export interface RegionInput {
	readonly body: Tree;
	readonly weights: Weights;
	readonly byline: Byline;
	readonly title: string | undefined;
	/** The URL of the page that the article was taken from. */
	readonly source: string | undefined;
	/** What the archive says of the article's source. */
	readonly rules?: SourceRules | undefined;
}
