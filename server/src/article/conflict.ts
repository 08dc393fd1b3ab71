import { type Span, span } from './span.ts';

/**
 * An unresolved merge conflict, as git writes it.
 *
 *     <<<<<<< HEAD
 *     ours
 *     ||||||| base (only if `merge.conflictStyle` is diff3 or zdiff3)
 *     common ancestor
 *     =======
 *     theirs
 *     >>>>>>> other
 */
export interface Conflict {
	/** From the first marker to the end of the last, including its line break. */
	readonly span: Span;
	/** The marker lines, without their line breaks. */
	readonly opening: Span;
	readonly middle: Span;
	readonly closing: Span;
	/** The lines of each side, including their line breaks. */
	readonly ours: Span;
	readonly theirs: Span;
	/** The names of the sides, such as branches; empty if git gave none. */
	readonly names: { readonly ours: string; readonly theirs: string };
}

/**
 * A conflict marker: exactly seven of a character at the start of a line, followed by a space or the end of the line. A
 * byte order mark is not part of the line.
 */
const MARKER = /(?<=\n|^\ufeff?)(?:<{7}|\|{7}|={7}|>{7})(?= |\r?(?:\n|$))/g;

/** Whether a text can contain a conflict. A cheap check, since most texts have none. */
export function mayHaveConflict(text: string): boolean {
	return holdsLine(text, '<<<<<<<');
}

/**
 * Whether a line of a text begins with a marker. Line breaks are much rarer in HTML than angle brackets, so the search
 * for both together skips most of the text.
 */
function holdsLine(text: string, marker: string): boolean {
	return text.startsWith(marker) || text.startsWith(marker, 1) || text.includes(`\n${marker}`);
}

/** Returns all complete conflicts of a text, in text order. Markers that are incomplete or out of order are ignored. */
export function findConflicts(text: string): readonly Conflict[] {
	return readConflicts(text).closed;
}

/** Returns the marker lines of a text, whether they are part of a conflict or not. */
export function markerLines(text: string): readonly string[] {
	return [...text.matchAll(MARKER)].map(({ index }) => text.slice(index, endOfLine(text, index)));
}

/**
 * Returns leftover marker lines that are not part of a conflict, for example after one marker was deleted by hand.
 * `=======` alone is not reported, and neither is `>>>>>>>` followed by more than git writes there, which quotes an
 * email.
 */
export function findRemains(text: string): readonly Span[] {
	if (!mayHaveConflict(text) && !holdsLine(text, '>>>>>>>')) return [];
	const { closed } = readConflicts(text);
	const remains: Span[] = [];
	let next = 0;
	for (const { index, 0: marker } of text.matchAll(MARKER)) {
		while ((closed[next]?.span.end ?? text.length + 1) <= index) next++;
		if (index >= (closed[next]?.span.start ?? text.length)) continue;
		const line = span(index, endOfLine(text, index));
		if (marker.startsWith('<') || (marker.startsWith('>') && NAME.test(nameIn(text, line)))) remains.push(line);
	}
	return remains;
}

/** What git writes after a marker: a branch or file, a commit with its subject, or nothing. */
const NAME = /^(?:\S+(?: \(.*\))?)?$/;

/**
 * Returns a text as it was on one side of a merge: without marker lines, the other side's lines, and the base. If the
 * text ends inside a conflict, only the part up to there is returned.
 */
export function sideOf(text: string, side: 'ours' | 'theirs'): string {
	const { closed, open } = readConflicts(text);
	let [result, at] = ['', 0];
	for (const conflict of open ? [...closed, open] : closed) {
		result += text.slice(at, conflict.span.start) + text.slice(conflict[side].start, conflict[side].end);
		at = conflict.span.end;
	}
	return result + text.slice(at);
}

/** Replaces everything that is not on our side with spaces. The length and the line breaks stay the same. */
export function maskConflicts(text: string, conflicts: readonly Conflict[]): string {
	if (conflicts.length === 0) return text;
	const parts: string[] = [];
	let at = 0;
	const keep = (to: number): void => {
		parts.push(text.slice(at, to));
		at = to;
	};
	const blank = (to: number): void => {
		parts.push(text.slice(at, to).replace(/[^\r\n]/g, ' '));
		at = to;
	};
	for (const { span: whole, ours } of conflicts) {
		keep(whole.start);
		blank(ours.start);
		keep(ours.end);
		blank(whole.end);
	}
	keep(text.length);
	return parts.join('');
}

/** Reads the conflicts of a text, and an unclosed one at its end. */
function readConflicts(text: string): { readonly closed: readonly Conflict[]; readonly open: Conflict | undefined } {
	const closed: Conflict[] = [];
	let opening: Span | undefined;
	let base: Span | undefined;
	let middle: Span | undefined;
	const begin = (line: Span | undefined): void => {
		opening = line;
		base = undefined;
		middle = undefined;
	};
	const made = (closing: Span): Conflict | undefined => {
		if (!opening) return undefined;
		const below = (line: Span): number => nextLine(text, line.end);
		const ours = span(below(opening), (base ?? middle ?? closing).start);
		const theirs = middle ? span(below(middle), closing.start) : span(closing.start, closing.start);
		return {
			span: span(opening.start, below(closing)),
			opening,
			middle: middle ?? closing,
			closing,
			ours,
			theirs,
			names: { ours: nameIn(text, opening), theirs: nameIn(text, closing) },
		};
	};
	MARKER.lastIndex = 0;
	for (let match = mayHaveConflict(text) ? MARKER.exec(text) : null; match; match = MARKER.exec(text)) {
		const line = span(match.index, endOfLine(text, match.index));
		switch (match[0][0]) {
			case '<':
				begin(line);
				break;
			case '|':
				if (opening && !middle) base ??= line;
				break;
			case '=':
				if (opening) middle ??= line;
				break;
			default: {
				const conflict = middle && made(line);
				if (conflict) closed.push(conflict);
				begin(undefined);
			}
		}
	}
	return { closed, open: made(span(text.length, text.length)) };
}

/** Returns the end of the line that contains an offset, without its line break. */
function endOfLine(text: string, offset: number): number {
	const next = text.indexOf('\n', offset);
	const end = next === -1 ? text.length : next;
	return end > offset && text[end - 1] === '\r' ? end - 1 : end;
}

function nextLine(text: string, offset: number): number {
	const next = text.indexOf('\n', offset);
	return next === -1 ? text.length : next + 1;
}

function nameIn(text: string, marker: Span): string {
	return text.slice(marker.start + 7, marker.end).trim();
}
