import { type Span, span } from '../../article/span.ts';
import { firstIndex } from '../../util/order.ts';
import { type Alignment, align } from './align.ts';
import { diagonals } from './diagonals.ts';
import { informationOf, resemblance, solidMatches } from './resemblance.ts';
import type { TextModel } from './textModel.ts';

/** A quote in the normal form in which texts are compared. */
export interface NormalQuote {
	readonly before: string;
	readonly exact: string;
	readonly after: string;
}

/** A place where a quote may stand, or where it stood. */
export interface Candidate {
	/** In the normal text; empty where only the text around the quote is there. */
	readonly span: Span;
	/** Whether its words are there, and no others. */
	readonly verbatim: boolean;
	/** How much of the quote is there, from 0 to 1. */
	readonly quote: number;
	/** How much of the text around it is there, from 0 to 1: on both sides, and on each; all of a side on which there was none. */
	readonly context: number;
	readonly before: number;
	readonly after: number;
	/** How much of both is there, from 0 to 1. */
	readonly score: number;
}

/** Of a quote that is longer in UTF-16 units only the two ends, of so many each, are aligned. */
const MAX_WHOLE_QUOTE_CHARS = 320;
const END = 128;

/** How much more text than pattern an alignment may use on each side. */
const SLACK = 40;

/** Places that are judged of a quote that stands unchanged in many, and how far before the expected one they begin. */
const MOST_VERBATIM = 100;
const REACH = 4000;

/** Places that are judged for a quote that is changed. */
const MOST_SIMILAR = 8;
const MOST_ENDS = 4;

/** Where the words of a quote stand unchanged; of many, the first in the text and some around the expected place. */
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

/** Judges a place where the words of a quote stand unchanged by the text around it. */
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
		before: likenessBefore(left, before.length, start),
		after: likenessAfter(right, 0, end),
	});
}

/** The places that share most with a quote and the text around it. */
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
			before: likenessBefore(found, part.start, start),
			after: likenessAfter(found, part.end, end),
		});
	}
}

/** The same for a quote that is too long to be aligned: its ends are, and what lies between them is compared piece by piece. */
function* longCandidates(model: TextModel, quote: NormalQuote): Generator<Candidate> {
	const { before, exact, after } = quote;
	const tails = [...matches(model, exact.slice(-END) + after, MOST_ENDS)].map(found => {
		const { end } = edges(found, span(0, END));
		return { end, after: likenessAfter(found, END, end) };
	});
	for (const found of matches(model, before + exact.slice(0, END), MOST_ENDS)) {
		const { start } = edges(found, span(before.length, before.length + END));
		for (const { end, after } of tails) {
			if (end - start < exact.length / 3 || end - start > exact.length * 3) continue;
			yield candidate(quote, {
				span: span(start, end),
				verbatim: model.normal.slice(start, end) === exact,
				quote: sampledLikeness(model, exact, span(start, end)),
				before: likenessBefore(found, before.length, start),
				after,
			});
		}
	}
}

/** Pieces of a long quote that are looked up. */
const SAMPLES = 256;

/** The share of pieces of a long quote that stand in a part of the text about where they should. */
function sampledLikeness({ grams }: TextModel, exact: string, place: Span): number {
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

/** A pattern laid on a part of the normal text. */
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

/** A pattern laid on the parts of the text that share most with it. */
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
 * Where a part of a pattern came to lie. Where its first or last character is gone, but its neighbour outside the part is there, all up
 * to that is what stands in its place.
 */
function edges({ places, matched, pattern }: Match, { start, end }: Span): Span {
	const before = matched[start - 1] && !matched[start] ? (places[start - 1] ?? 0) + 1 : places[start];
	const last = Math.min(places[end] ?? 0, (places[end - 1] ?? 0) + 1);
	const after = end < pattern.length && matched[end] && !matched[end - 1] ? places[end] : last;
	return span(before ?? 0, Math.max(before ?? 0, after ?? 0));
}

/** How much of the first `length` characters of a pattern is there before `edge`, what was put in between held against it. */
function likenessBefore({ normal, pattern, places, matched, solid }: Match, length: number, edge: number): number {
	const first = matched.indexOf(true);
	const from = first < 0 || first >= length ? edge : Math.min(edge, places[first] ?? edge);
	return resemblance(pattern, span(0, length), solid, informationOf(normal, from, edge));
}

/** How much of a pattern from `start` on is there after `edge`. */
function likenessAfter({ normal, pattern, places, matched, solid }: Match, start: number, edge: number): number {
	const last = matched.lastIndexOf(true);
	const to = last < start ? edge : Math.max(edge, (places[last] ?? edge) + 1);
	return resemblance(pattern, span(start, pattern.length), solid, informationOf(normal, edge, to));
}

/** What was measured at a place. */
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
