import { parseArticle } from '../../../server/src/article/article.ts';
import { applyEdits } from '../../../server/src/article/edits.ts';
import { expandEdits } from '../../../server/src/article/expand.ts';
import type { Span } from '../../../server/src/article/span.ts';
import type { Random } from '../random.ts';
import { edits, kept, type Marked, type Replacement, replace } from './edits.ts';
import { around, elsewhere, outside, sentencesAround, sentencesIn, widened, wordsIn } from './pieces.ts';
import type { Source } from './sources.ts';

/** The number of characters on each side of a quote that are its context. */
export const CONTEXT = 32;

/** The result of damage. */
export interface Outcome extends Marked {
	/** The changes of single words; may be empty. */
	readonly made?: readonly Replacement[];
	/** The passage that was moved together with the quote. */
	readonly moved?: Span;
}

/** A kind of damage; returns `undefined` if it does not apply to the quote. */
export type Damage = (random: Random, source: Source, quoted: Span) => Outcome | undefined;

const RATES = [1, 5, 10, 20, 30, 40] as const;

function edited(
	random: Random,
	{ text }: Source,
	place: Span,
	words: readonly Span[],
	rate: number | 'all',
): ReturnType<Damage> {
	const made = edits(random, text, words, rate);
	return { ...replace({ text, place }, made), made };
}

const whole = (text: string): Span => ({ start: 0, end: text.length });

const inOrder = (replacements: readonly Replacement[]): Replacement[] =>
	replacements.toSorted((a, b) => a.start - b.start);

/** Removes a passage and inserts a text elsewhere. */
function transplant(text: string, place: Span | undefined, passage: Span, at: number, put: string): Marked {
	return replace(
		{ text, place },
		inOrder([
			{ ...passage, text: '' },
			{ start: at, end: at, text: put },
		]),
	);
}

/** All kinds of damage. */
export const DAMAGES: readonly (readonly [name: string, damage: Damage])[] = [
	['nothing', (_, { text }, place) => ({ text, place })],
	...RATES.map((rate): readonly [string, Damage] => [
		`${rate} % edited, not near the quote`,
		(random, source, place) =>
			edited(
				random,
				source,
				place,
				outside(wordsIn(source.text, whole(source.text)), widened(source.text, place, 60)),
				rate,
			),
	]),
	...RATES.map((rate): readonly [string, Damage] => [
		`${rate} % edited, near and in the quote`,
		(random, source, place) =>
			edited(random, source, place, wordsIn(source.text, widened(source.text, place, 60)), rate),
	]),
	...RATES.map((rate): readonly [string, Damage] => [
		`${rate} % edited, everywhere`,
		(random, source, place) => edited(random, source, place, wordsIn(source.text, whole(source.text)), rate),
	]),
	...RATES.map((rate): readonly [string, Damage] => [
		`${rate} % edited, in the quote`,
		(random, source, place) => edited(random, source, place, wordsIn(source.text, place), rate),
	]),
	...([5, 10, 20, 30] as const).map((rate): readonly [string, Damage] => [
		`${rate} % edited, near and in the quote, paragraphs inserted or deleted before`,
		(random, source, place) => {
			const { text } = source;
			const made = edits(random, text, wordsIn(text, widened(text, place, 60)), rate);
			const passage = sentencesIn(text, around(text, random.below(text.length), 50 + random.below(500)));
			const [first, last] = [passage[1], passage.at(-2)];
			if (!first || !last || last.end > place.start - 100) return undefined;
			const at = first.start;
			const block = random.percent(50)
				? { start: at, end: last.end, text: '' }
				: { start: at, end: at, text: Array.from(text.slice(first.start, last.end)).reverse().join('') };
			return { ...replace({ text, place }, inOrder([block, ...made])), made };
		},
	]),
	[
		'text around the quote rewritten',
		(random, source, place) =>
			edited(random, source, place, outside(wordsIn(source.text, widened(source.text, place, 80)), place), 'all'),
	],
	[
		'quote rewritten',
		(random, source, place) => {
			const result = edited(random, source, place, wordsIn(source.text, place), 'all');
			const exact = source.text.slice(place.start, place.end);
			return result?.place && result.text.slice(result.place.start, result.place.end).includes(exact)
				? undefined
				: result;
		},
	],
	[
		'paragraph rewritten',
		(random, source, place) => {
			const result = edited(random, source, place, wordsIn(source.text, widened(source.text, place, 300)), 'all');
			return result && { ...result, place: undefined };
		},
	],
	[
		'sentence deleted',
		(_, { text }, place) => replace({ text, place: undefined }, [{ ...sentencesAround(text, place), text: '' }]),
	],
	['quote deleted', (_, { text }, place) => replace({ text, place: undefined }, [{ ...place, text: '' }])],
	[
		'sentence deleted, a lookalike far away',
		(random, source, place) => {
			const { text } = source;
			const passage = sentencesAround(text, place);
			const at = elsewhere(random, text, passage, 300);
			const put = lookalike(random, text, passage, place);
			return at === undefined || put === undefined ? undefined : transplant(text, undefined, passage, at, put);
		},
	],
	[
		'sentence deleted, a lookalike nearby',
		(random, { text }, place) => {
			const passage = sentencesAround(text, place);
			const at = elsewhere(random, text, passage, 120, 500);
			const put = lookalike(random, text, passage, place);
			return at === undefined || put === undefined ? undefined : transplant(text, undefined, passage, at, put);
		},
	],
	[
		'a lookalike added nearby',
		(random, { text }, place) => {
			const passage = sentencesAround(text, place);
			const put = lookalike(random, text, passage, place);
			if (put === undefined) return undefined;
			const at = random.percent(50) ? passage.start : passage.end;
			return replace({ text, place }, [{ start: at, end: at, text: put }]);
		},
	],
	[
		'quote changed, the same words elsewhere',
		(random, source, place) => {
			const { text } = source;
			const at = elsewhere(random, text, widened(text, place, 80), 20);
			const words = edits(random, text, wordsIn(text, place), 'all');
			// A long quote that occurs elsewhere, word for word, was moved there.
			if (at === undefined || words.length === 0 || place.end - place.start > 20) return undefined;
			const made = inOrder([...words, { start: at, end: at, text: ` ${text.slice(place.start, place.end)} ` }]);
			return { ...replace({ text, place }, made), made };
		},
	],
	[
		'sentences moved',
		(random, { text }, place) => {
			const passage = sentencesAround(text, place);
			const at = elsewhere(random, text, passage, 100);
			return at === undefined ? undefined : moved(text, place, passage, at);
		},
	],
	[
		'paragraph moved',
		(random, { text }, place) => {
			const passage = sentencesAround(text, widened(text, place, 100));
			const at = elsewhere(random, text, passage, 100);
			return at === undefined ? undefined : moved(text, place, passage, at);
		},
	],
	[
		'passage duplicated',
		(random, { text }, place) => {
			const passage = widened(text, place, 40);
			const at = elsewhere(random, text, passage, 100);
			if (at === undefined) return undefined;
			return replace({ text, place }, [{ start: at, end: at, text: text.slice(passage.start, passage.end) }]);
		},
	],
	['expanded', (_, source, place) => expanded(source, place)],
	['spaces between scripts', (_, { text }, place) => respelt(text, place, SPACES)],
	['width and punctuation', (_, { text }, place) => respelt(text, place, WIDTHS)],
];

