import { remembered } from '../util/remember.ts';
import { onOneLine } from '../util/text.ts';
import { pushAll } from './lists.ts';
import { isCapitalisedName, isPenName, isPersonName, isPosition } from './personName.ts';
import { startsOf } from './regions/starts.ts';

/** What somebody did for an article. Reporters and interviewers are authors; editors and photographers are `other`. */
export type Contribution = 'author' | 'translator' | 'other';

/** Somebody whom a byline names. */
export interface Contributor {
	readonly name: string;
	readonly contribution: Contribution;
}

/** Longer texts, in UTF-16 units, are not bylines. */
const MAX_BYLINE_CHARS = 200;

/**
 * Reads a text that is a byline as a whole, as in *By Marta Hollis; translated by Ada Pell* or *撰稿丨何某；翻译丨潘某*.
 * Returns whom it names, and `undefined` for any other text, such as a sentence that only begins with *By*.
 */
export function readByline(text: string): readonly Contributor[] | undefined {
	return text.length > MAX_BYLINE_CHARS || !mayBeByline(text) ? undefined : readWhole(text);
}

/** The bylines of a source repeat, and several parts of an article are read as one. */
const readWhole = remembered(text => {
	const line = unwrapped(onOneLine(text));
	return readLabelled(line) ?? readSuffixed(line) ?? readSigned(line) ?? readKorean(line);
});

/** Removes brackets around a whole line, and dashes before it. */
function unwrapped(line: string): string {
	const inner = line.replace(/^[\s—–―-]+/, '');
	const match = /^[（(【[［〔]([^（）()【】[\]［］〔〕]*)[）)】\]］〕]\s*(?:\d{6,8})?$/.exec(inner);
	return (match?.[1] ?? inner).trim();
}

/** Chinese, Japanese and Korean words for contributions, from long to short where one begins like another. */
const AUTHOR_WORDS =
	'原作者|作者|原著|撰稿人|撰稿|撰文|撰写|撰寫|撰述|执笔|執筆|主笔|主筆|采写|採寫|采编|採編|文字|文本|文稿|采访人|采访|採訪|专访|專訪|访谈|訪談|报道|報道|報導|见习记者|實習記者|实习记者|记者|記者|通讯员|通訊員|评论员|評論員|特派员|特派員|口述|主讲人|主講人|主讲|主講|演讲人|演講人|演讲|演講|讲者|講者|讲述|講述|对谈人|對談人|对谈|對談|与谈人|與談人|与谈|與談|筆者|笔者|著者|取材|文|著|글쓴이|글|취재|기자';
const TRANSLATOR_WORDS = '翻译|翻譯|中译|中譯|译者|譯者|编译|編譯|译文|譯文|译介|翻訳|訳者|译|譯|訳|번역|옮긴이';
const OTHER_WORDS =
	'整理|责任编辑|責任編輯|执行编辑|特约编辑|新媒体编辑|图片编辑|编辑|編輯|责编|責編|编审|编校|審校|核稿|审稿|審稿|核校|审校|审核|審核|校对|校對|校订|校訂|校|摄影师|摄影|攝影|摄像|攝像|撮影|图片|圖片|配图|插画|插畫|插图|插圖|绘图|繪圖|制图|製圖|图|圖|美术|设计|設計|美编|美編|排版|版式|运营|運營|统筹|統籌|监制|監製|策划|策劃|制片|制作|製作|出品|视频|視頻|剪辑|剪輯|主编|主編|值班编辑|值班主编|值班|实习生|實習生|编导|編導|后期|責任校對|责任校对|사진|편집';
const WORD = `(?:${AUTHOR_WORDS}|${TRANSLATOR_WORDS}|${OTHER_WORDS})`;
const WORDS = `${WORD}(?:\\s*[/／、＆&和与與及・·+]\\s*${WORD})*`;

/** Words after which prose, or an answer, can stand as well as a name. */
const LOOSE_WORD =
	/记者|記者|采访|採訪|专访|專訪|访谈|訪談|报道|報道|報導|口述|整理|评论员|評論員|文本|^图|^圖|설|视频|設計|设计|策划|策劃|制作|製作|运营|運營/;

/** Who writes, before *记者*: a newspaper, a place. */
const OUTLET =
	'(?:[\\p{Script=Han}A-Z]{1,8}(?=记者|記者|特派|特约|特約|撰稿人|评论员|評論員|主笔|主筆|通讯员|通訊員))?(?:特约|特約|特派|资深|資深|驻\\p{Script=Han}{1,4}|駐\\p{Script=Han}{1,4})?';

