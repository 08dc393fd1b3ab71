import type { Quote } from '../../protocol/annotations.ts';

/** A W3C `TextPositionSelector`: half-open, in code points of the content. */
export interface Position {
	readonly start: number;
	readonly end: number;
}

/** What is said of the place of a note. */
export interface Selectors {
	/** Prefix and suffix are empty where nobody says what they are. */
	readonly quote: Quote;
	readonly position?: Position | undefined;
	/** Where the quote should begin now, in UTF-16 units of the content, where more is known than the position says. */
	readonly expected?: number | undefined;
}