/**
 * Returns a passage with 20 to 40 percent of its words changed, so that readers would consider it a different one;
 * `undefined` if too little of it changed.
 */
function lookalike(random: Random, text: string, passage: Span, place: Span): string | undefined {
	const rate = 20 + random.below(21);
	const words = edits(random, text, wordsIn(text, passage), rate);
	if (kept(text, widened(text, place, CONTEXT), words) > 0.8) return undefined;
	return replace({ text, place: undefined }, words).text.slice(
		passage.start,
		passage.end + words.reduce((sum, { start, end, text }) => sum + text.length - (end - start), 0),
	);
}

function moved(text: string, place: Span, passage: Span, at: number): Outcome {
	const after = transplant(text, undefined, passage, at, text.slice(passage.start, passage.end));
	const start = (at < passage.start ? at : at - (passage.end - passage.start)) + place.start - passage.start;
	return { text: after.text, place: { start, end: start + place.end - place.start }, moved: passage };
}

/** Returns the text of the article in expanded form, which differs in white space. */
function expanded({ file, text }: Source, place: Span): Marked {
	const article = parseArticle(file);
	const after = parseArticle(applyEdits(file, expandEdits(article, '\t'))).content.value;
	const seen = (part: string): number => part.replace(/\s/g, '').length;
	const before = seen(text.slice(0, place.start));
	const start = offsetOf(after, before);
	return {
		text: after,
		place: { start, end: offsetOf(after, before + seen(text.slice(place.start, place.end)) - 1) + 1 },
	};
}

/** Returns the offset of the character that is preceded by `count` characters other than white space. */
function offsetOf(text: string, count: number): number {
	let left = count;
	for (const { index } of text.matchAll(/\S/g)) if (left-- === 0) return index;
	return text.length;
}

type Spelling = readonly (readonly [from: RegExp, to: (match: string) => string])[];

const SPACES: Spelling = [[/(?<=\p{Script=Han})(?=[\w])|(?<=\w)(?=\p{Script=Han})/gu, () => ' ']];
const WIDTHS: Spelling = [
	[/ /g, () => '\u00a0'],
	[/(?<=\p{Script=Han})[,.:;!?()]|(?<=\w)[!?]/gu, match => String.fromCharCode(match.charCodeAt(0) + 0xfee0)],
	[/[，：；！？（）]/g, match => String.fromCharCode(match.charCodeAt(0) - 0xfee0)],
	[/\d/g, match => String.fromCharCode(match.charCodeAt(0) + 0xfee0)],
	[/[“”]/g, () => '"'],
	[/[‘’]/g, () => "'"],
	[/…/g, () => '...'],
	[/[—–]/g, () => '-'],
];

function respelt(text: string, place: Span, spelling: Spelling): Marked {
	return spelling.reduce<Marked>(
		(marked, [from, to]) =>
			replace(
				marked,
				Array.from(marked.text.matchAll(from), match => ({
					start: match.index,
					end: match.index + match[0].length,
					text: to(match[0]),
				})),
			),
		{ text, place },
	);
}
