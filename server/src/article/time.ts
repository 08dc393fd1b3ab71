import { HOUR_MS, MINUTE_MS } from '../util/day.ts';

/** A moment read from a text. */
export interface Moment {
	/** Milliseconds since the Unix epoch. */
	readonly time: number;
	/** Whether the text gives a time zone; otherwise UTC is assumed. */
	readonly zoned: boolean;
	/** Whether the text gives no time of day. */
	readonly dayOnly: boolean;
}

/** A moment, and where a text gives it. */
export interface WrittenMoment extends Moment {
	readonly start: number;
	readonly end: number;
}

/** Longer texts, in UTF-16 units including surrounding white space, are not dates. */
const MAX_TIME_CHARS = 200;

/**
 * Parses a date as feeds and pages write it, in English, Chinese, Japanese or Korean: ISO 8601, RFC 2822, *Aug 22nd,
 * 2019*, `2019年8月22日 星期四 10:30`. `undefined` if the text is not a date as a whole.
 */
export function parseMoment(text: string): Moment | undefined {
	if (text.length > MAX_TIME_CHARS) return undefined;
	const value = text.trim();
	const iso = ISO.exec(value)?.groups;
	if (iso) return momentOf(iso);
	const found = findMoment(value, WHOLE);
	return found && { time: found.time, zoned: found.zoned, dayOnly: found.dayOnly };
}

/** ISO 8601 as programs write it, which most dates are. */
const ISO =
	/^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)(?:[T ](?<hour>\d\d):(?<minute>\d\d)(?::(?<second>\d\d)(?:\.\d+)?)?(?<zone>Z|[+-]\d\d:?\d\d)?)?$/;

/** What every date has, in figures and in words, so that other texts are known quickly. */
const MAY_BE_DATE =
	/[12１２][90９０][\d０-９]{2}\s*[-/.年년－／．]\s*[\d０-９]|[\d０-９]\s*[年년]|[元〇零○一二三四五六七八九]年|\d[/.]\d{1,2}[/.](?:19|20)\d\d|(?:[Jj][Aa][Nn]|[Ff][Ee][Bb]|[Mm][Aa][RrYy]|[Aa][Pp][Rr]|[Jj][Uu][NnLl]|[Aa][Uu][Gg]|[Ss][Ee][Pp]|[Oo][Cc][Tt]|[Nn][Oo][Vv]|[Dd][Ee][Cc])[A-Za-z]{0,6}[-.\s,]+\d/;

/** Whether a text may have a date; said quickly. */
export function mayBeMoment(text: string): boolean {
	return MAY_BE_DATE.test(text);
}

/** Finds the first date in a text of a few words. */
export function findMoment(text: string, forms = ANYWHERE): WrittenMoment | undefined {
	if (text.length > MAX_TIME_CHARS || !mayBeMoment(text)) return undefined;
	const plain = narrow(text);
	let first: WrittenMoment | undefined;
	for (const [at, form] of forms.entries()) {
		const match = HINTS[at]?.test(plain) ? form.exec(plain) : null;
		if (!match?.groups || (first && first.start <= match.index)) continue;
		const moment = momentOf(match.groups);
		if (moment) first = { ...moment, start: match.index, end: match.index + match[0].length };
		if (first?.start === 0) break;
	}
	return first;
}

