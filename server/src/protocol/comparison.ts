import type { RequestType } from './method.ts';

/** An article laid out to be compared with another version of it. */
export interface Comparable {
	readonly text: string;
	/** Where the offset of the request is in the text that was given. */
	readonly original?: number;
}

/**
 * Lays a text out for comparison: each block on lines of its own, which depend on nothing outside it. `offset`, in
 * UTF-16 code units of the result, is mapped to the text.
 */
export const ComparisonRequest: RequestType<{ readonly text: string; readonly offset?: number }, Comparable> = {
	method: 'marginalia/comparison',
	messageDirection: 'clientToServer',
};

/** The replacement of the text between two offsets, in UTF-16 code units. */
export interface Replacement {
	readonly start: number;
	readonly end: number;
	readonly newText: string;
}

/** The changes of an article that was edited in its layout for comparison. */
export interface ComparisonEdits {
	/** In text order. */
	readonly edits: readonly Replacement[];
	/** The layout of the article with these changes. */
	readonly laidOut: string;
}

/**
 * The changes of a text that correspond to those of its layout for comparison, which has become `edited`. `shown` is the layout that was
 * edited, if the text may have changed since: the answer is `null` if both have changed the same lines.
 */
export const ComparisonEditsRequest: RequestType<
	{ readonly text: string; readonly edited: string; readonly shown?: string },
	ComparisonEdits | null
> = { method: 'marginalia/comparisonEdits', messageDirection: 'clientToServer' };
