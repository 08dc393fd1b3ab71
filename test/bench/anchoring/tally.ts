import { normalForm } from '../../../server/src/annotations/anchor/normalForm.ts';
import type { Span } from '../../../server/src/article/span.ts';
import type { Case } from './cases.ts';
import type { Answer } from './contenders.ts';

/** How a contender did in some cases. */
export interface Tally {
	cases: number;
	/** Cases in which half or more of the quote and of its context is left, and of these, those in which it was found. */
	due: number;
	found: number;
	readonly states: Record<Answer['state'], number>;
	/** Places that are not the quote's, of those called exact or moved, and of those called changed. */
	wrong: number;
	wrongChanged: number;
	/** In milliseconds. */
	readonly times: number[];
}

/** Nothing yet. */
export function emptyTally(): Tally {
	const states = { exact: 0, moved: 0, changed: 0, ambiguous: 0, orphan: 0 };
	return { cases: 0, due: 0, found: 0, states, wrong: 0, wrongChanged: 0, times: [] };
}

/** Adds the answer to one case. */
export function count(to: Tally, made: Case, answer: Answer): void {
	const { truth, quoteKept, contextKept } = made;
	const { state, place, time } = answer;
	const right = isRight(made, answer);
	to.cases++;
	to.states[state]++;
	to.times.push(time);
	if (place && !right) {
		if (state === 'changed') to.wrongChanged++;
		else to.wrong++;
	}
	if (!truth || quoteKept < 0.5 || contextKept < 0.5) return;
	to.due++;
	if (right) to.found++;
}

/**
 * Whether a place is the quote's. Of unchanged words at least half stand where the quote's are: a word at its edge may have been changed into
 * one with the same letters. A changed place shares with what became of the quote a third of what is in either of them.
 */
function isRight({ after, truth, before, quoted }: Case, { state, place }: Answer): boolean {
	if (!place || !truth) return false;
	if (state === 'changed') return agreement(after, place, truth) >= 1 / 3;
	const words = (text: string, { start, end }: Span): string => normalForm(text.slice(start, end)).normal;
	const shared = { start: Math.max(place.start, truth.start), end: Math.min(place.end, truth.end) };
	return words(after, place) === words(before, quoted) && agreement(after, place, shared) >= 0.5;
}

/** How much of what is seen of two places is in both, of what is in either of them. */
function agreement(text: string, place: Span, truth: Span): number {
	const seen = ({ start, end }: Span): number => normalForm(text.slice(start, Math.max(start, end))).normal.length;
	const both = seen({ start: Math.max(place.start, truth.start), end: Math.min(place.end, truth.end) });
	return both / (seen(place) + seen(truth) - both);
}
