import { type Span, span } from '../../article/span.ts';
import type { Clock } from '../../platform.ts';
import type { Quote } from '../../protocol/annotations.ts';
import {
	type Candidate,
	type NormalQuote,
	similarCandidates,
	verbatimCandidate,
	verbatimPlaces,
} from './candidates.ts';
import { type AnchorJudgement, certain, hasContext, judgeCandidates, type Sought } from './judge.ts';
import { normalForm } from './normalForm.ts';
import { informationOf } from './resemblance.ts';
import type { Selectors } from './selectors.ts';
import type { TextModel } from './textModel.ts';
import { wholeWords } from './wholeWords.ts';

/** A possible place of a quote. */
export interface CandidateRange {
	/** In UTF-16 units of the content. */
	readonly span: Span;
	/** How much of the quote and its context is there, from 0 to 1. */
	readonly score: number;
}

/** How certain a result is. */
interface Verdict {
	/** How much of the quote and its context is at the best place, from 0 to 1. */
	readonly score: number;
	/** How much better that score is than that of the next best place that does not overlap it, or than 0. */
	readonly margin: number;
	/** What was found, as one sentence without a full stop, for display. */
	readonly reason: string;
}

/** A quote that was found. */
export interface Anchored extends Verdict {
	/**
	 * `exact`: its words are where they were. `moved`: its words are certainly elsewhere. `changed`: its words or its context have changed,
	 * and a person has to confirm the place.
	 */
	readonly state: 'exact' | 'moved' | 'changed';
	/** In UTF-16 units of the content. */
	readonly span: Span;
}

/** A quote whose place a person has to choose. */
export interface Ambiguous extends Verdict {
	readonly state: 'ambiguous';
	/** The best first. */
	readonly candidates: readonly CandidateRange[];
}

/** A quote that was not found. */
export interface Orphan extends Verdict {
	readonly state: 'orphan';
	/** Whether the search timed out. */
	readonly exhausted?: true;
}

export type AnchorResult = Anchored | Ambiguous | Orphan;

/** Time limits of a search. */
export interface AnchorOptions {
	readonly now: Clock;
	/** Milliseconds after which the search for one quote times out. Defaults to 50. */
	readonly budget?: number;
}

const BUDGET_MS = 50;

/** How many candidates are examined regardless of the time limit: notes must not be lost because a machine is busy. */
const ALWAYS = 32;

/** Maximum length of the context on each side, in UTF-16 units of the normal form. */
const MAX_CONTEXT_CHARS = 64;

/**
 * Finds a quote in a text: at its position, else where its words and context are, else where most of them are. An uncertain place is
 * never returned as certain. Does not throw, and does not take much longer than the budget for any quote.
 */
export function anchor(model: TextModel, selectors: Selectors, options: AnchorOptions): AnchorResult {
	const quote = normalQuote(selectors.quote);
	if (quote.exact === '') return anchorWithoutWords(model, selectors);
	const { position, expected } = selectors;
	const noted = position && model.toNormal(model.fromCodePoint(position.start));
	const sought: Sought = {
		noted,
		expected: expected === undefined ? undefined : model.toNormal(expected),
		shiftOf: place => (position ? model.toCodePoint(model.toContent(place.span).start) - position.start : 0),
		quoteWeight: informationOf(quote.exact),
		contextWeight: informationOf(quote.before) + informationOf(quote.after),
	};
	const whole = findWhole(model, quote, sought);
	if (whole) return toResult(model, selectors, sought, certain(whole, sought));
	const candidates: Candidate[] = [];
	// The index is shared by all quotes, so building it does not count towards the budget of the first one.
	void model.grams;
	const deadline = options.now() + (options.budget ?? BUDGET_MS);
	for (const candidate of candidatesFor(model, quote, sought.expected ?? noted ?? 0)) {
		candidates.push(candidate);
		if (candidates.length > ALWAYS && options.now() > deadline) return { ...orphan(TIMED_OUT), exhausted: true };
	}
	return toResult(model, selectors, sought, judgeCandidates(candidates, sought));
}

