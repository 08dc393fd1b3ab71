import type { Quote } from '../../protocol/annotations.ts';

/** A W3C `TextPositionSelector`: half-open, in code points of the content. */
export interface Position {
	readonly start: number;
	readonly end: number;
}

/** The selectors of a note. */
export interface Selectors {
	/** Prefix and suffix are empty if unknown. */
	readonly quote: Quote;
	readonly position?: Position | undefined;
	/** The expected start of the quote in UTF-16 units of the content, if more is known than `position`. */
	readonly expected?: number | undefined;
}
