import { DAY_MS } from '../../util/day.ts';
import { type Contributor, mayBeByline, readByline } from '../bylineText.ts';
import { isCapitalisedName, isPersonName } from '../personName.ts';
import { findMoment, type Moment, mayBeMoment, parseMoment } from '../time.ts';
import { trimEndOf } from '../trim.ts';

/** What a line at the head or foot of an article says of its author and its day. */
export interface FactLine {
	readonly contributors: readonly Contributor[];
	/** The day of publication, with its words. */
	readonly date: (Moment & { readonly words: string }) | undefined;
	/** Whether the line says of what the date is; otherwise it is only a date. */
	readonly labelled: boolean;
	/** Whether it says who did what; otherwise names only stand beside a date. */
	readonly stated: boolean;
}

/** Longer texts, in UTF-16 units, are not such lines. */
export const MAX_LINE_CHARS = 200;

/** How many dates a line can have: published, updated, and one in another form. */
const MOST_DATES = 4;

/** Words before a date that say what happened then. */
const UPDATED =
	/(?:updated?|modified|revised|edited|changed|更新|更改|修改|修订|修訂|수정|업데이트)(?:\s*(?:on|at|date|于|於|时间|時間|日期|일)){0,2}\s*[:：]?\s*$/i;
const PUBLISHED =
	/(?:publish(?:ed)?(?:\s+date)?|publication\s+date|posted|release[ds]?|created|filed|submitted|issued|date|发表|發表|发布|發布|發佈|刊登|刊出|刊载|刊載|出版|原载|原載|首发|首發|上线|上線|登载|登載|提交|创建|创建|公開|公开|投稿|掲載|日期|时间|時間|日時|입력|등록|게재|작성|승인|발행)(?:\s*(?:on|at|in|于|於|在|自|时间|時間|日期|日|일시?)){0,2}\s*[:：]?\s*$/i;
const PUBLISHED_AFTER = /^\s*(?:提交|发布|發布|發佈|发表|發表|刊登|刊出|公開|投稿|掲載|更新)/;
const UPDATED_AFTER = /^\s*(?:更新|updated)/i;

/** What else such lines count. */
const COUNTER =
	/^(?:no|leave|add|\d[\d,.]*k?\s*\+?)\s*(?:a\s+)?(?:min(?:ute)?s?\.?(?:\s+read)?|comments?|views?|words?|shares?|likes?|reads?|replies|hits|분|条评论|條評論|则评论|則留言|条留言|次阅读|次閱讀|次浏览|次点击|人阅读|分钟(?:阅读)?|分鐘(?:閱讀)?|字|评论|評論|阅读|閱讀|浏览|コメント)$|^(?:阅读|閱讀|浏览|瀏覽|点击|點擊|评论|評論|点赞|views?|comments?|reads?|字数|字數|조회|댓글)(?:数|數|量|次数)?\s*[(（:：]?\s*\d[\d,.]*\+?[)）]?$/i;

/** Who published it first. */
const SOURCE = /^(?:文章)?(?:来源|來源|出处|出處|稿源|source|via)\s*[:：|｜丨]\s*.{1,40}$/i;

/** Days that are only named in relation to the day of reading. */
const RELATIVE =
	/^(?:昨天|前天|今天|刚刚|剛剛|yesterday|today|just now|\d{1,2}[-/]\d{1,2}|\d{1,2}月\d{1,2}日|(?:an?|\d+)\s*(?:second|minute|hour|day|week|month|year)s?\s+ago|\d+\s*(?:秒|分钟|分鐘|小时|小時|天|日|周|週|个月|個月|年)前)(?:\s+\d{1,2}:\d{2})?$/i;

/** Prepositions and words that are left of a date line. */
const LEFT_OVER =
	/^(?:on|at|in|by|in the|and|date|time|last|first|originally|在|于|於|日期|时间|時間|original|原创|原創|转载|轉載|来自|read|分享|打印|字号|print|share|email)[:：]?$/i;

