import { counted } from '../../util/words.ts';
import type { Candidate } from './candidates.ts';

/** What is known about a quote, apart from its candidates. */
export interface Sought {
	/** Its noted start in the normal text, if known. */
	readonly noted: number | undefined;
	/** Its expected current start, if more is known than the noted one. */
	readonly expected: number | undefined;
	/** Returns how many code points a place is after the noted position; 0 if that is not known. */
	readonly shiftOf: (place: Candidate) => number;
	/** How much information the quote and its context carry: see `informationOf`. */
	readonly quoteWeight: number;
	readonly contextWeight: number;
}

/** The judgement of a quote's candidates. */
export interface AnchorJudgement {
	/** `sure`: certain and unchanged. `likely`: changed; a person has to confirm it. */
	readonly kind: 'sure' | 'likely' | 'unsure' | 'gone';
	/** The place, or those that a person has to choose from, the best first; empty if it is gone. */
	readonly places: readonly Candidate[];
	/** The best score, and how much better it is than that of the next best place, or than 0. */
	readonly score: number;
	readonly margin: number;
	/** One sentence without a full stop, for display. */
	readonly reason: string;
}

// All these numbers are based on measurements: see docs/anchoring.md.

/** Maximum distance from the expected place that counts as in place, in UTF-16 units of the normal form. */
const NEAR = 60;
/** Maximum distance that counts as nearby. */
const NEIGHBOURHOOD = 150;

/** Minimum margin between the best place and the next: anywhere, and for an unchanged quote in place. */
const MARGIN_ANYWHERE = 0.3;
const MARGIN_IN_PLACE = 0.1;

/** Minimum information in the context for it to be significant. */
const LEAST_CONTEXT = 16;

/** How much context must remain around an unchanged quote: anywhere, and in place. */
const CONTEXT_ANYWHERE = 1;
const CONTEXT_IN_PLACE = 0.9;
/** The same for an unchanged quote that is shown as changed. */
const CHANGED_CONTEXT_ANYWHERE = 0.9;
const CHANGED_CONTEXT_IN_PLACE = 0.5;

/** Minimum information in an unchanged quote to identify it without its context: in place, and anywhere. */
const TELLING_IN_PLACE = 20;
const TELLING_ANYWHERE = 256;
/** The same for an unchanged quote that is shown as changed. */
const TELLING_ELSEWHERE = 64;

/** How much of a changed quote must remain, and the minimum information in that. */
const LEAST_QUOTE = 0.5;
const LEAST_WORDS = 4;
/** How much must remain in place if at least `WHOLE_CONTEXT` of the context is left. */
const LEAST_QUOTE_IN_CONTEXT = 0.35;
const WHOLE_CONTEXT = 0.98;
/** For a changed quote: how much of the context must remain, and of quote and context on average in place, nearby, and anywhere. */
const LEAST_CHANGED_CONTEXT = 0.4;
const LIKENESS_IN_PLACE = 0.6;
const LIKENESS_NEARBY = 0.85;
const LIKENESS_ANYWHERE = 0.93;

/** Maximum number of places to choose from. */
const MOST_CHOICES = 10;
/** From this number on, the message says "many places". */
const MANY = 50;

/** Judges the candidates of a quote. */
export function judgeCandidates(candidates: readonly Candidate[], sought: Sought): AnchorJudgement {
	const places = apart(candidates);
	const [best, next] = places;
	const score = best?.score ?? 0;
	const margin = score - (next?.score ?? 0);
	const verdict = { score, margin };
	const isSplit = best?.verbatim === true && places.some(place => hasSideOf(place, best));
	if (best && !isSplit && isSure(best, margin, sought))
		return { kind: 'sure', places: [best], reason: sureReason(best, sought), ...verdict };
	if (best && !isSplit && isLikely(best, margin, sought))
		return { kind: 'likely', places: [best], reason: likelyReason(best, sought), ...verdict };
	const choices = places.filter(place => isPlausible(place, sought)).slice(0, MOST_CHOICES);
	if (choices.length > 0) return { kind: 'unsure', places: choices, reason: unsureReason(choices, sought), ...verdict };
	return { kind: 'gone', places: [], reason: goneReason(places), ...verdict };
}

/** Returns the judgement of the only place where a quote occurs unchanged with its whole context. */
export function certain(place: Candidate, sought: Sought): AnchorJudgement {
	return { kind: 'sure', places: [place], score: 1, margin: 1, reason: sureReason(place, sought) };
}

/** Whether enough context is known to be significant. */
export function hasContext({ contextWeight }: Sought): boolean {
	return contextWeight >= LEAST_CONTEXT;
}

/** Returns the candidates that do not overlap a better one, the best first. */
function apart(candidates: readonly Candidate[]): readonly Candidate[] {
	const kept: Candidate[] = [];
	for (const candidate of candidates.toSorted((a, b) => b.score - a.score)) {
		const { start, end } = candidate.span;
		if (kept.every(({ span }) => Math.max(end, start + 1) <= span.start || start >= Math.max(span.end, span.start + 1)))
			kept.push(candidate);
	}
	return kept;
}

