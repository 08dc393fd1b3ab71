import { type Span, span } from '../../article/span.ts';
import { firstIndex } from '../../util/order.ts';
import { type Alignment, align } from './align.ts';
import { diagonals } from './diagonals.ts';
import { informationOf, resemblance, solidMatches } from './resemblance.ts';
import type { TextModel } from './textModel.ts';

/** A quote in normal form. */
export interface NormalQuote {
	readonly before: string;
	readonly exact: string;
	readonly after: string;
}

/** A possible place of a quote. */
export interface Candidate {
	/** In the normal text; empty if only the context is there. */
	readonly span: Span;
	/** Whether the quote is there unchanged. */
	readonly verbatim: boolean;
	/** How much of the quote is there, from 0 to 1. */
	readonly quote: number;
	/** How much of the context is there, from 0 to 1: on both sides, and on each side; 1 for a side without context. */
	readonly context: number;
	readonly before: number;
	readonly after: number;
	/** How much of the quote and its context is there, from 0 to 1. */
	readonly score: number;
}

/** Of a longer quote, in UTF-16 units, only the first and last `END` units are aligned. */
const MAX_WHOLE_QUOTE_CHARS = 320;
const END = 128;

/** How much more text than pattern an alignment may use on each side. */
const SLACK = 40;

/** How many occurrences of an unchanged quote are judged, from the start and from `REACH` units before the expected place. */
const MOST_VERBATIM = 100;
const REACH = 4000;

/** How many places are judged for a changed quote, and for each end of a long one. */
const MOST_SIMILAR = 8;
const MOST_ENDS = 4;

/** Finds where a quote occurs unchanged. If there are many occurrences, returns the first ones and some near the expected place. */
export function verbatimPlaces({ normal }: TextModel, exact: string, expected: number): readonly number[] {
	const places = new Set<number>();
	for (const from of [0, Math.max(0, expected - REACH)]) {
		let left = MOST_VERBATIM;
		for (let at = normal.indexOf(exact, from); at >= 0 && left > 0; at = normal.indexOf(exact, at + 1), left--) {
			places.add(at);
		}
	}
	return [...places];
}

/** Measures how much of the context is at a place where a quote occurs unchanged. */
export function verbatimCandidate({ normal }: TextModel, quote: NormalQuote, start: number): Candidate {
	const { before, exact, after } = quote;
	const end = start + exact.length;
	const [from, to] = [Math.max(0, start - before.length - SLACK), Math.min(normal.length, end + after.length + SLACK)];
	const left = match(normal, before, from, start, { start: true, end: false });
	const right = match(normal, after, end, to, { start: false, end: true });
	return candidate(quote, {
		span: span(start, end),
		verbatim: true,
		quote: 1,
		before: similarityBefore(left, before.length, start),
		after: similarityAfter(right, 0, end),
	});
}

/** Finds the places that are most similar to a quote and its context. */
export function* similarCandidates(model: TextModel, quote: NormalQuote): Generator<Candidate> {
	const { before, exact, after } = quote;
	if (exact.length > MAX_WHOLE_QUOTE_CHARS) {
		yield* longCandidates(model, quote);
		return;
	}
	const pattern = before + exact + after;
	const part = span(before.length, before.length + exact.length);
	for (const found of matches(model, pattern, MOST_SIMILAR)) {
		const { start, end } = edges(found, part);
		yield candidate(quote, {
			span: span(start, end),
			verbatim: model.normal.slice(start, end) === exact,
			quote: start === end ? 0 : resemblance(pattern, part, found.solid, informationOf(model.normal, start, end)),
			before: similarityBefore(found, part.start, start),
			after: similarityAfter(found, part.end, end),
		});
	}
}

/** Does the same for a quote that is too long to align: aligns its ends, and compares samples in between. */
function* longCandidates(model: TextModel, quote: NormalQuote): Generator<Candidate> {
	const { before, exact, after } = quote;
	const tails = [...matches(model, exact.slice(-END) + after, MOST_ENDS)].map(found => {
		const { end } = edges(found, span(0, END));
		return { end, after: similarityAfter(found, END, end) };
	});
	for (const found of matches(model, before + exact.slice(0, END), MOST_ENDS)) {
		const { start } = edges(found, span(before.length, before.length + END));
		for (const { end, after } of tails) {
			if (end - start < exact.length / 3 || end - start > exact.length * 3) continue;
			yield candidate(quote, {
				span: span(start, end),
				verbatim: model.normal.slice(start, end) === exact,
				quote: sampledSimilarity(model, exact, span(start, end)),
				before: similarityBefore(found, before.length, start),
				after,
			});
		}
	}
}

