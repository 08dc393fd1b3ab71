import { type BodyToken, type PartKind, readParts } from './bodyParts.ts';
import type { TextEdit } from './edits.ts';
import { isHtmlSpace } from './node.ts';
import { span } from './span.ts';

/** A line break written as a character reference, so that the writer's rule does not remove it. */
const LINE_FEED = '&#10;';

/**
 * Returns the edits that bring a body into archive form, in text order, at most one per place.
 *
 * The writer splits a body at `\n`, trims each line, and joins the lines with nothing. These edits do the same wherever
 * it does not change the rendering: between blocks. Elsewhere a line break becomes its rendered equivalent: a space in
 * running text, tags and comments, `&#10;` in `pre`, `textarea` and attribute values. It is kept where character
 * references are not recognised, as in scripts and style sheets. White space at the end of the file becomes one line
 * break if it contains one, and nothing otherwise.
 *
 * @param bodyStart where the body starts; text before it is not changed
 * @param keepsLines whether line breaks stay where they would become `&#10;`
 */
export function collapseEdits(text: string, bodyStart: number, { keepsLines = false } = {}): readonly TextEdit[] {
	const body = text.slice(bodyStart);
	const end = trimEnd(body, 0, body.length);
	if (end === 0) return body === '' ? [] : [{ span: span(bodyStart, text.length), newText: '' }];
	const first = trimStart(body, 0, end);
	const edits: TextEdit[] = [];
	const edit = (from: number, to: number, newText: string): void => {
		edits.push({ span: span(bodyStart + from, bodyStart + to), newText });
	};
	if (first > 0) edit(0, first, '');
	const lineBreak = /\r?\n/.exec(body.slice(end))?.[0] ?? '';
	const isEnded = body.slice(end) === lineBreak;
	const lines = body.indexOf('\n', first);
	if (isEnded && (lines === -1 || lines >= end)) return edits;
	const place = createPlaces(body);
	for (let at = lines; at !== -1 && at < end; ) {
		const { part, index } = place.at(at);
		let next = at + 1;
		if (part?.kind === 'kept' || (part?.isTag && isInValue(body, part, at))) {
			const start = body[at - 1] === '\r' ? at - 1 : at;
			let count = 1;
			for (let more = breakAt(body, next); more !== next; more = breakAt(body, next)) [next, count] = [more, count + 1];
			if (!keepsLines) edit(start, next, LINE_FEED.repeat(count));
		} else if (part?.kind !== 'raw') {
			const start = trimEnd(body, first, at);
			next = trimStart(body, at, end);
			const isSeen = part?.isTag ? body[next] !== '>' : part?.kind !== 'text' || place.isSeen(start, next, index);
			edit(start, next, isSeen ? ' ' : '');
		}
		at = body.indexOf('\n', next);
	}
	// White space at the end of an unclosed pre or script belongs to that element.
	if (!isEnded && place.end === 'text') edit(end, body.length, lineBreak);
	return edits;
}

/** Answers questions about places in a body. Places must be asked for in increasing order. */
interface Places {
	/** The kind of text at the end of the body. */
	readonly end: PartKind;
	/** Returns the token at a place and its index, or, if there is no token, the index of the next one. */
	at(place: number): { readonly part: BodyToken | undefined; readonly index: number };
	/** Whether white space in running text is rendered. `index` is the token that contains its first character. */
	isSeen(start: number, end: number, index: number): boolean;
}

function createPlaces(body: string): Places {
	const { parts, end: atEnd, movesOut } = readParts(body);
	const isWords = parts.map(({ kind, start, end }) => kind === 'text' && trimStart(body, start, end) < end);
	/** Whether a line begins before each token, and whether one ends after it. */
	const begins = new Uint8Array(parts.length);
	const ends = new Uint8Array(parts.length);
	let fresh = 1;
	for (const [index, part] of parts.entries()) {
		begins[index] = fresh;
		fresh = edgeAfter(part, isWords[index] === true, fresh);
	}
	// Foster-parented content follows the text before its table.
	const movesWords = movesOut || parts.some(({ misplaced }, index) => misplaced && isWords[index]);
	fresh = 1;
	for (const [index, part] of [...parts.entries()].reverse()) {
		ends[index] = fresh;
		const isOpened = movesWords && /^<table/i.test(body.slice(part.start, part.start + 6));
		fresh = isOpened ? 0 : edgeAfter(part, isWords[index] === true, fresh);
	}
	let next = 0;
	return {
		end: atEnd,
		at(place) {
			for (let part = parts[next]; part && part.end <= place; part = parts[++next]);
			const part = parts[next];
			return { part: part && part.start <= place ? part : undefined, index: next };
		},
		isSeen(start, end, index) {
			let [from, to] = [index, index];
			while ((parts[from]?.start ?? start) > start && parts[from - 1]?.end === parts[from]?.start) from--;
			while ((parts[to]?.end ?? end) < end && parts[to + 1]?.start === parts[to]?.end) to++;
			// A moved token has other neighbours in the rendering than in the text.
			if (parts[index]?.movedOut) return true;
			// The parser moves all of a text out of a table, and joins the texts it moves.
			if (parts[index]?.misplaced && [from - 1, from, to, to + 1].some(at => isWords[at] && parts[at]?.misplaced))
				return true;
			const isFirst = parts[from]?.start === start && begins[from] === 1;
			const isLast = parts[to]?.end === end && ends[to] === 1;
			return !isFirst && !isLast;
		},
	};
}

/** Whether a token is still followed by the start of a line, given the state before it (1 or 0). */
function edgeAfter({ kind }: BodyToken, isWords: boolean, before: number): number {
	if (kind === 'break') return 1;
	return kind === 'tag' || kind === 'kept' || isWords ? 0 : before;
}

/** Whether a place in a tag is inside a quoted attribute value. */
function isInValue(body: string, { attributes }: BodyToken, place: number): boolean {
	const attribute = attributes.find(({ start, end }) => start <= place && place < end);
	if (!attribute) return false;
	const written = body.slice(attribute.start, place);
	return /^[^=]*=[ \t\n\f\r]*["']/.test(written);
}

/** Returns the end of the line break at a place, or the place itself if there is none. */
function breakAt(body: string, place: number): number {
	if (body[place] === '\n') return place + 1;
	return body[place] === '\r' && body[place + 1] === '\n' ? place + 2 : place;
}

/** Returns the end of `[start, end)` without trailing white space. */
function trimEnd(text: string, start: number, end: number): number {
	while (end > start && isHtmlSpace(text.charCodeAt(end - 1))) end--;
	return end;
}

/** Returns the start of `[start, end)` without leading white space. */
function trimStart(text: string, start: number, end: number): number {
	while (start < end && isHtmlSpace(text.charCodeAt(start))) start++;
	return start;
}
