import type { Span } from '../../../server/src/article/span.ts';
import type { Random } from '../random.ts';
import { CONTEXT, DAMAGES } from './damages.ts';
import { kept } from './edits.ts';
import { widened } from './pieces.ts';
import { pickQuote, type Source } from './sources.ts';

/** A quote of an article, a later version of the article, and what became of the quote. */
export interface Case {
	readonly damage: string;
	readonly language: 'zh' | 'en';
	readonly quoted: Span;
	/** Other quotes of the same article. */
	readonly others: readonly Span[];
	readonly before: string;
	readonly after: string;
	/** Where the quote is now; `undefined` if it was deleted. */
	readonly truth: Span | undefined;
	/** The remaining share of the quote and of the 32 characters on each side, from 0 to 1. */
	readonly quoteKept: number;
	readonly contextKept: number;
}

/** The number of other quotes in an article with notes. */
const OTHERS = 6;

/**
 * Damages an article. Returns `undefined` if the damage does not apply to the quote, or if its result would be
 * ambiguous, because the same words occur elsewhere in the same context or right next to the quote.
 */
export function makeCase(random: Random, source: Source, damage: number): Case | undefined {
	const [name, run] = DAMAGES[damage] ?? [];
	if (name === undefined || !run) return undefined;
	const quoted = pickQuote(random, source);
	const { text } = source;
	const exact = text.slice(quoted.start, quoted.end);
	if (text.endsWith(exact, quoted.start) || text.startsWith(exact, quoted.end)) return undefined;
	if (isTwice(text, widened(text, quoted, CONTEXT))) return undefined;
	const outcome = run(random, source, quoted);
	if (!outcome || outcome.made?.length === 0) return undefined;
	const { made = [], moved = { start: 0, end: text.length } } = outcome;
	const before = { start: Math.max(0, quoted.start - CONTEXT), end: quoted.start };
	const after = { start: quoted.end, end: Math.min(text.length, quoted.end + CONTEXT) };
	const left = (context: Span): number => kept(text, context, made) * inside(context, moved);
	return {
		damage: name,
		language: source.language,
		quoted,
		others: Array.from({ length: OTHERS }, () => pickQuote(random, source)),
		before: text,
		after: outcome.text,
		truth: outcome.place,
		quoteKept: kept(text, quoted, made),
		contextKept: (left(before) + left(after)) / 2,
	};
}

/** Whether a part of a text occurs elsewhere in it, ignoring white space. */
function isTwice(text: string, { start, end }: Span): boolean {
	const seen = text.replace(/\s/g, '');
	const part = text.slice(start, end).replace(/\s/g, '');
	return seen.indexOf(part) !== seen.lastIndexOf(part);
}

/** Returns the share of a range that is in another, from 0 to 1. */
function inside({ start, end }: Span, other: Span): number {
	return start === end ? 1 : Math.max(0, Math.min(end, other.end) - Math.max(start, other.start)) / (end - start);
}
