import { normalForm } from '../../../server/src/annotations/anchor/normalForm.ts';
import type { Span } from '../../../server/src/article/span.ts';
import type { Case } from './cases.ts';
import type { Answer } from './contenders.ts';

/** The results of a contender for a set of cases. */
export interface Tally {
	cases: number;
	/** Cases in which at least half of the quote and of its context remain, and how many of these were found. */
	due: number;
	found: number;
	readonly states: Record<Answer['state'], number>;
	/** Wrong places among those reported as exact or moved, and among those reported as changed. */
	wrong: number;
	wrongChanged: number;
	/** In milliseconds. */
	readonly times: number[];
}

/** Creates an empty tally. */
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
 * Whether a place is the right one. An exact or moved place must have the words of the quote and share at least half of
 * its text with the true place, since an edit can turn a word at the edge into one with the same letters. A changed
 * place must share at least a third of the combined text with it.
 */
function isRight({ after, truth, before, quoted }: Case, { state, place }: Answer): boolean {
	if (!place || !truth) return false;
	if (state === 'changed') return agreement(after, place, truth) >= 1 / 3;
	const words = (text: string, { start, end }: Span): string => normalForm(text.slice(start, end)).normal;
	const shared = { start: Math.max(place.start, truth.start), end: Math.min(place.end, truth.end) };
	return words(after, place) === words(before, quoted) && agreement(after, place, shared) >= 0.5;
}

/** Returns the share of the combined text of two places that both contain. */
function agreement(text: string, place: Span, truth: Span): number {
	const seen = ({ start, end }: Span): number => normalForm(text.slice(start, Math.max(start, end))).normal.length;
	const both = seen({ start: Math.max(place.start, truth.start), end: Math.min(place.end, truth.end) });
	return both / (seen(place) + seen(truth) - both);
}