/** A space before a word that begins another fact on the same line. */
const LABEL =
	/\s(?=(?:来源|來源|出处|出處|作者|撰文|记者|記者|编辑|編輯|责编|責編|责任编辑|責任編輯|编译|編譯|翻译|翻譯|阅读|閱讀|浏览|瀏覽|点击|點擊|评论|評論)(?:量|数|數)?\s*[:：(（]?\s*\S)/g;

const SEPARATOR = /\s*(?:[|｜丨·•∙⋅/／\n]|\s[—–-]\s|\s{2,}|\u3000)\s*/;

/** What stands between the facts of a line that has no date. */
const SEVERAL = /[|｜丨\n\u3000]|\s(?:by\s|(?:作者|撰文|记者|記者|编辑|編輯|责编|責編|译者|譯者|翻译|翻譯)\s*[:：])/i;

/**
 * Whether a text may be part of such a line; said quickly.
 *
 * @param mayBeDate whether a date alone is one
 */
export function mayBeFactLine(text: string, mayBeDate: boolean): boolean {
	if (text.length > MAX_LINE_CHARS) return false;
	if (isSentence(text)) return text.length <= MAX_HEARD_CHARS && HEARD.test(text);
	return (
		mayBeByline(text) ||
		(mayBeDate && text.length <= MAX_DATE_LINE_CHARS && mayBeMoment(text) && !/[。！？；，]/.test(text))
	);
}

/** A word that only screen readers hear before a name, with a comma: “Author, Marta Hollis”. */
const HEARD = /^\s*(authors?|作者)[,，]\s*/i;
const MAX_HEARD_CHARS = 12;

/** Whether a text ends as sentences do. A short one can have a full stop, as in *By Marta Hollis.* */
function isSentence(text: string): boolean {
	let end = text.length - 1;
	while (end > 0 && text.charCodeAt(end) <= 32) end--;
	const last = text[end] ?? '';
	return last === '.' ? end > MAX_FULL_STOP_CHARS : SENTENCE_ENDS.includes(last);
}

const SENTENCE_ENDS = '。！？；，、”」』…!?;,"’';
const MAX_FULL_STOP_CHARS = 60;

/** A longer text, in UTF-16 units, is a sentence even if a day is in it. */
const MAX_DATE_LINE_CHARS = 100;

/**
 * Reads a text of a few words or lines that only names an author, a day, or both, as in *Marta Hollis | Aug 22, 2019* or
 * `发表于 2019年8月22日`. `undefined` for any other text.
 *
 * @param isMeta whether the markup says that the text is such a line, so that it can have other words as well
 */
export function readFactLine(text: string, isMeta = false): FactLine | undefined {
	if (text.length > MAX_LINE_CHARS) return undefined;
	const { rest, dates, labelled } = withoutDates(isMeta ? text.replace(HEARD, '$1: ') : text);
	const byline = readByline(trimmed(rest));
	if (byline) return { contributors: byline, date: dates[0], labelled: labelled || dates.length === 0, stated: true };
	if (dates.length === 0 && !SEVERAL.test(text)) return undefined;
	let isStated = true;
	let isMixed = false;
	const days = new Set(dates.map(({ time }) => Math.floor(time / DAY_MS)));
	// Several days, of which nothing says what they are, are a list.
	if (days.size > 1 && !labelled && !isMeta) return undefined;
	const contributors: Contributor[] = [];
	for (const piece of rest.replace(LABEL, '\n').split(SEPARATOR)) {
		const words = trimmed(piece);
		if (words === '' || isBeside(words)) continue;
		const stated = readByline(words);
		const names = stated ?? (dates.length > 0 ? nameAlone(words) : undefined);
		if (names && !stated) isStated = false;
		if (names) for (const one of names) contributors.push(one);
		else if (isMeta) isMixed = true;
		else return undefined;
	}
	// Beside words of which nothing is known, such as those of a section, words alone are no name.
	if (isMixed && !isStated) contributors.length = 0;
	if (contributors.length === 0 && dates.length === 0) return undefined;
	return { contributors, date: dates[0], labelled, stated: isStated };
}

/** Whether words stand beside names and dates, and say nothing of them. */
function isBeside(words: string): boolean {
	return SOURCE.test(words) || COUNTER.test(words) || RELATIVE.test(words) || LEFT_OVER.test(words);
}

/** Takes the dates out of a text, those of updates apart. */
function withoutDates(text: string): { rest: string; dates: NonNullable<FactLine['date']>[]; labelled: boolean } {
	const dates: NonNullable<FactLine['date']>[] = [];
	let rest = text;
	let labelled = false;
	for (let count = 0; count < MOST_DATES; count++) {
		const found = findMoment(rest);
		if (!found) break;
		const before = rest.slice(0, found.start);
		const after = rest.slice(found.end);
		const isUpdate = UPDATED.test(before) || (!PUBLISHED.test(before) && UPDATED_AFTER.test(after));
		const isLabelled = isUpdate || PUBLISHED.test(before) || PUBLISHED_AFTER.test(after);
		labelled ||= isLabelled;
		if (!isUpdate) dates.push({ ...found, words: rest.slice(found.start, found.end) });
		rest = `${before
			.replace(UPDATED, '')
			.replace(PUBLISHED, '')
			.replace(/\s+(?:on|at|in|于|於|在)\s*$/i, '')}\n${after.replace(PUBLISHED_AFTER, '')}`;
	}
	return { rest, dates, labelled };
}

/** Reads names without a word before them, which only stand beside a date. */
function nameAlone(words: string): readonly Contributor[] | undefined {
	const names = words.split(/\s*(?:,|、|，|&|\sand\s)\s*/);
	return names.every(name => isPersonName(name) || (isCapitalisedName(name) && /\s/.test(name)))
		? names.map(name => ({ name, contribution: 'author' as const }))
		: undefined;
}

const AROUND = /[\s,，;；:：.。)）|·•—–-]/;

