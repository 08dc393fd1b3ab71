/** A half-open range `[start, end)` of UTF-16 code units in an article's text. */
export interface Span {
	readonly start: number;
	readonly end: number;
}

/** A value read from the text, and where it stands there. */
export interface Field<T = string> {
	readonly value: T;
	readonly span: Span;
}

/** The span from `start` up to `end`. */
export function span(start: number, end: number): Span {
	return { start, end };
}

/** Whether `offset` lies in `range`; its end counts, since a cursor can stand there. */
export function contains(range: Span, offset: number): boolean {
	return range.start <= offset && offset <= range.end;
}

/** Whether two spans share a character, or touch where one of them is empty. */
export function overlaps(a: Span, b: Span): boolean {
	const isEmpty = a.start === a.end || b.start === b.end;
	return isEmpty ? a.start <= b.end && b.start <= a.end : a.start < b.end && b.start < a.end;
}
