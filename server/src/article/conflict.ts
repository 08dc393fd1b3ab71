import { type Span, span } from './span.ts';

/**
 * What git leaves in a text when a merge fails: both sides between lines of their own.
 *
 *     <<<<<<< HEAD
 *     ours
 *     ||||||| base, with `merge.conflictStyle` diff3 and zdiff3 alone
 *     what both come from
 *     =======
 *     theirs
 *     >>>>>>> other
 */
export interface Conflict {
	/** From the first marker to the end of the last, with its line break. */
	readonly span: Span;
	/** The marker lines, without their breaks. */
	readonly opening: Span;
	readonly middle: Span;
	readonly closing: Span;
	/** The lines of each side, with their breaks. */
	readonly ours: Span;
	readonly theirs: Span;
	/** What the sides are called, as a branch; empty where git named none. */
	readonly names: { readonly ours: string; readonly theirs: string };
}

/** Exactly seven of a character at the start of a line, then a space or the end of the line. A byte order mark is no part of the line. */
const MARKER = /(?<=\n|^\ufeff?)(?:<{7}|\|{7}|={7}|>{7})(?= |\r?(?:\n|$))/g;

/** Whether a text can have a conflict at all; most have none, which is cheap to tell. */
export function mayHaveConflict(text: string): boolean {
	return text.includes('<<<<<<<');
}

/** All conflicts of a text, in its order. Markers that are not all there, or not in their order, are none. */
export function findConflicts(text: string): readonly Conflict[] {
	return readConflicts(text).closed;
}

/**
 * Marker lines that are no longer those of a conflict, as after one of them was taken out by hand. A line of `=======` alone says nothing,
 * and neither does `>>>>>>>` with more behind it than git writes there, which quotes a letter.
 */
export function findRemains(text: string): readonly Span[] {
	if (!text.includes('<<<<<<<') && !text.includes('>>>>>>>')) return [];
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

/** What git calls a side of a merge: a branch or file, a commit with its subject, or nothing. */
const NAME = /^(?:\S+(?: \(.*\))?)?$/;

/**
 * A text as one side of a merge had it: without marker lines, what stands before the other's lines, and the base. Where the text is cut
 * short inside a conflict, so is the answer.
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

/** A text of the same length in which white space stands in place of all that is not of our side; line breaks stay. */
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

/** The conflicts of a text, and one whose end was not found. */
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
	const from = text.indexOf('<<<<<<<');
	MARKER.lastIndex = Math.max(0, from);
	for (let match = from === -1 ? null : MARKER.exec(text); match; match = MARKER.exec(text)) {
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

/** Where the line ends that an offset is in, without its break. */
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
