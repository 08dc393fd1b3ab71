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

/** A place that may be meant. */
export interface CandidateRange {
	/** In UTF-16 units of the content. */
	readonly span: Span;
	/** How much of the quote and the text around it is there, from 0 to 1. */
	readonly score: number;
}

/** What became of a quote, and how sure that is. */
interface Verdict {
	/** How much of the quote and the text around it is at the best place, from 0 to 1. */
	readonly score: number;
	/** By how much that place is better than the next best that lies apart from it, or than nothing. */
	readonly margin: number;
	/** What was found, for people: one sentence without a full stop. */
	readonly reason: string;
}

/** A quote that was found. */
export interface Anchored extends Verdict {
	/**
	 * `exact`: its words are where they were. `moved`: its words are elsewhere, no doubt about it. `changed`: its words, or those around
	 * them, are not the same any more; a person has to agree.
	 */
	readonly state: 'exact' | 'moved' | 'changed';
	/** In UTF-16 units of the content. */
	readonly span: Span;
}

/** A quote of which a person has to say where it is. */
export interface Ambiguous extends Verdict {
	readonly state: 'ambiguous';
	/** The best first. */
	readonly candidates: readonly CandidateRange[];
}

/** A quote that is nowhere. */
export interface Orphan extends Verdict {
	readonly state: 'orphan';
	/** Whether the search was given up because it took too long. */
	readonly exhausted?: true;
}

export type AnchorResult = Anchored | Ambiguous | Orphan;

/** What a search may cost. */
export interface AnchorOptions {
	readonly now: Clock;
	/** Milliseconds after which the search for one quote is given up; 50 by default. */
	readonly budget?: number;
}

const BUDGET_MS = 50;

/** How many places are looked at however long it takes: a machine that is busy with other things must not lose notes. */
const ALWAYS = 32;

/** Longest context to each side that is looked at, in UTF-16 units of the normal form. */
const MAX_CONTEXT_CHARS = 64;

/**
 * Says where a quote stands in a text: at its position, else where its words and those around them are, else where most of them are. A
 * place that is not certain is never passed off as such. Never fails, and never goes on for much longer than the budget, whatever the
 * quote.
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
	if (whole) return told(model, selectors, sought, certain(whole, sought));
	const candidates: Candidate[] = [];
	// What all quotes of a text share is not held against the one that is the first to need it.
	void model.grams;
	const deadline = options.now() + (options.budget ?? BUDGET_MS);
	for (const candidate of candidatesFor(model, quote, sought.expected ?? noted ?? 0)) {
		candidates.push(candidate);
		if (candidates.length > ALWAYS && options.now() > deadline) return { ...orphan(TIMED_OUT), exhausted: true };
	}
	return told(model, selectors, sought, judgeCandidates(candidates, sought));
}

/** White space is where it was, or nowhere. */
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
 * Where a quote stands with all that is known of its context: where it should, or in the only place where it does. With little context that
 * has to be all that is known: a position that says otherwise is a doubt.
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
	const isTold = hasContext(sought) || (sought.noted === undefined && sought.expected === undefined);
	const only = isTold ? normal.indexOf(whole) : -1;
	if (only < 0 || normal.indexOf(whole, only + 1) >= 0) return undefined;
	const found = place(only);
	return isInPlaceToo(normal, quote, found, sought.expected ?? sought.noted) ? undefined : found;
}

/** How much text is looked at around the place where a quote should be, and for how much of its context. */
const AROUND = 120;
const EDGE = 12;

/** Whether a quote that was found elsewhere may be in its place as well, changed: some of its context is there. */
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

/** What a judgement means for the content. */
function told(model: TextModel, { quote }: Selectors, { noted }: Sought, judgement: AnchorJudgement): AnchorResult {
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

/** The part of the content that a place stands for; of a changed quote of whole words, whole words. */
function contentSpan(model: TextModel, quote: Quote, { span: place, verbatim }: Candidate): Span {
	const found = model.toContent(place);
	return verbatim ? found : wholeWords(model.content, found, quote);
}
