import { type Span, span } from '../../article/span.ts';
import { firstIndex } from '../../util/order.ts';
import { createGramIndex, type GramIndex } from './grams.ts';
import { characterAt, type NormalForm, normalForm } from './normalForm.ts';

/**
 * The decoded text of one version of an article, in which notes are anchored. Offsets in `content` are in UTF-16 code units, those in
 * W3C selectors in code points. Comparisons use `normal`.
 */
export interface TextModel {
	/** `Article.content.value`. */
	readonly content: string;
	/**
	 * The normal form of the content: without white space and invisible characters, with widths unified (NFKC, one character with its
	 * combining marks at a time), with plain quotation marks and dashes; case is kept. So an article in archive form and the same article
	 * expanded, `&nbsp;` and a space, `ＡＢＣ` and `ABC` are the same text.
	 */
	readonly normal: string;
	/** Returns the offset in `normal` of the first character at or after an offset in the content. */
	toNormal(offset: number): number;
	/** Returns the part of the content for a non-empty part of `normal`, in whole characters. */
	toContent(part: Span): Span;
	/** Returns how many code points precede an offset in the content. Half a surrogate pair is not counted. */
	toCodePoint(offset: number): number;
	/** Returns the offset in the content after a number of code points; the end if there are fewer. */
	fromCodePoint(index: number): number;
	/** The index of the short pieces of `normal`. */
	readonly grams: GramIndex;
}

/** Creates the text model of a content. Its parts are computed lazily. */
export function createTextModel(content: string): TextModel {
	let form: NormalForm | undefined;
	let pairs: readonly number[] | undefined;
	let grams: GramIndex | undefined;
	const formed = (): NormalForm => {
		form ??= normalForm(content);
		return form;
	};
	const surrogatePairs = (): readonly number[] => {
		pairs ??= Array.from(content.matchAll(/[\ud800-\udbff][\udc00-\udfff]/g), match => match.index);
		return pairs;
	};
	return {
		content,
		get normal() {
			return formed().normal;
		},
		get grams() {
			grams ??= createGramIndex(formed().normal);
			return grams;
		},
		toNormal: offset => firstIndex(formed().starts.length, index => (formed().starts[index] ?? 0) >= offset),
		toContent({ start, end }) {
			const { starts } = formed();
			const last = starts[end - 1] ?? content.length;
			return span(starts[start] ?? content.length, last + characterAt(content, last).length);
		},
		toCodePoint(offset) {
			const pairs = surrogatePairs();
			return offset - firstIndex(pairs.length, index => (pairs[index] ?? 0) >= offset);
		},
		fromCodePoint(index) {
			const pairs = surrogatePairs();
			const before = firstIndex(pairs.length, pair => (pairs[pair] ?? 0) - pair >= index);
			return Math.min(index + before, content.length);
		},
	};
}
