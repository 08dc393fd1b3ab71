import search from 'approx-string-match';
import { anchor } from '../../../server/src/annotations/anchor/anchor.ts';
import { anchorAll } from '../../../server/src/annotations/anchor/anchorAll.ts';
import { quoteAt } from '../../../server/src/annotations/anchor/quote.ts';
import { createTextModel } from '../../../server/src/annotations/anchor/textModel.ts';
import type { Span } from '../../../server/src/article/span.ts';
import type { Case } from './cases.ts';

/** A contender's answer for a quote. */
export interface Answer {
	readonly state: 'exact' | 'moved' | 'changed' | 'ambiguous' | 'orphan';
	/** The span found, if any. */
	readonly place: Span | undefined;
	/** The time in milliseconds, without work that is done once per text. */
	readonly time: number;
}

/** Marginalia's anchoring. */
export function marginalia({ before, quoted, after }: Case): Answer {
	const selectors = quoteAt(createTextModel(before), quoted);
	const model = createTextModel(after);
	// Do not count work that all notes of an article share.
	model.toCodePoint(0);
	model.grams.places('', 0);
	const start = performance.now();
	const found = anchor(model, selectors, { now: () => performance.now() });
	const time = performance.now() - start;
	return { state: found.state, place: 'span' in found ? found.span : undefined, time };
}

/** The same, together with other notes of the article. */
export async function together({ before, quoted, others, after }: Case): Promise<Answer> {
	const noted = createTextModel(before);
	const model = createTextModel(after);
	const all = [quoted, ...others].map(part => quoteAt(noted, part));
	const start = performance.now();
	const found = await anchorAll(model, all, {
		now: () => performance.now(),
		pause: async () => {},
		token: { isCancellationRequested: false },
	});
	const [first] = found ?? [];
	if (!first) throw new Error('No result');
	const time = (performance.now() - start) / all.length;
	return { state: first.state, place: 'span' in first ? first.span : undefined, time };
}

/** The best match of the quote alone according to approx-string-match; the nearest if there are several. No states. */
export function plain({ before, quoted, after }: Case): Answer {
	const exact = before.slice(quoted.start, quoted.end);
	const start = performance.now();
	const matches = search(after, exact, Math.floor(exact.length / 2));
	const distance = (match: Span): number => Math.abs(match.start - quoted.start);
	const [best] = matches.toSorted((a, b) => distance(a) - distance(b));
	const time = performance.now() - start;
	return { state: best ? (best.errors === 0 ? 'moved' : 'changed') : 'orphan', place: best, time };
}
