import { quoteAt } from '../../../server/src/annotations/anchor/quote.ts';
import { createTextModel } from '../../../server/src/annotations/anchor/textModel.ts';
import { parseArticle } from '../../../server/src/article/article.ts';
import type { Span } from '../../../server/src/article/span.ts';
import type { Random } from '../random.ts';
import { around, sentencesIn, snap, wordsIn } from './pieces.ts';

/** An article that quotes are taken from. */
export interface Source {
	/** The whole file. */
	readonly file: string;
	/** The decoded text of its body. */
	readonly text: string;
	readonly language: 'zh' | 'en';
}

/** Reads a file as a source; `undefined` if it has too little text. */
export function sourceOf(file: string): Source | undefined {
	const text = parseArticle(file).content.value;
	if (text.trim().length < 600) return undefined;
	const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
	return { file, text, language: han > text.length / 5 ? 'zh' : 'en' };
}

/** Picks a quote of 1 to 300 characters, short ones as often as long ones: words, sentences, or arbitrary text. */
export function pickQuote(random: Random, { text }: Source): Span {
	for (;;) {
		const length = Math.round(300 ** (random.below(1001) / 1000));
		const start = random.below(Math.max(1, text.length - length));
		let quoted: Span = { start, end: start + length };
		const kind = random.below(10);
		if (kind < 4) quoted = snap(wordsIn(text, around(text, start, length + 40)), quoted);
		else if (kind < 7) quoted = snap(sentencesIn(text, around(text, start, length + 200)), quoted);
		quoted = trimmed(text, quoted);
		const exact = text.slice(quoted.start, quoted.end);
		if (/[\p{L}\p{N}]/u.test(exact) && exact.length <= 320) return quoted;
	}
}

/** Trims white space from a range and extends it to whole characters. */
function trimmed(text: string, range: Span): Span {
	const model = createTextModel(text);
	const { position } = quoteAt(model, range);
	const [start, end] = [model.fromCodePoint(position.start), model.fromCodePoint(position.end)];
	const exact = text.slice(start, end);
	return { start: end - exact.trimStart().length, end: start + exact.trimEnd().length };
}
