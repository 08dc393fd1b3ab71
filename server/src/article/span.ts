/** A half-open range `[start, end)` of UTF-16 code units in an article's text. */
export interface Span {
	readonly start: number;
	readonly end: number;
}

/** A value parsed from the text, and its span. */
export interface Field<T = string> {
	readonly value: T;
	readonly span: Span;
}

/** Creates the span from `start` to `end`. */
export function span(start: number, end: number): Span {
	return { start, end };
}

/** Whether `offset` is in `range`, including its end, since a cursor can be there. */
export function contains(range: Span, offset: number): boolean {
	return range.start <= offset && offset <= range.end;
}

/** Whether two spans share a character, or touch if one of them is empty. */
export function overlaps(a: Span, b: Span): boolean {
	const isEmpty = a.start === a.end || b.start === b.end;
	return isEmpty ? a.start <= b.end && b.start <= a.end : a.start < b.end && b.start < a.end;
}

/** Trims white space from a span. */
export function trimmedSpan(text: string, { start, end }: Span): Span {
	const inner = text.slice(start, end);
	const from = start + inner.length - inner.trimStart().length;
	return span(from, Math.max(from, start + inner.trimEnd().length));
}
