import { type Span, span } from '../../article/span.ts';
import { firstIndex } from '../../util/order.ts';
import { createGramIndex, type GramIndex } from './grams.ts';
import { characterAt, type NormalForm, normalForm } from './normalForm.ts';

/**
 * The decoded text of one version of an article as notes are looked up in it. Offsets in `content` are UTF-16 code units, those of
 * the W3C's selectors are code points; what is compared is `normal`.
 */
export interface TextModel {
	/** `Article.content.value`. */
	readonly content: string;
	/**
	 * The content as it is compared: without white space and characters that are not seen, of one width (NFKC, one character with its
	 * combining marks at a time), with plain quotation marks and dashes; case is kept. So an article on one line and the same
	 * article expanded, a `&nbsp;` and a space, `ＡＢＣ` and `ABC` are the same text.
	 */
	readonly normal: string;
	/** The offset in `normal` of the first character at or after an offset of the content. */
	toNormal(offset: number): number;
	/** The part of the content that a part of `normal` that is not empty stands for, in whole characters. */
	toContent(part: Span): Span;
	/** How many code points come before an offset of the content; half a surrogate pair does not count. */
	toCodePoint(offset: number): number;
	/** The offset in the content after so many code points; its end for more than it has. */
	fromCodePoint(index: number): number;
	/** Where short pieces of `normal` stand. */
	readonly grams: GramIndex;
}

/** Makes the text model of a content; what is in it is worked out when it is first asked for. */
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
