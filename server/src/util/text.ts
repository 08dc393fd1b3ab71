/** White space other than one space; most words are separated by just that. */
const BREAKS = /\s{2,}|[^\S ]/g;

/** A text in which runs of white space are single spaces. */
export function foldSpaces(text: string): string {
	return text.replace(BREAKS, ' ');
}

/** A text on one line: runs of white space become single spaces, those at its ends nothing. */
export function onOneLine(text: string): string {
	return foldSpaces(text).trim();
}

/** The start of a text, at most so many UTF-16 units of it; no character is cut in half. */
export function startOf(text: string, maxUnits: number): string {
	return text.slice(0, maxUnits).replace(/[\ud800-\udbff]$/, '');
}

/** The end of a text, at most so many UTF-16 units of it; no character is cut in half. */
export function endOf(text: string, maxUnits: number): string {
	return text.slice(Math.max(0, text.length - maxUnits)).replace(/^[\udc00-\udfff]/, '');
}

/** How much of a text is shown where there is no reason to show less, in UTF-16 units: a client shows no more than 100,000 in one hover. */
const MAX_SHOWN_UNITS = 2000;

/** A text, or so many UTF-16 units of it and an ellipsis. */
export function clip(text: string, maxUnits = MAX_SHOWN_UNITS): string {
	return text.length <= maxUnits ? text : `${startOf(text, maxUnits).trimEnd()}…`;
}

/** The same of a text on one line. */
export function clipLine(text: string, maxUnits: number): string {
	return clip(onOneLine(text), maxUnits);
}
