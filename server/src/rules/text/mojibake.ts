import type { Node } from '../../article/node.ts';
import { span } from '../../article/span.ts';
import { counted } from '../../util/words.ts';
import type { Rule } from '../rule.ts';
import { show } from '../write.ts';
import { oddTexts } from './oddTexts.ts';

/** The characters that Windows-1252 has for the bytes 0x80 to 0x9F, in order; undefined bytes are C1 controls. */
const WINDOWS_1252 =
	'\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';

/** The bytes that follow the first of a character in UTF-8, read as Windows-1252 or Latin-1. */
const MORE = `[\\u0080-\\u00bf${WINDOWS_1252}]`;

/** UTF-8 that was read as Windows-1252 or Latin-1: runs of characters of two or three bytes. */
const AS_LATIN = new RegExp(`(?:[\\u00c2-\\u00df]${MORE}|[\\u00e0-\\u00ef]${MORE}{2})+`, 'g');

/** The same of a no-break space, which may be a character reference. */
const AS_LATIN_SPACE = /\u00c2(?:\u00a0|&nbsp;|&#160;)/g;

/** UTF-8 that was read as GBK, which has these for the punctuation that every Chinese text has; and U+FFFD that was saved as UTF-8. */
const AS_GBK = /[\u9225\u9286\u951b][^\s\u9225\u9286\u951b]{0,40}[\u9225\u9286\u951b]|(?:\u951f\u65a4\u62f7){2,}/g;

/** Characters that were lost: U+FFFD, where a text could not be decoded. */
const LOST = /\ufffd+/g;

/** Reports text that was decoded with the wrong encoding. */
export const textMojibake: Rule = {
	id: 'text/mojibake',
	severity: 'warning',
	check({ article }, report) {
		const { text, nodes } = article;
		for (const index of oddTexts(article)) {
			const { start, end } = nodes[index] as Node;
			const written = text.slice(start, end);
			const [first, ...others] = found(written);
			if (!first) continue;
			const meant = first.meant;
			const more = others.length > 0 ? `, and ${counted(others.length, 'more place')} in this text` : '';
			report({
				span: span(start + first.index, start + first.index + first.length),
				message:
					meant !== undefined
						? `The text was decoded with the wrong encoding: ${show(first.value)} stands for ${show(meant)}${more}`
						: first.value.startsWith('\ufffd')
							? `Characters of the text are lost, since they could not be decoded: ${show(first.value)}${more}`
							: `The text was decoded with the wrong encoding: ${show(first.value)}${more}`,
				fixes: () => {
					const edits = [first, ...others].flatMap(({ index: at, length, meant: newText }) =>
						newText === undefined ? [] : [{ span: span(start + at, start + at + length), newText }],
					);
					return edits.length === 0
						? []
						: [
								{
									title: `Decode ${edits.length === 1 ? 'it' : `all ${edits.length} places`} as UTF-8`,
									preferred: false,
									edits,
								},
							];
				},
			});
		}
	},
};

interface Garbled {
	readonly index: number;
	readonly length: number;
	readonly value: string;
	/** The text that was meant; `undefined` if that is lost. */
	readonly meant: string | undefined;
}

/** Finds garbled characters in a text, as written. */
function found(text: string): readonly Garbled[] {
	const garbled: Garbled[] = [];
	for (const { 0: value, index } of text.matchAll(AS_LATIN)) {
		const meant = decode(value);
		if (meant !== undefined && isConvincing(value, meant)) garbled.push({ index, length: value.length, value, meant });
	}
	for (const { 0: value, index } of text.matchAll(AS_LATIN_SPACE))
		garbled.push({ index, length: value.length, value: '\u00c2', meant: value.slice(1) });
	for (const pattern of [AS_GBK, LOST])
		for (const { 0: value, index } of text.matchAll(pattern))
			garbled.push({ index, length: value.length, value, meant: undefined });
	return garbled.sort((a, b) => a.index - b.index);
}

/**
 * Characters that nobody writes after a letter. Punctuation, such as an ellipsis and a quotation mark, may follow an `é` and be a character
 * in UTF-8 by chance.
 */
const UNLIKELY =
	/[\u0080-\u009f\u00a2-\u00a6\u00a8\u00a9\u00ac-\u00af\u00b1-\u00b6\u00b8\u00b9\u00bc-\u00be\u20ac\u0192\u2020\u2021\u02c6\u2030\u02dc\u2122]/;

/** Whether nobody would write a run of characters on purpose, and it stands for something that people write. */
function isConvincing(value: string, meant: string): boolean {
	return UNLIKELY.test(value.slice(1)) && !/[\p{Cc}\p{Co}\p{Cn}]/u.test(meant);
}

/** Decodes text that was read as Windows-1252 as what it is; `undefined` if it is not UTF-8. */
function decode(value: string): string | undefined {
	const bytes = Uint8Array.from(value, character => {
		const at = WINDOWS_1252.indexOf(character);
		return at === -1 ? character.charCodeAt(0) : 0x80 + at;
	});
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		// A byte is missing, so what was meant is unclear.
		return undefined;
	}
}
