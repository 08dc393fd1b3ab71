import search from 'approx-string-match';
import { anchor } from '../../../server/src/annotations/anchor/anchor.ts';
import { anchorAll } from '../../../server/src/annotations/anchor/anchorAll.ts';
import { quoteAt } from '../../../server/src/annotations/anchor/quote.ts';
import { createTextModel } from '../../../server/src/annotations/anchor/textModel.ts';
import type { Span } from '../../../server/src/article/span.ts';
import type { Case } from './cases.ts';

/** What a contender says of a quote. */
export interface Answer {
	readonly state: 'exact' | 'moved' | 'changed' | 'ambiguous' | 'orphan';
	/** Where it is, if it says so. */
	readonly place: Span | undefined;
	/** Time that it took, without what is done once for each text, in milliseconds. */
	readonly time: number;
}

/** Anchoring as it is built here. */
export function marginalia({ before, quoted, after }: Case): Answer {
	const selectors = quoteAt(createTextModel(before), quoted);
	const model = createTextModel(after);
	// What all notes of an article share is not the time of one.
	model.toCodePoint(0);
	model.grams.places('', 0);
	const start = performance.now();
	const found = anchor(model, selectors, { now: () => performance.now() });
	const time = performance.now() - start;
	return { state: found.state, place: 'span' in found ? found.span : undefined, time };
}

/** The same together with other notes of the article. */
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
	if (!first) throw new Error('nothing was found');
	const time = (performance.now() - start) / all.length;
	return { state: first.state, place: 'span' in first ? first.span : undefined, time };
}

/** The best match of the quote alone, as approx-string-match finds it, the nearest of several; no states. */
export function plain({ before, quoted, after }: Case): Answer {
	const exact = before.slice(quoted.start, quoted.end);
	const start = performance.now();
	const matches = search(after, exact, Math.floor(exact.length / 2));
	const distance = (match: Span): number => Math.abs(match.start - quoted.start);
	const [best] = matches.toSorted((a, b) => distance(a) - distance(b));
	const time = performance.now() - start;
	return { state: best ? (best.errors === 0 ? 'moved' : 'changed') : 'orphan', place: best, time };
}