/** How many pieces of a long quote are looked up. */
const SAMPLES = 256;

/** Returns the share of sampled pieces of a long quote that are about where they should be in a part of the text. */
function sampledSimilarity({ grams }: TextModel, exact: string, place: Span): number {
	const scale = (place.end - place.start) / exact.length;
	const tolerance = 64 + (place.end - place.start) / 10;
	let found = 0;
	for (let sample = 0; sample < SAMPLES; sample++) {
		const offset = Math.floor((sample / SAMPLES) * exact.length);
		const expected = place.start + offset * scale;
		const places = grams.places(exact, offset);
		const least = Math.max(place.start, expected - tolerance);
		const next = places[firstIndex(places.length, index => (places[index] ?? 0) >= least)];
		if (next !== undefined && next <= expected + tolerance && next < place.end) found++;
	}
	return (found / SAMPLES) * Math.min(scale, 1 / scale);
}

/** A pattern aligned with a part of the normal text. */
interface Match extends Alignment {
	readonly normal: string;
	readonly pattern: string;
	readonly solid: readonly boolean[];
}

function match(
	normal: string,
	pattern: string,
	from: number,
	to: number,
	free: { readonly start: boolean; readonly end: boolean },
): Match {
	const alignment = align(pattern, normal, from, to, free);
	return { ...alignment, normal, pattern, solid: solidMatches(pattern, alignment) };
}

/** Aligns a pattern with the parts of the text that share most with it. */
function* matches(model: TextModel, pattern: string, most: number): Generator<Match> {
	const { normal } = model;
	const slack = SLACK + Math.round(pattern.length / 4);
	for (const start of diagonals(model, pattern, most)) {
		const from = Math.max(0, start - slack);
		const to = Math.min(normal.length, start + pattern.length + slack);
		if (from < to) yield match(normal, pattern, from, to, { start: true, end: true });
	}
}

/**
 * Returns where a part of a pattern is in the text. If its first or last character is gone but the neighbouring character outside the
 * part is there, the part extends up to that neighbour.
 */
function edges({ places, matched, pattern }: Match, { start, end }: Span): Span {
	const before = matched[start - 1] && !matched[start] ? (places[start - 1] ?? 0) + 1 : places[start];
	const last = Math.min(places[end] ?? 0, (places[end - 1] ?? 0) + 1);
	const after = end < pattern.length && matched[end] && !matched[end - 1] ? places[end] : last;
	return span(before ?? 0, Math.max(before ?? 0, after ?? 0));
}

/** Returns how much of the first `length` characters of a pattern is there before `edge`. Insertions lower the result. */
function similarityBefore({ normal, pattern, places, matched, solid }: Match, length: number, edge: number): number {
	const first = matched.indexOf(true);
	const from = first < 0 || first >= length ? edge : Math.min(edge, places[first] ?? edge);
	return resemblance(pattern, span(0, length), solid, informationOf(normal, from, edge));
}

/** Returns how much of a pattern from `start` on is there after `edge`. Insertions lower the result. */
function similarityAfter({ normal, pattern, places, matched, solid }: Match, start: number, edge: number): number {
	const last = matched.lastIndexOf(true);
	const to = last < start ? edge : Math.max(edge, (places[last] ?? edge) + 1);
	return resemblance(pattern, span(start, pattern.length), solid, informationOf(normal, edge, to));
}

/** The measurements at a place. */
type Measured = Pick<Candidate, 'span' | 'verbatim' | 'quote' | 'before' | 'after'>;

function candidate(quote: NormalQuote, measured: Measured): Candidate {
	const { before, after } = measured;
	const [left, middle, right] = [informationOf(quote.before), informationOf(quote.exact), informationOf(quote.after)];
	const kept = before * left + after * right;
	return {
		...measured,
		before: left === 0 ? 1 : before,
		after: right === 0 ? 1 : after,
		context: kept / Math.max(1, left + right),
		score: (kept + measured.quote * middle) / (left + middle + right),
	};
}
