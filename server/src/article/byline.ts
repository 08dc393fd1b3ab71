import type { Contributor } from './bylineText.ts';
import type { Span } from './span.ts';
import type { Moment } from './time.ts';

/** A part of a body that names the author or the day. */
export interface BylinePart {
	/** Index of the element, and the element. */
	readonly node: number;
	readonly span: Span;
	/** The names alone, or the words of the date. */
	readonly label: string;
	/** Whether it is on the page; metadata is not. */
	readonly shown: boolean;
}

/** The day on which a body says that the article was published. */
export interface BylineDate extends BylinePart, Omit<Moment, 'time'> {
	/** In milliseconds since the Unix epoch; `undefined` if the date cannot be read. */
	readonly time: number | undefined;
	/** The attribute that gives the date; `undefined` for a text. */
	readonly attribute: string | undefined;
	readonly from: 'time element' | 'byline' | 'metadata';
}

/** The author and the day of publication that a body gives. */
export interface Byline {
	/** Who wrote the article; where nobody is named who did, who translated or edited it. */
	readonly author: BylinePart | undefined;
	readonly date: BylineDate | undefined;
	/** All whom bylines name, with what they did. */
	readonly contributors: readonly Contributor[];
	/** The nodes that hold nothing but names and dates of the article, in tree order. */
	readonly lines: readonly number[];
}