/** A word for a contribution, with what separates it from a name. */
const WIDE = `(${OUTLET}${WORDS})(?:\\s*[:：|｜丨︱∣/／=＝・]\\s*|\\s+|(?<=记者|記者|通讯员|通訊員|撰稿人|评论员|評論員|特派员|特派員)(?=\\p{Script=Han}))`;
const WIDE_LABEL = new RegExp(`(?<=^|[\\s；;，,。.|｜丨︱/／（(、])${WIDE}`, 'gu');
const WIDE_START = new RegExp(`^${WIDE}`, 'u');

/** English words for contributions before *by*. */
const DONE_WORDS =
	'additional|translated|translation|adapted|written|words?|text|stor(?:y|ies)|report(?:ed|ing)?|posted|published|compiled|analysis|opinion|commentary|essay|review(?:ed)?|interview(?:ed|s)?|edited|editing|photo(?:s|graphs|graphed|graphy)?|pictures|images|illustrat(?:ed|ions?)|graphics?|videos?|produced|art|introduction|introduced|authored|created|contributed|submitted|filed';
const DONE = `(?:${DONE_WORDS})`;

/** English words for contributions before a colon. */
const NOUNS =
	'authors?|writers?|byline|words|text|reporters?|reporting|translators?|translation|editors?|photos?|photographers?|photographs?|illustrations?|illustrators?|contributors?|producers?';

const ENGLISH = `(?:(?:(?:${DONE}(?:\\s*(?:,|and|&|/)?\\s+))*${DONE}(?:\\s+from(?:\\s+the)?\\s+\\p{L}+)?(?:\\s+for\\s+[\\p{L}\\s]{2,30}?)?\\s+)?by(?:\\s*[:：]\\s*|\\s+)|(?:${NOUNS})\\s*[:：|｜]\\s*)`;
const ENGLISH_LABEL = new RegExp(`(?<![\\p{L}\\p{N}])${ENGLISH}`, 'giu');
const ENGLISH_START = new RegExp(`^${ENGLISH}`, 'iu');

interface Label {
	readonly start: number;
	readonly end: number;
	readonly text: string;
	readonly isWide: boolean;
}

/** Whether a text may be a byline, or part of one; said quickly. */
export function mayBeByline(text: string): boolean {
	let start = 0;
	while (start < text.length && is(text, start, BEFORE_WORD)) start++;
	let end = text.length - 1;
	while (end > start && is(text, end, AFTER_WORD)) end--;
	const mayStart = text.charCodeAt(start) < 0x80 ? ENGLISH_STARTS.at(text, start) : is(text, start, FIRST);
	return (
		(mayStart && MAY_START.test(text)) ||
		(is(text, end, LAST) && MAY_END.test(text.slice(-MOST_END_CHARS))) ||
		(hasWide(text, start) && OUTLETS.test(text.slice(start, start + MOST_START_CHARS))) ||
		text.includes('作者')
	);
}

/** Whether there is anything but ASCII where an outlet can be named. */
function hasWide(text: string, start: number): boolean {
	const end = Math.min(text.length, start + MOST_START_CHARS);
	for (let at = start; at < end; at++) if (text.charCodeAt(at) >= 0x80) return true;
	return false;
}

const MAY_START = new RegExp(`^[\\s（(【［\\[—–―-]*(?:${WIDE}|(?:${ENGLISH}))`, 'iu');
const MOST_END_CHARS = 26;
const MOST_START_CHARS = 14;
const OUTLETS = /记者|記者|特派|特约|特約|撰稿人|评论员|評論員|主笔|主筆|通讯员|通訊員|[资資]深|[驻駐]/;
const ENDS = '报道|報道|報導|编译|編譯|综合|綜合|社|通讯|供稿|专稿|网|電台|电台|等';
const MAY_END = new RegExp(
	`[/／|｜丨︱\\s（(]${WORD}[）)]?\\s*$|(?:${ENDS})[）)]\\s*$|(?:기자|특파원|논설위원|칼럼니스트|앵커)(?:\\s|$)|\\S@\\S+$`,
	'u',
);

/** The first letters of English words for contributions. */
const ENGLISH_STARTS = startsOf([DONE_WORDS, NOUNS, 'by']);
const ALL_WORDS = `${AUTHOR_WORDS}|${TRANSLATOR_WORDS}|${OTHER_WORDS}`.split('|');
/** What each UTF-16 unit may be in a byline, as bits: before its words, after them, the first of a word, the last of one. */
const BEFORE_WORD = 1;
const AFTER_WORD = 2;
const FIRST = 4;
const LAST = 8;
const UNITS = new Uint8Array(0x10000);
for (const [bit, units] of [
	[BEFORE_WORD, ' \t\r\n\u00a0\u3000（(【［[—–―-'],
	[AFTER_WORD, ' \t\r\n\u00a0\u3000）)】］]'],
	[FIRST, `${ALL_WORDS.map(word => word.charAt(0)).join('')}본`],
	[LAST, `${[...ALL_WORDS, ...ENDS.split('|')].map(word => word.slice(-1)).join('')}자원위트커rm`],
] as const)
	for (let at = 0; at < units.length; at++) UNITS[units.charCodeAt(at)] = (UNITS[units.charCodeAt(at)] ?? 0) | bit;

