/** White space other than a single space, which is how most words are separated. */
const BREAKS = /\s{2,}|[^\S ]/g;

/** Finds out quickly whether there is such white space: there is none in most texts. */
const BREAK = /[^\S ]| {2}/;

/** Collapses each run of white space to a single space. */
export function foldSpaces(text: string): string {
	return BREAK.test(text) ? text.replace(BREAKS, ' ') : text;
}

/** Collapses runs of white space to single spaces and trims the text, so that it is on one line. */
export function onOneLine(text: string): string {
	return foldSpaces(text).trim();
}

/** The start of a text, at most `maxUnits` UTF-16 code units, without splitting a surrogate pair. */
export function startOf(text: string, maxUnits: number): string {
	if (text.length <= maxUnits) return text;
	const last = text.charCodeAt(maxUnits - 1);
	return text.slice(0, last >= 0xd800 && last <= 0xdbff ? maxUnits - 1 : maxUnits);
}

/** The end of a text, at most `maxUnits` UTF-16 code units, without splitting a surrogate pair. */
export function endOf(text: string, maxUnits: number): string {
	return text.slice(Math.max(0, text.length - maxUnits)).replace(/^[\udc00-\udfff]/, '');
}

/** The default limit of texts that are shown, in UTF-16 code units: VS Code shows no more than 100,000 in a hover. */
const MAX_SHOWN_UNITS = 2000;

/** Truncates a text with an ellipsis. */
export function clip(text: string, maxUnits = MAX_SHOWN_UNITS): string {
	return text.length <= maxUnits ? text : `${startOf(text, maxUnits).trimEnd()}…`;
}

/** Truncates a text with an ellipsis, on one line. */
export function clipLine(text: string, maxUnits: number): string {
	return clip(onOneLine(text), maxUnits);
}