/** Anchors a quote that is only white space: it is found at its position or not at all. */
function anchorWithoutWords(model: TextModel, { quote: { exact }, position }: Selectors): AnchorResult {
	if (!position || exact === '') return orphan('The quote contains no words');
	const place = span(model.fromCodePoint(position.start), model.fromCodePoint(position.end));
	const there = model.content.slice(place.start, place.end);
	if (there === '' || normalForm(there).normal !== '') return orphan('The quote contains no words');
	return { state: 'exact', span: place, score: 1, margin: 1, reason: 'The same white space in the same place' };
}

const TIMED_OUT = 'The search timed out';

function orphan(reason: string): Orphan {
	return { state: 'orphan', score: 0, margin: 0, reason };
}

function normalQuote({ exact, prefix, suffix }: Quote): NormalQuote {
	return {
		before: normalForm(prefix).normal.slice(-MAX_CONTEXT_CHARS),
		exact: normalForm(exact).normal,
		after: normalForm(suffix).normal.slice(0, MAX_CONTEXT_CHARS),
	};
}

/**
 * Finds a quote with its whole context: at the expected place, or in the only place where it occurs. The latter requires enough context
 * or that no position is known, since a position elsewhere casts doubt on the match.
 */
function findWhole({ normal }: TextModel, quote: NormalQuote, sought: Sought): Candidate | undefined {
	const whole = quote.before + quote.exact + quote.after;
	const place = (start: number): Candidate => {
		const from = start + quote.before.length;
		const found = span(from, from + quote.exact.length);
		return { span: found, verbatim: true, quote: 1, context: 1, before: 1, after: 1, score: 1 };
	};
	for (const start of [sought.noted, sought.expected]) {
		const from = (start ?? -1) - quote.before.length;
		if (from >= 0 && normal.startsWith(whole, from)) return place(from);
	}
	const mayBeElsewhere = hasContext(sought) || (sought.noted === undefined && sought.expected === undefined);
	const only = mayBeElsewhere ? normal.indexOf(whole) : -1;
	if (only < 0 || normal.indexOf(whole, only + 1) >= 0) return undefined;
	const found = place(only);
	return isInPlaceToo(normal, quote, found, sought.expected ?? sought.noted) ? undefined : found;
}

/** How much text around the expected place is searched for how much of the context, in UTF-16 units. */
const AROUND = 120;
const EDGE = 12;

/** Whether a quote that was found elsewhere may also be at its expected place, changed: some of its context is there. */
function isInPlaceToo(normal: string, quote: NormalQuote, { span: found }: Candidate, expected = found.start): boolean {
	const [start, end] = [expected - AROUND, expected + quote.exact.length + AROUND];
	if (found.start >= start && found.start <= expected + AROUND) return false;
	const around = normal.slice(Math.max(0, start), Math.max(0, end));
	return [quote.before.slice(-EDGE), quote.after.slice(0, EDGE)].some(
		edge => edge.length === EDGE && around.includes(edge),
	);
}

function* candidatesFor(model: TextModel, quote: NormalQuote, expected: number): Generator<Candidate> {
	for (const start of verbatimPlaces(model, quote.exact, expected)) yield verbatimCandidate(model, quote, start);
	yield* similarCandidates(model, quote);
}

/** Converts a judgement to a result in the content. */
function toResult(model: TextModel, { quote }: Selectors, { noted }: Sought, judgement: AnchorJudgement): AnchorResult {
	const { kind, places, score, margin, reason } = judgement;
	const verdict = { score, margin, reason };
	const [best] = places;
	if (kind === 'gone' || !best) return { state: 'orphan', ...verdict };
	if (kind === 'unsure') {
		return {
			state: 'ambiguous',
			candidates: places.map(place => ({ span: contentSpan(model, quote, place), score: place.score })),
			...verdict,
		};
	}
	const state = kind === 'likely' ? 'changed' : noted === undefined || noted === best.span.start ? 'exact' : 'moved';
	return { state, span: contentSpan(model, quote, best), ...verdict };
}

/** Returns the part of the content at a place, widened to whole words for a changed quote of whole words. */
function contentSpan(model: TextModel, quote: Quote, { span: place, verbatim }: Candidate): Span {
	const found = model.toContent(place);
	return verbatim ? found : wholeWords(model.content, found, quote);
}