/** Returns the distance of a place from the noted or expected one, whichever is nearer. */
function distance({ span }: Candidate, { noted, expected }: Sought): number {
	const [fromNoted, fromExpected] = [noted, expected].map(start =>
		start === undefined ? Number.POSITIVE_INFINITY : Math.abs(span.start - start),
	) as [number, number];
	return Math.min(fromNoted, fromExpected);
}

function isNear(place: Candidate, sought: Sought): boolean {
	return distance(place, sought) <= NEAR;
}

function isSure(place: Candidate, margin: number, sought: Sought): boolean {
	const { quoteWeight } = sought;
	if (!place.verbatim) return false;
	if (margin < (isNear(place, sought) ? MARGIN_IN_PLACE : MARGIN_ANYWHERE)) return false;
	if (quoteWeight >= TELLING_ANYWHERE) return true;
	if (hasContext(sought) && place.context >= CONTEXT_ANYWHERE) return true;
	return isNear(place, sought) && (place.context >= CONTEXT_IN_PLACE || quoteWeight >= TELLING_IN_PLACE);
}

/** Whether the quote occurs in another place with the whole context on a side where the best place lacks it. */
function hasSideOf(place: Candidate, best: Candidate): boolean {
	const has = (side: 'before' | 'after'): boolean => place[side] >= WHOLE_CONTEXT && best[side] < WHOLE_CONTEXT;
	return place.verbatim && place !== best && (has('before') || has('after'));
}

function isLikely(place: Candidate, margin: number, sought: Sought): boolean {
	if (margin < MARGIN_ANYWHERE || !hasContext(sought)) return false;
	const near = isNear(place, sought);
	if (place.verbatim) {
		const least = near ? CHANGED_CONTEXT_IN_PLACE : CHANGED_CONTEXT_ANYWHERE;
		return place.context >= least || sought.quoteWeight >= TELLING_ELSEWHERE;
	}
	if (near && place.context >= WHOLE_CONTEXT && place.quote >= LEAST_QUOTE_IN_CONTEXT) return true;
	if (!isLeft(place, sought) || place.context < LEAST_CHANGED_CONTEXT) return false;
	// Without a noted or expected place, any place counts as nearby.
	const isNearby = distance(place, sought) <= NEIGHBOURHOOD || (sought.noted ?? sought.expected) === undefined;
	const least = near ? LIKENESS_IN_PLACE : isNearby ? LIKENESS_NEARBY : LIKENESS_ANYWHERE;
	return (place.quote + place.context) / 2 >= least;
}

/** Whether enough of a quote remains. */
function isLeft({ quote }: Candidate, { quoteWeight }: Sought): boolean {
	return quote >= LEAST_QUOTE && quote * quoteWeight >= LEAST_WORDS;
}

/** Whether a place is offered for choice. */
function isPlausible(place: Candidate, sought: Sought): boolean {
	if (place.verbatim)
		return !hasContext(sought) || place.context >= LEAST_CHANGED_CONTEXT || sought.quoteWeight >= TELLING_IN_PLACE;
	return isLeft(place, sought) && place.score >= LEAST_QUOTE;
}

function sureReason(place: Candidate, sought: Sought): string {
	const around = place.context >= WHOLE_CONTEXT || !hasContext(sought) ? '' : ', with different text around them';
	return place.span.start === sought.noted
		? `The same words in the same place${around}`
		: `The same words${way(place, sought)}${around}`;
}

function likelyReason(place: Candidate, sought: Sought): string {
	return place.verbatim
		? `The same words${way(place, sought)}, but the text around them changed`
		: `${percent(place.quote)} of the words remain${way(place, sought)}, and ${percent(place.context)} of the text around them`;
}

/** Describes how far a place is from the noted position. */
function way(place: Candidate, { shiftOf }: Sought): string {
	const shift = shiftOf(place);
	if (shift === 0) return '';
	const length = Math.abs(shift);
	return `, ${counted(length, 'character')} further ${shift > 0 ? 'down' : 'up'}`;
}

function percent(share: number): string {
	return `${Math.round(share * 100)} %`;
}

function unsureReason(choices: readonly Candidate[], sought: Sought): string {
	const count = choices.length === MOST_CHOICES ? `at least ${MOST_CHOICES} places` : `${choices.length} places`;
	const [best] = choices;
	if (choices.length > 1) return `${best?.verbatim ? 'The same words' : 'Similar words'} occur in ${count}`;
	if (!best?.verbatim) return 'Similar words occur in one place, but the match is not certain';
	return hasContext(sought)
		? 'The same words occur in one place, but with different text around them'
		: 'The same words occur in one place, but they are too few to be certain without context';
}

function goneReason(places: readonly Candidate[]): string {
	const isContextLeft = places.some(place => place.context >= CONTEXT_IN_PLACE && place.quote < LEAST_QUOTE);
	if (isContextLeft) return 'The text around it is still there, but its words are gone';
	const verbatim = places.filter(place => place.verbatim).length;
	if (verbatim === 0) return 'Its words are no longer in the article';
	const count = verbatim === 1 ? 'one place' : verbatim < MANY ? `${verbatim} places` : 'many places';
	return `Its words occur in ${count}, but with different text around them`;
}