function trimmed(text: string): string {
	let start = 0;
	while (start < text.length && (AROUND.test(text.charAt(start)) || isLoneBracket(text, start))) start++;
	return trimEndOf(text.slice(start), /[\s,，;；:：(（|·•—–-]/);
}

/** Whether a bracket opens at an offset that is not closed. */
function isLoneBracket(text: string, at: number): boolean {
	return (text[at] === '(' && !text.includes(')', at)) || (text[at] === '（' && !text.includes('）', at));
}

/** A longer text beside a date, in UTF-16 units, may be a sentence in Han or kana. */
const MAX_BESIDE_CHARS = 8;

/**
 * Says what the text beside a date in its block makes of it: `undefined` if that is a sentence.
 *
 * @param before the text before the date, and after it
 */
export function dateBeside(before: string, after: string): 'published' | 'updated' | 'day' | undefined {
	const kind = UPDATED.test(before) ? 'updated' : PUBLISHED.test(before) ? 'published' : 'day';
	const rest = `${before.replace(UPDATED, '').replace(PUBLISHED, '')}\n${after}`;
	if (rest.length > MAX_LINE_CHARS) return undefined;
	const others = withoutDates(rest).rest.replace(LABEL, '\n').split(SEPARATOR).map(trimmed).filter(Boolean);
	const isSmall =
		others.length === 1 && /^\P{ASCII}+$/u.test(others[0] ?? '') && (others[0] ?? '').length <= MAX_BESIDE_CHARS;
	if (isSmall || others.every(part => isBeside(part) || LABEL_ONLY.test(part) || readByline(part) || nameAlone(part)))
		return kind;
	return undefined;
}

const LABEL_ONLY =
	/^(?:last\s+)?(?:published|posted|updated|modified|发表|發表|发布|發布|更新|时间|時間|日期)(?:于|於|on)?$/i;

/** Returns a text that names somebody without the dates and counts in it, on one line. */
export function withoutFacts(text: string): string {
	if (text.length > 10 * MAX_LINE_CHARS) return '';
	const lines: string[] = [];
	for (const line of text.split(/\n|\s\|\s|｜/)) {
		const rest = line.length > MAX_LINE_CHARS ? line : withoutDates(line).rest;
		const words = trimmed(rest.replace(/\s+/g, ' '));
		if (words !== '' && !isBeside(words)) lines.push(words);
	}
	return lines.join(' ');
}

/** Reads `<i>Name<br>date</i>`, in which the name can be any. */
export function readSigned(text: string): FactLine | undefined {
	const [name, when, ...rest] = text.trim().split('\n');
	const moment = when !== undefined && rest.every(line => line.trim() === '') ? parseMoment(when) : undefined;
	const words = name?.trim() ?? '';
	if (!moment || words === '' || words.length > 60 || /[.。!！?？]$/.test(words)) return undefined;
	const contributors: readonly Contributor[] = readByline(words) ?? [{ name: words, contribution: 'author' }];
	return { contributors, date: { ...moment, words: when?.trim() ?? '' }, labelled: true, stated: true };
}

/** Reads a byline over several lines of a block, as in `文/` and a name in an element of its own. */
export function bylineAcross(text: string): FactLine | undefined {
	const contributors = text.includes('\n') ? readByline(text) : undefined;
	return contributors && { contributors, date: undefined, labelled: true, stated: true };
}