function is(text: string, at: number, bit: number): boolean {
	return ((UNITS[text.charCodeAt(at)] ?? 0) & bit) !== 0;
}

/** Reads `label names`, once or several times. */
function readLabelled(line: string): readonly Contributor[] | undefined {
	if (!WIDE_START.test(line) && !ENGLISH_START.test(line)) return undefined;
	const labels: Label[] = [];
	for (const [form, isWide] of [
		[WIDE_LABEL, true],
		[ENGLISH_LABEL, false],
	] as const) {
		for (const { 0: text, index } of line.matchAll(form))
			labels.push({ start: index, end: index + text.length, text, isWide });
	}
	labels.sort((a, b) => a.start - b.start);
	if (labels[0]?.start !== 0) return undefined;
	const contributors: Contributor[] = [];
	for (const [at, label] of labels.entries()) {
		const part = line.slice(label.end, labels[at + 1]?.start);
		const names = label.isWide ? namesAfterWide(label.text, part) : namesAfterEnglish(label.text, part);
		if (!names) return undefined;
		const contribution = label.isWide ? wideContribution(label.text) : englishContribution(label.text);
		for (const name of names) contributors.push({ name, contribution });
	}
	// Names of pictures alone are a credit.
	return labels.every(({ text }) => PICTURE_WORD.test(text)) ? undefined : contributors;
}

const PICTURE_WORD =
	/^(?:摄影师?|攝影|撮影|图片?|圖片?|配图|插[画畫图圖]|绘图|繪圖|制图|製圖|视频|視頻|사진|photo|picture|image|illustrat|graphic|video|art\b)/i;

function wideContribution(label: string): Contribution {
	const words = new RegExp(WORD, 'gu');
	const found = [...label.matchAll(words)].map(([word]) => word);
	if (found.some(word => new RegExp(`^(?:${AUTHOR_WORDS})$`).test(word))) return 'author';
	return found.some(word => new RegExp(`^(?:${TRANSLATOR_WORDS})$`).test(word)) ? 'translator' : 'other';
}

function englishContribution(label: string): Contribution {
	if (/transl/i.test(label)) return 'translator';
	if (/additional|introduc/i.test(label)) return 'other';
	return /edit|photo|pictur|image|illustr|graphic|video|produc|\bart\b/i.test(label) &&
		!/wr[io]t|word|text|stor|report/i.test(label)
		? 'other'
		: 'author';
}

/** What stands around names in Chinese: brackets with a post, a country, *发自香港*, *北京报道*. */
const WIDE_NOTE = /[（(［[〔【][^（）()［\][［\]〔〕【】]*[）)］\]〕】]|\s+\S+@\S+/g;
const WIDE_TAIL = /(?:^|\s+|(?<=\S))(?:发自|發自)\S{2,8}$|\s+\S{0,8}(?:报道|報道|報導|电|電|摄影|攝影)$|等$/;

function namesAfterWide(label: string, part: string): readonly string[] | undefined {
	const text = trimmed(part.replace(WIDE_NOTE, ' ').trim().replace(WIDE_TAIL, ''));
	const word = label.replace(/[\s:：|｜丨︱∣/／=＝・]+$/, '');
	const isSure = /[:：|｜丨︱∣/／=＝・]\s*$/.test(label) && !(LOOSE_WORD.test(word) && /[:：]\s*$/.test(label));
	const names: string[] = [];
	for (const piece of text.split(/\s*[、,，/／＆&|｜；;]\s*|\s+and\s+/)) {
		const spaced = piece.replace(/^\S*(?:记者|記者|特派员|特派員|撰稿人|评论员|評論員)\s+/, '').trim();
		const found = namesIn(spaced, isSure);
		if (!found) return undefined;
		pushAll(names, found);
	}
	return names.length > 0 ? names : undefined;
}

/** Reads the names in a piece, in which Chinese ones can be separated by spaces, or have one inside. */
function namesIn(piece: string, isSure: boolean): readonly string[] | undefined {
	if (/^\p{Script=Han}\s\p{Script=Han}{1,2}$/u.test(piece)) return [piece.replace(/\s/, '')];
	const words = piece.split(/\s+/);
	if (words.length > 1 && words.every(isPersonName)) return words;
	const both = /^(\S{2,})[和与與及](\S{2,})$/.exec(piece)?.slice(1);
	if (both?.every(isPersonName)) return both;
	return isPersonName(piece) || (isSure && isPenName(piece)) ? [piece] : undefined;
}

