import type { Article } from '../article/article.ts';
import { getAttribute, isElement } from '../article/node.ts';

/** The number of characters of each script in a text, and of words in scripts other than Han and kana. */
export interface Scripts {
	readonly han: number;
	readonly kana: number;
	readonly hangul: number;
	readonly latin: number;
	readonly cyrillic: number;
	readonly arabic: number;
	readonly hebrew: number;
	readonly words: number;
}

/** Counts the characters and words of a text. */
export function countScripts(text: string): Scripts {
	const counts = { han: 0, kana: 0, hangul: 0, latin: 0, cyrillic: 0, arabic: 0, hebrew: 0 };
	let words = 0;
	let inWord = false;
	for (let index = 0; index < text.length; index++) {
		const kind = kindOf(text.charCodeAt(index));
		if (kind === undefined) {
			inWord = false;
			continue;
		}
		if (kind !== 'mark' && kind !== 'digit') counts[kind]++;
		const isWord = kind !== 'han' && kind !== 'kana';
		// An apostrophe or an accent does not end a word.
		if (isWord && !inWord && kind !== 'mark') words++;
		inWord = isWord && (inWord || kind !== 'mark');
	}
	return { ...counts, words };
}

type Kind = Exclude<keyof Scripts, 'words'> | 'digit' | 'mark';

/** Returns the script of a UTF-16 unit; `undefined` for a word separator. Of the characters beyond the first plane, only Han ones count. */
function kindOf(unit: number): Kind | undefined {
	if (unit < 0x80) {
		if ((unit | 32) >= 97 && (unit | 32) <= 122) return 'latin';
		return unit >= 48 && unit <= 57 ? 'digit' : unit === 39 ? 'mark' : undefined;
	}
	if (unit < 0x300) return unit >= 0xc0 && unit !== 0xd7 && unit !== 0xf7 ? 'latin' : undefined;
	if (unit < 0x370 || unit === 0x2019) return 'mark';
	if (unit < 0x400) return 'latin';
	if (unit < 0x530) return 'cyrillic';
	if (unit < 0x590) return 'latin';
	if (unit < 0x600) return 'hebrew';
	if (unit < 0x780) return 'arabic';
	if (unit < 0x2000) return 'latin';
	if (unit < 0x3040) return undefined;
	if (unit < 0x3100) return 'kana';
	if (unit >= 0x3400 && unit < 0xa000) return 'han';
	if (unit >= 0xac00 && unit < 0xd7b0) return 'hangul';
	// High surrogates of the planes with more Han.
	if (unit >= 0xd840 && unit <= 0xd888) return 'han';
	return unit >= 0xf900 && unit < 0xfb00 ? 'han' : undefined;
}

/** Reading speed: Han and kana characters per minute, and words per minute. */
const CHARACTERS_A_MINUTE = 500;
const WORDS_A_MINUTE = 230;

/** Returns the time to read a text, in whole minutes, at least 1. */
export function readingMinutes({ han, kana, words }: Scripts): number {
	return Math.max(1, Math.round((han + kana) / CHARACTERS_A_MINUTE + words / WORDS_A_MINUTE));
}

/** Frequent characters that differ between simplified and traditional Chinese, in pairs. */
const SIMPLIFIED = '这国们为来个时说会对过还发后里没么样应开问题关经电长两见给现觉让边进点';
const TRADITIONAL = '這國們為來個時說會對過還發後裡沒麼樣應開問題關經電長兩見給現覺讓邊進點';

/** How much of a text is examined to detect its language, in UTF-16 units. */
const SAMPLE = 20_000;

/** The most frequent words of English. */
const ENGLISH = /\b(?:the|and|of|to|that|was|is|in)\b/gi;

/** Returns the language of an article as a BCP 47 tag: as declared, else as detected from its script, else `und`. */
export function languageOf(article: Article, scripts: Scripts): string {
	const declared =
		article.header.frontMatter?.fields.get('lang')?.value ?? article.header.frontMatter?.fields.get('language')?.value;
	const whole = article.nodes.find(node => isElement(node, 'article') || isElement(node, 'main'));
	for (const tag of [declared, whole && getAttribute(whole, 'lang')])
		if (tag && /^[a-z]{2,3}(?:-[a-z\d]{2,8})*$/i.test(tag)) return tag;
	const { han, kana, hangul, latin, cyrillic, arabic, hebrew } = scripts;
	const sample = article.content.value.slice(0, SAMPLE);
	// A Han character carries as much information as a short word.
	const [script] = (
		[
			['zh', (han + kana) * 3],
			['ko', hangul * 3],
			['cyrillic', cyrillic],
			['ar', arabic],
			['he', hebrew],
			['latin', latin],
		] as const
	).toSorted((a, b) => b[1] - a[1])[0] ?? ['latin'];
	if (script === 'zh') return kana > han / 10 ? 'ja' : isTraditional(sample) ? 'zh-Hant' : 'zh-Hans';
	if (script === 'cyrillic') return 'und-Cyrl';
	if (script !== 'latin') return script;
	return (sample.match(ENGLISH)?.length ?? 0) * 12 > countWords(sample) ? 'en' : 'und';
}

/** Counts the words of the sample. */
function countWords(sample: string): number {
	return countScripts(sample).words;
}

function isTraditional(sample: string): boolean {
	let [simplified, traditional] = [0, 0];
	for (const character of sample) {
		const at = SIMPLIFIED.indexOf(character);
		const other = TRADITIONAL.indexOf(character);
		if (at >= 0 && TRADITIONAL[at] !== character) simplified++;
		else if (other >= 0 && SIMPLIFIED[other] !== character) traditional++;
	}
	return traditional > simplified;
}

/** Returns the writing direction of a language. */
export function directionOf(language: string): 'ltr' | 'rtl' {
	return /^(?:ar|he|fa|ur|yi|ps|sd|ug|dv)(?:-|$)/i.test(language) ? 'rtl' : 'ltr';
}
