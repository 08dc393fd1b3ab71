import type { Contributor } from '../bylineText.ts';
import type { Moment } from '../time.ts';

/** How far a sign is believed; the smaller the better. */
export const Rank = {
	/** A line says who wrote it; a property says when it was published. */
	stated: 1,
	/** An element is defined to give it, or named so. */
	marked: 2,
	/** The words around it say so. */
	written: 3,
	/** Metadata that the page does not show. */
	hidden: 4,
	/** A date alone under the title. */
	alone: 5,
	/** At the foot of the body. */
	foot: 6,
	/** A word for the author, or for a date that says *updated*, or that cannot be read. */
	weak: 7,
	/** A date that is one of others, but not that of the article. */
	never: 8,
} as const;

export type Rank = (typeof Rank)[keyof typeof Rank];

/** A place that names somebody. */
export interface AuthorFact {
	readonly node: number;
	readonly rank: Rank;
	readonly contributors: readonly Contributor[];
	/** Names of one form that follow one another belong together. */
	readonly form: 'element' | 'line' | 'signed';
}

/** A place that gives a day. */
export interface DateFact {
	readonly node: number;
	readonly rank: Rank;
	readonly words: string;
	readonly moment: Moment | undefined;
	readonly attribute: string | undefined;
	readonly from: 'time element' | 'byline' | 'metadata';
	/** Equal for the entries of a list or timeline, which are no dates of the article; empty if it cannot be one. */
	readonly pattern: string;
}

/** All that a body says of its author and day. */
export interface Facts {
	readonly authors: readonly AuthorFact[];
	readonly dates: readonly DateFact[];
	readonly lines: readonly number[];
	/** Returns the text between two nodes, in characters. */
	readonly textBetween: (from: number, to: number) => number;
}