/** Removes separators at both ends, and a full stop at the end. */
function trimmed(part: string): string {
	return part.replace(/^[\s；;，,|｜丨/／·•—–-]+/, '').replace(/[\s；;，,|｜丨/／·•—–。(（-]+$/, '');
}

/** What follows a name in English: *in Beijing*, *for The Courier*. */
const ENGLISH_NOTE = /\s+(?:in|for|at|of|from)\s+(?:the\s+)?\p{Lu}[\p{L}\s.'’-]{1,40}$/iu;

function namesAfterEnglish(label: string, part: string): readonly string[] | undefined {
	const names: string[] = [];
	// A full stop is that of a sentence only if a word stands before it.
	const text = trimmed(part.replace(/[（(][^()（）]{0,60}[)）]/g, ' ')).replace(/(?<=\p{Ll}{3})\.$/u, '');
	const isPlain = /^by\s*$/i.test(label);
	for (const piece of text.split(/\s*(?:[,;|｜/·•、，；]|\s[—–-]\s|\s(?:and|with)\s|&)\s*(?:and\s+)?/i)) {
		if (piece === '') continue;
		const name = piece.replace(ENGLISH_NOTE, '').trim();
		if (names.length > 0 && (isPosition(piece) || /^(?:other\s+)?agencies$/i.test(piece))) continue;
		if (isEnglishName(name, isPlain)) names.push(name);
		else return undefined;
	}
	return names.length > 0 ? names : undefined;
}

/** @param isPlain whether only *By* stands before it, with which many headings begin */
function isEnglishName(name: string, isPlain: boolean): boolean {
	if (
		/^the\s+(?:editors?|staff|editorial\s+(?:board|team|staff)|associated\s+press|[\p{Lu}]\S+\s+(?:staff|team|editors))$/iu.test(
			name,
		)
	)
		return true;
	if (isPersonName(name)) return true;
	if (!isCapitalisedName(name)) return !isPlain && /^@?[\p{L}\p{N}][\p{L}\p{N}_.-]{1,29}$/u.test(name);
	return !isPlain || /\s/.test(name) || /^\p{Lu}{2,}$/u.test(name) || isPosition(name);
}

/** A longer line, in UTF-16 units, does not have its words for contributions behind the names. */
const MAX_SUFFIXED_CHARS = 80;

/** Reads `names/文`, `names 译`, `names（编译）`. */
function readSuffixed(line: string): readonly Contributor[] | undefined {
	// Sentences end with a full stop.
	if (line.length > MAX_SUFFIXED_CHARS || !/[\p{L}）)]$/u.test(line)) return undefined;
	const contributors: Contributor[] = [];
	for (const part of line.split(/\s*[；;　]\s*/)) {
		const match = SUFFIXED.exec(part);
		if (!match) return undefined;
		const [, written = '', label = ''] = match;
		const names = namesAfterWide('', written);
		if (!names) return undefined;
		for (const name of names) contributors.push({ name, contribution: wideContribution(label) });
	}
	return contributors.some(({ contribution }) => contribution !== 'other') ? contributors : undefined;
}

const SUFFIXED = new RegExp(`^(.{2,60}?)\\s*(?:[/／|｜丨︱]\\s*|\\s|[（(])(${WORDS})[）)]?$`, 'u');

/** Reads names with an agency or a desk in brackets, as correspondents sign: `李明/张华 (综合报道)`. */
function readSigned(line: string): readonly Contributor[] | undefined {
	const match = /[)）]$/.test(line) ? SIGNED.exec(line) : null;
	const names = match && namesAfterWide('', match[1] ?? '');
	return names ? names.map(name => ({ name, contribution: 'author' })) : undefined;
}

const SIGNED =
	/^([^（）()]{2,40})[（(][^（）()]{0,20}(?:报道|報道|報導|编译|編譯|综合|綜合|社|通讯|供稿|专稿|网|電台|电台|[发發]自\S{2,6})(?:等)?[）)]$/u;

/** Reads `홍길동 기자`. */
function readKorean(line: string): readonly Contributor[] | undefined {
	const match =
		/^(?:\[?\S{2,10}=?\]?\s+)?(\p{Script=Hangul}{2,4})\s*(?:선임|수석|인턴)?(?:기자|특파원|논설위원|칼럼니스트|앵커)(?:\s+\S+@\S+)?$/u.exec(
			line,
		);
	return match?.[1] ? [{ name: match[1], contribution: 'author' }] : undefined;
}
