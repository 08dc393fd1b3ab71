import { counted } from '../../util/words.ts';
import type { Candidate } from './candidates.ts';

/** What is known of a quote besides the places where it may stand. */
export interface Sought {
	/** Where it began in the normal text when it was noted, as far as that is known. */
	readonly noted: number | undefined;
	/** Where it should begin now, for all that is known besides. */
	readonly expected: number | undefined;
	/** By how many code points of the content a place is further down than it was, as far as that is known. */
	readonly shiftOf: (place: Candidate) => number;
	/** How much its words tell, and the words around it: see `weigh`. */
	readonly quoteWeight: number;
	readonly contextWeight: number;
}

/** What to think of the places where a quote may stand. */
export interface AnchorJudgement {
	/** `sure`: unchanged, no doubt about it. `likely`: changed; a person has to agree. */
	readonly kind: 'sure' | 'likely' | 'unsure' | 'gone';
	/** The one place, or those of which a person has to choose, the best first; none where it is gone. */
	readonly places: readonly Candidate[];
	/** The best score, and by how much it is more than that of the next best place, or than nothing. */
	readonly score: number;
	readonly margin: number;
	/** For people: one sentence without a full stop. */
	readonly reason: string;
}

// All these numbers were measured: docs/anchoring.md tells how, and what comes of others.

/** How far, in UTF-16 units of the normal form, a quote may be from where it should be and still count as in its place. */
const NEAR = 60;
/** The same with less certainty. */
const NEIGHBOURHOOD = 150;

/** By how much the best place has to be better than the next: anywhere, and for an unchanged quote in its place. */
const MARGIN_ANYWHERE = 0.3;
const MARGIN_IN_PLACE = 0.1;

/** How much context there has to be, at the least, to tell anything. */
const LEAST_CONTEXT = 16;

/** How much of its context has to be left around an unchanged quote: anywhere, and in its place. */
const CONTEXT_ANYWHERE = 1;
const CONTEXT_IN_PLACE = 0.9;
/** The same for one that is shown as changed. */
const CHANGED_CONTEXT_ANYWHERE = 0.9;
const CHANGED_CONTEXT_IN_PLACE = 0.5;

/** How much an unchanged quote has to tell to be known without its context: in its place, and anywhere. */
const TELLING_IN_PLACE = 20;
const TELLING_ANYWHERE = 256;
/** The same for one that is shown as changed. */
const TELLING_ELSEWHERE = 64;

/** How much has to be left of a changed quote, and how much that has to tell. */
const LEAST_QUOTE = 0.5;
const LEAST_WORDS = 4;
/** How much where all of the context is left, or all but this, in its place. */
const LEAST_QUOTE_IN_CONTEXT = 0.35;
const WHOLE_CONTEXT = 0.98;
/** How much of its context, and of both on average: in its place, nearby, anywhere. */
const LEAST_CHANGED_CONTEXT = 0.4;
const LIKENESS_IN_PLACE = 0.6;
const LIKENESS_NEARBY = 0.85;
const LIKENESS_ANYWHERE = 0.93;

/** Most places of which one is asked to choose. */
const MOST_CHOICES = 10;
/** From here on places are not counted. */
const MANY = 50;

/** Judges the places where a quote may stand. */
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

/** The judgement of a place where a quote stands unchanged, with all its context, and of which there is no other. */
export function certain(place: Candidate, sought: Sought): AnchorJudgement {
	return { kind: 'sure', places: [place], score: 1, margin: 1, reason: sureReason(place, sought) };
}

/** Whether so much of the context is known that it tells something. */
export function hasContext({ contextWeight }: Sought): boolean {
	return contextWeight >= LEAST_CONTEXT;
}

/** The candidates that do not overlap a better one, the best first. */
function apart(candidates: readonly Candidate[]): readonly Candidate[] {
	const kept: Candidate[] = [];
	for (const candidate of candidates.toSorted((a, b) => b.score - a.score)) {
		const { start, end } = candidate.span;
		if (kept.every(({ span }) => Math.max(end, start + 1) <= span.start || start >= Math.max(span.end, span.start + 1)))
			kept.push(candidate);
	}
	return kept;
}

/** How far a place is from where it was or should be. */
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

/** Whether the same words stand in another place with all the text on one side of them that is not there in the best. */
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
	// Where nobody knows where it should be, it is not in another place either.
	const isNearby = distance(place, sought) <= NEIGHBOURHOOD || (sought.noted ?? sought.expected) === undefined;
	const least = near ? LIKENESS_IN_PLACE : isNearby ? LIKENESS_NEARBY : LIKENESS_ANYWHERE;
	return (place.quote + place.context) / 2 >= least;
}

/** Whether enough of a quote is there to be called it. */
function isLeft({ quote }: Candidate, { quoteWeight }: Sought): boolean {
	return quote >= LEAST_QUOTE && quote * quoteWeight >= LEAST_WORDS;
}

/** Whether a person may be asked if this is the place. */
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

/** How far a place is from where it was. */
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
