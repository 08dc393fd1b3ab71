import { anchor } from '../../../server/src/annotations/anchor/anchor.ts';
import { quoteAt } from '../../../server/src/annotations/anchor/quote.ts';
import type { Selectors } from '../../../server/src/annotations/anchor/selectors.ts';
import { createTextModel } from '../../../server/src/annotations/anchor/textModel.ts';
import type { Random } from '../random.ts';
import { formatMs, formatTable, median } from '../table.ts';
import { pickQuote, type Source } from './sources.ts';

const now = (): number => performance.now();

/** Returns the median time of a task in milliseconds. */
function timeOf(work: () => void): number {
	const times = Array.from({ length: 7 }, () => {
		const start = now();
		work();
		return now() - start;
	});
	return median(times);
}

/** Measures 1,000 notes in one article, including the text model, and quotes that are designed to be slow. */
export function reportCosts(random: Random, source: Source): string {
	const noted = createTextModel(source.text);
	const notes = Array.from({ length: 1000 }, () => quoteAt(noted, pickQuote(random, source)));
	const cost = (content: string, all: readonly Selectors[]): string =>
		formatMs(
			timeOf(() => {
				const model = createTextModel(content);
				for (const selectors of all) anchor(model, selectors, { now });
			}),
		);
	const quote = (exact: string, context: string): Selectors => ({
		quote: { exact, prefix: context, suffix: context },
		position: { start: 1000, end: 1001 },
	});
	const size = `${Math.round(source.text.length / 1000)}`;
	const [latin, letters] = ['lorem ipsum '.repeat(84_000), 'a'.repeat(200_000)];
	return formatTable([
		['', 'ms'],
		[`1,000 notes in an unchanged article with ${size},000 characters`, cost(source.text, notes)],
		['the same after inserting a sentence at the start', cost(`It rained all day. ${source.text}`, notes)],
		['"e" in a million characters, without its context', cost(latin, [quote('e', 'nothing of that kind is there')])],
		['20 × "a" in 200,000 × "a"', cost(letters, [quote('a'.repeat(20), 'a'.repeat(32))])],
		['the same with another context', cost(letters, [quote('a'.repeat(20), 'b'.repeat(32))])],
		['"b" and 300 × "a" in 200,000 × "a"', cost(letters, [quote(`b${'a'.repeat(300)}`, 'c'.repeat(32))])],
	]);
}
