import type { Article } from '../article/article.ts';
import { declaredLanguages, languageTag } from '../article/declaredLanguage.ts';

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
const SIMPLIFIED = new Set(
	'这国们为来个时说会对过还发没么样应开问题关经电长两见给现觉让边进点学东车门书马风语话请谁认识记议论党战争华军务报导总统领联单双网体实际权义术变难亿岁节师爱处气区医广离够热带类级组织终继续动种头当从',
);
const TRADITIONAL = new Set(
	'這國們為來個時說會對過還發沒麼樣應開問題關經電長兩見給現覺讓邊進點學東車門書馬風語話請誰認識記議論黨戰爭華軍務報導總統領聯單雙網體實際權義術變難億歲節師愛處氣區醫廣離夠熱帶類級組織終繼續動種頭當從',
);

/** How much of a text is examined to detect its language, in UTF-16 units. */
const SAMPLE = 20_000;

/** The most frequent words of English. */
const ENGLISH = /\b(?:the|and|of|to|that|was|is|in)\b/gi;

/** Scripts that decide about a language. */
type Script = 'zh' | 'ko' | 'cyrillic' | 'ar' | 'he' | 'latin';

/** The script of languages that have one of these. */
const SCRIPT_OF: ReadonlyMap<string, Script> = new Map(
	Object.entries({
		zh: 'zh ja yue wuu lzh nan cmn hak',
		ko: 'ko',
		cyrillic: 'ru uk be bg mk mn kk ky tg tt ba',
		ar: 'ar fa ur ps sd ug ckb',
		he: 'he yi',
		latin:
			'en fr de es pt it nl sv da no nb nn fi pl cs sk hu ro hr sl et lv lt tr vi id ms tl sw ca eu gl ga cy is af sq mt la eo',
	} satisfies Record<Script, string>).flatMap(([script, languages]) =>
		languages.split(' ').map(language => [language, script as Script] as const),
	),
);

/**
 * Returns the language of an article as a BCP 47 tag: that of the front matter; what the body declares, if its text can
 * be in that language, since templates declare theirs for all articles; else as detected; else `und`.
 */
export function languageOf(article: Article, scripts: Scripts, text: string): string {
	const fields = article.header.frontMatter?.fields;
	const own = languageTag(fields?.get('lang')?.value) ?? languageTag(fields?.get('language')?.value);
	if (own !== undefined) return own;
	const sample = text.slice(0, SAMPLE);
	const script = scriptOf(scripts);
	for (const tag of declaredLanguages(article.body, article.weights)) {
		const [language = ''] = tag.toLowerCase().split('-');
		const expected = SCRIPT_OF.get(language);
		if (expected !== undefined && script !== undefined && expected !== script) continue;
		if (expected !== 'zh' || script === undefined) return tag;
		const detected = eastAsian(scripts, sample);
		if ((language === 'ja') !== (detected === 'ja')) continue;
		return language === 'zh' ? withVariant(tag, sample) : tag;
	}
	if (script === 'zh') return eastAsian(scripts, sample);
	if (script === 'cyrillic') return 'und-Cyrl';
	if (script !== undefined && script !== 'latin') return script;
	return (sample.match(ENGLISH)?.length ?? 0) * 12 > countScripts(sample).words ? 'en' : 'und';
}

/** Returns the script that most of a text is in; `undefined` if it has no letters. */
function scriptOf({ han, kana, hangul, latin, cyrillic, arabic, hebrew }: Scripts): Script | undefined {
	// A Han character carries as much information as a short word.
	const [most] = (
		[
			['zh', (han + kana) * 3],
			['ko', hangul * 3],
			['cyrillic', cyrillic],
			['ar', arabic],
			['he', hebrew],
			['latin', latin],
		] as const
	).toSorted((a, b) => b[1] - a[1]);
	return most && most[1] > 0 ? most[0] : undefined;
}

/** Tells Japanese, simplified and traditional Chinese apart. */
function eastAsian({ han, kana }: Scripts, sample: string): 'ja' | 'zh-Hans' | 'zh-Hant' {
	if (kana > han / 10) return 'ja';
	const { simplified, traditional } = countVariants(sample);
	return traditional > simplified ? 'zh-Hant' : 'zh-Hans';
}

/** How many characters of one variant, and how many times those of the other, show that a declaration is wrong. */
const SURE_CHARACTERS = 5;
const SURE_RATIO = 3;

/** Returns a tag of Chinese that says which characters the text has, where the tag does not say so or is wrong. */
function withVariant(tag: string, sample: string): string {
	const { simplified, traditional } = countVariants(sample);
	const isSure =
		Math.max(simplified, traditional) >= SURE_CHARACTERS &&
		Math.max(simplified, traditional) >= SURE_RATIO * Math.min(simplified, traditional);
	const detected = traditional > simplified ? 'zh-Hant' : 'zh-Hans';
	const declared = /-(?:hant|tw|hk|mo)\b/i.test(tag)
		? 'zh-Hant'
		: /-(?:hans|cn|sg|my)\b/i.test(tag)
			? 'zh-Hans'
			: undefined;
	return declared === undefined || (isSure && declared !== detected) ? detected : tag;
}

function countVariants(sample: string): { readonly simplified: number; readonly traditional: number } {
	let [simplified, traditional] = [0, 0];
	for (const character of sample) {
		// Some are the same in both.
		const [isSimplified, isTraditional] = [SIMPLIFIED.has(character), TRADITIONAL.has(character)];
		if (isSimplified && !isTraditional) simplified++;
		else if (isTraditional && !isSimplified) traditional++;
	}
	return { simplified, traditional };
}

/** Returns the writing direction of a language. */
export function directionOf(language: string): 'ltr' | 'rtl' {
	return /^(?:ar|he|fa|ur|yi|ps|sd|ug|dv)(?:-|$)/i.test(language) ? 'rtl' : 'ltr';
}