/** Replaces digits and signs of full width by narrow ones, of the same length. */
function narrow(text: string): string {
	return text
		.replace(/[！-～]/g, one => String.fromCharCode(one.charCodeAt(0) - 0xfee0))
		.replace(/[\u00a0\u3000]/g, ' ');
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const MONTH =
	'(?<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?';
const DAY = '(?<day>\\d{1,2})(?:st|nd|rd|th)?';
const YEAR = '(?<year>(?:19|20)\\d{2})';

/** A day of the week, before or after the date. */
const WEEKDAY =
	'(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\\.?|[(（]?(?:星期|礼拜|禮拜|周|週)[一二三四五六日天][)）]?|[(（]?[月火水木金土日](?:曜日?)?[)）]|[月火水木金土日]曜日?|[(（]?[월화수목금토일](?:요일)?[)）]|[월화수목금토일]요일)';

/** Hours, minutes and seconds, with the half of the day and the zone. */
const CLOCK =
	'(?<half>上午|下午|凌晨|清晨|早上|晚上|中午|午前|午後|오전|오후|[ap]\\.?m\\.?)?\\s*(?<hour>[01]?\\d|2[0-4])(?:\\s*[:.时時点點시]\\s*(?<minute>[0-5]\\d)(?:\\s*[:分분]\\s*(?<second>[0-5]\\d)(?:[.,]\\d+)?)?[分秒분초]?|(?=\\s*[ap]\\.?m)|[时時点點시](?:\\b|(?=\\s|$)))(?:\\s*(?<half2>[ap]\\.?m)\\b\\.?)?(?:\\s*[(（]?(?<zone>z|(?:utc|gmt)(?:\\s?[+-]\\d{1,2}(?::?\\d{2})?)?|[+-]\\d{2}:?\\d{2}|[ecmp][sd]t|bst|jst|kst|hkt|sgt)(?![\\p{L}\\d])[)）]?(?:\\s*\\([^()]*\\))?)?';

const BETWEEN = '(?:t|\\s*[,，|·–—-]\\s*|\\s+at\\s+|\\s*)';
const BEFORE = `(?:${WEEKDAY}\\s*[,，]?\\s*)?`;
const AFTER = `(?:\\s*[,，]?\\s*${WEEKDAY})?(?:${BETWEEN}${CLOCK})?`;

/** Years of the calendars of Japan and Taiwan. */
const ERAS: ReadonlyMap<string, number> = new Map([
	['令和', 2018],
	['平成', 1988],
	['昭和', 1925],
	['民國', 1911],
	['民国', 1911],
]);
const ERA_YEAR = '(?<era>令和|平成|昭和|民國|民国)\\s*(?<year>\\d{1,3}|元)';
const HAN_YEAR = '(?<year>(?:一九|二[〇零○])[〇零○一二三四五六七八九]{2})';
const HAN_NUMBER = '[一二三四五六七八九十]{1,3}';

const FORMS = [
	`${BEFORE}(?:${YEAR}|${ERA_YEAR.replace('<year>', '<eraYear>')})\\s*(?:年|년|[-/.])\\s*(?<month>\\d{1,2})\\s*(?:月|월|[-/.])\\s*(?<day>\\d{1,2})(?!\\d)\\s*(?:[日号號일]|\\.(?!\\d))?${AFTER}`,
	`${BEFORE}${HAN_YEAR}年(?<month>${HAN_NUMBER})月(?<day>${HAN_NUMBER})[日号號]${AFTER}`,
	`${BEFORE}(?<![\\d.])${DAY}(?:\\s+of)?[\\s-]+${MONTH},?[\\s-]+${YEAR}(?!\\d)${AFTER}`,
	`${BEFORE}(?<!\\p{L})${MONTH}\\s*${DAY}(?:\\s*,\\s*|\\s+)${YEAR}(?!\\d)${AFTER}`,
	// Of days and months in figures, only those that cannot be read in two ways.
	`${BEFORE}(?<![\\d./-])(?<month>0?[1-9]|1[0-2])/(?<day>1[3-9]|2\\d|3[01])/${YEAR}(?!\\d)${AFTER}`,
	`${BEFORE}(?<![\\d./-])(?<day>1[3-9]|2\\d|3[01])[/.](?<month>0?[1-9]|1[0-2])[/.]${YEAR}(?!\\d)${AFTER}`,
];

/** A time of day before the date, as in *10:30 AM, 22 August 2019*. */
const CLOCK_FIRST = [2, 3].map(form => {
	const date = (FORMS[form] ?? '').slice(0, -AFTER.length);
	return `${CLOCK}\\s*(?:[,，·|–—-]\\s*|\\s+on\\s+)?${date}`;
});

/** What a text has in each form, so that the others are not tried. */
const MONTH_HINT = /jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec/i;
const FIGURES_HINT = /\d[/.]\d{1,2}[/.]\d{4}/;
const CLOCK_HINT = /\d(?::\d\d|\s*[ap]\.?m\b).*[a-z]{3}/i;
const HINTS = [
	/\d\s*[-/.年년]\s*\d|元年/,
	/[〇零○一二三四五六七八九]年/,
	MONTH_HINT,
	MONTH_HINT,
	FIGURES_HINT,
	FIGURES_HINT,
	CLOCK_HINT,
	CLOCK_HINT,
];

const ALL = [...FORMS, ...CLOCK_FIRST];
const ANYWHERE = ALL.map(form => new RegExp(form, 'iu'));
const WHOLE = ALL.map(form => new RegExp(`^(?:${form})$`, 'iu'));

type Groups = Readonly<Record<string, string | undefined>>;

function momentOf({
	year,
	era,
	eraYear,
	month,
	day,
	half,
	hour,
	minute,
	second,
	half2,
	zone,
}: Groups): Moment | undefined {
	const base = era === undefined ? 0 : (ERAS.get(era) ?? 0);
	const y = base + (eraYear === '元' ? 1 : numberOf(eraYear ?? year));
	const mo = MONTHS.indexOf((month ?? '').slice(0, 3).toLowerCase()) + 1 || numberOf(month);
	const d = numberOf(day);
	let h = numberOf(hour);
	const part = (half ?? half2 ?? '').toLowerCase();
	if (h < 12 && /^p|下午|晚上|午後|오후/.test(part)) h += 12;
	else if (h === 12 && /^a|上午|凌晨|午前|오전/.test(part)) h = 0;
	const local = Date.UTC(y, mo - 1, d, h, numberOf(minute), numberOf(second));
	const check = new Date(Date.UTC(y, mo - 1, d));
	if (check.getUTCMonth() !== mo - 1 || check.getUTCDate() !== d || h > 24) return undefined;
	const offset = zone === undefined ? undefined : zoneOffset(zone.toUpperCase().replace(/\s/g, ''));
	return { time: local - (offset ?? 0), zoned: offset !== undefined, dayOnly: hour === undefined };
}

const HAN_DIGITS = '〇一二三四五六七八九';

/** Reads a number in figures, or in Chinese numerals up to 99 or as digits. */
function numberOf(text: string | undefined): number {
	if (text === undefined) return 0;
	if (/^\d+$/.test(text)) return Number(text);
	const digits = text.replace(/[零○]/g, '〇');
	if (!digits.includes('十')) return [...digits].reduce((sum, digit) => sum * 10 + HAN_DIGITS.indexOf(digit), 0);
	const [tens = '', ones = ''] = digits.split('十');
	return (tens === '' ? 1 : HAN_DIGITS.indexOf(tens)) * 10 + (ones === '' ? 0 : HAN_DIGITS.indexOf(ones));
}

/** Offsets of the zones that have one meaning, in hours. `CST` is that of RFC 2822. */
const ZONES: ReadonlyMap<string, number> = new Map([
	['Z', 0],
	['UTC', 0],
	['GMT', 0],
	['EST', -5],
	['EDT', -4],
	['CST', -6],
	['CDT', -5],
	['MST', -7],
	['MDT', -6],
	['PST', -8],
	['PDT', -7],
	['BST', 1],
	['HKT', 8],
	['SGT', 8],
	['JST', 9],
	['KST', 9],
]);

/** Returns the offset of a zone from UTC in milliseconds. */
function zoneOffset(zone: string): number | undefined {
	const known = ZONES.get(zone);
	if (known !== undefined) return known * HOUR_MS;
	const match = /([+-])(\d{1,2}):?(\d{2})?$/.exec(zone);
	if (!match) return undefined;
	const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
	return (match[1] === '-' ? -minutes : minutes) * MINUTE_MS;
}
