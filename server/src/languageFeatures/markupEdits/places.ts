import type { Obstacle } from '../../annotations/inlineEdits.ts';
import type { Article } from '../../article/article.ts';
import { contains, type Span, span } from '../../article/span.ts';
import { firstIndex } from '../../util/order.ts';
import { wordAt } from '../segments.ts';
import type { TextRun } from './runs.ts';

/** How long a character reference is that a cursor can be in, in UTF-16 code units. */
const LONGEST_REFERENCE = 40;

const REFERENCE = /&(?:#\d+|#x[\da-f]+|[a-z][a-z\d]*);?/iy;

/** Returns the character at an offset that must not be divided: a character reference, or a pair of surrogates. */
function wholeAt(text: string, offset: number): Span {
	if (/^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(offset - 1, offset + 1))) return span(offset - 1, offset + 1);
	const from = Math.max(0, offset - LONGEST_REFERENCE);
	const start = from + text.slice(from, offset).lastIndexOf('&');
	if (start < from) return span(offset, offset);
	REFERENCE.lastIndex = start;
	return REFERENCE.test(text) && REFERENCE.lastIndex > offset ? span(start, REFERENCE.lastIndex) : span(offset, offset);
}

/** Returns the part of a selection that is in the body, with whole characters; an obstacle if it is in the header. */
export function partInBody({ text, body }: Article, { start, end }: Span): Span | Obstacle {
	if (end < body.span.start || (start < body.span.start && start === end))
		return { obstacle: 'Place the cursor in the body: the header of an article has no markup' };
	const from = wholeAt(text, Math.max(start, body.span.start));
	if (start === end) return span(from.end, from.end);
	return span(from.start, wholeAt(text, end).end);
}

/** Returns the word at an offset, as far as it is in one run. */
export function wordIn(text: string, runs: readonly TextRun[], offset: number): Span | undefined {
	const at = firstIndex(runs.length, index => (runs[index]?.end ?? 0) >= offset);
	for (const run of runs.slice(at, at + 2)) {
		const word = run.kind === 'text' && contains(run, offset) ? wordAt(text, run, offset) : undefined;
		// A part of a character reference is no word.
		if (word && wholeAt(text, word.start).start === word.start && wholeAt(text, word.end).end === word.end) return word;
	}
	return undefined;
}

/** Returns spans in text order, with those that overlap merged. */
export function united(spans: readonly Span[]): readonly Span[] {
	const result: Span[] = [];
	for (const one of spans.toSorted((a, b) => a.start - b.start)) {
		const last = result.at(-1);
		if (last && one.start < last.end) result[result.length - 1] = span(last.start, Math.max(last.end, one.end));
		else if (one.start < one.end) result.push(one);
	}
	return result;
}

/** Returns the innermost span around each offset, not counting its edges. The spans are nested or apart. */
export function innermostAtEach<S extends Span>(
	spans: readonly S[],
	offsets: readonly number[],
): readonly (S | undefined)[] {
	const sorted = spans.toSorted((a, b) => a.start - b.start || b.end - a.end);
	const order = [...offsets.keys()].sort((a, b) => (offsets[a] ?? 0) - (offsets[b] ?? 0));
	const found: (S | undefined)[] = offsets.map(() => undefined);
	const open: S[] = [];
	let next = 0;
	for (const index of order) {
		const offset = offsets[index] ?? 0;
		for (let one = sorted[next]; one && one.start < offset; one = sorted[++next]) {
			while (open.length > 0 && (open.at(-1)?.end ?? 0) <= one.start) open.pop();
			open.push(one);
		}
		while (open.length > 0 && (open.at(-1)?.end ?? 0) <= offset) open.pop();
		found[index] = open.at(-1);
	}
	return found;
}

/** Returns the spans that share a character with another one. They are in text order and apart. */
export function touched<S extends Span>(spans: readonly S[], { start, end }: Span): readonly S[] {
	const from = firstIndex(spans.length, index => (spans[index]?.end ?? 0) > start);
	return spans.slice(
		from,
		Math.max(
			from,
			firstIndex(spans.length, index => (spans[index]?.start ?? 0) >= end),
		),
	);
}
