/** White space other than a single space, which is how most words are separated. */
const BREAKS = /\s{2,}|[^\S ]/g;

/** Collapses each run of white space to a single space. */
export function foldSpaces(text: string): string {
	for (let at = 0; at < text.length; at++) {
		const unit = text.charCodeAt(at);
		if (unit === SPACE ? text.charCodeAt(at + 1) === SPACE : isOtherSpace(unit)) return text.replace(BREAKS, ' ');
	}
	return text;
}

const SPACE = 32;

/** Whether a UTF-16 unit is white space other than a space, or beyond ASCII may be. */
function isOtherSpace(unit: number): boolean {
	if (unit < 0xa0) return unit < SPACE;
	return unit === 0xa0 || unit === 0x3000 || unit === 0xfeff || (unit >= 0x1680 && unit <= 0x205f);
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
