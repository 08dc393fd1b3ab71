import type { Article } from '../../article/article.ts';
import { type Field, type Span, span } from '../../article/span.ts';
import { parseMoment } from '../../article/time.ts';
import { code, dotted, type Inline, lines, phrase, strong } from '../../markdown/tree.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../util/day.ts';
import type { HoverContext, HoverSection } from './context.ts';

/** The largest valid time value of a `Date` (ECMA-262, "Time Values"), in milliseconds since the Unix epoch. */
export const LAST_MOMENT = 8.64e15;

/** Smaller numbers (before 1973 in milliseconds) may be times in seconds. */
const FIRST_MILLISECONDS = 1e11;
const FIRST_SECONDS = 1e8;

/** Units of age with their length in milliseconds, longest first. */
const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
	['year', 365.25 * DAY_MS],
	['month', 30.4375 * DAY_MS],
	['week', 7 * DAY_MS],
	['day', DAY_MS],
	['hour', HOUR_MS],
	['minute', MINUTE_MS],
	['second', 1000],
];

/** Describes the time comment of line 1. */
export function timeCommentSection(
	context: HoverContext,
	{ value, span: at, comment }: Field & { readonly comment: Span },
): HoverSection {
	const { article } = context;
	// On a malformed line, text after the comment is not part of it.
	const place = span(
		comment.start,
		Math.max(at.end, comment.start + article.text.slice(comment.start, comment.end).trimEnd().length),
	);
	const time = Number(value);
	if (!/^\d+$/.test(value) || time > LAST_MOMENT) {
		const message =
			value === 'NaN'
				? 'No time: the date in the feed could not be parsed'
				: `Invalid time: ${value} is not a number of milliseconds`;
		return { span: place, content: lines(strong(message), ...elsewhere(context)) };
	}
	return { span: place, content: lines(...describeTime(context, time), ...secondsHint(context, time)) };
}

/** Describes a date from the date line, the front matter or a `time` element; `undefined` if it cannot be parsed. */
export function dateSection(context: HoverContext, value: string, at: Span): HoverSection | undefined {
	const moment = parseMoment(value);
	if (!moment) return undefined;
	const assumed = !moment.zoned && 'No time zone given; UTC is assumed';
	return { span: at, content: lines(...describeTime(context, moment.time), assumed) };
}

/** Formats a time in the user's time zone, in UTC and in ISO 8601, with its age. */
function describeTime({ now, timeZone }: HoverContext, time: number): Inline[] {
	const utc = formatMoment(time, 'UTC');
	const local = formatMoment(time, timeZone);
	const zone = nameOf(timeZone, local.offset);
	return [
		phrase(strong(local.text), zone),
		local.offset !== 'UTC+0' && `${utc.text} UTC`,
		dotted(code(new Date(time).toISOString()), formatAge(time, now)),
	];
}

/** Formats a time zone as name and offset, or as offset alone. */
function nameOf(timeZone: string | undefined, offset: string): string {
	if (timeZone === undefined) return offset === 'UTC+0' ? 'UTC' : offset;
	return /^(?:Etc\/)?UTC$/.test(timeZone) ? 'UTC' : `${timeZone}, ${offset}`;
}

function secondsHint({ now }: HoverContext, time: number): string[] {
	if (time < FIRST_SECONDS || time >= FIRST_MILLISECONDS || time * 1000 > now) return [];
	return [`Seconds instead of milliseconds? That would be ${formatMoment(time * 1000, 'UTC').text} UTC`];
}

/** Returns the date found elsewhere in an article whose time comment is invalid. */
function elsewhere({ article }: HoverContext): string[] {
	const found = dateInWords(article);
	return found ? [`${found.where} says ${formatMoment(found.time, 'UTC').text} UTC`] : [];
}

function dateInWords(article: Article): { readonly where: string; readonly time: number } | undefined {
	const { date, frontMatter } = article.header;
	const matter = frontMatter?.fields.get('date');
	const places: [string, number | undefined][] = [
		['The date line', date && parseMoment(date.value)?.time],
		['The front matter', matter && parseMoment(matter.value)?.time],
		['The body', article.byline.date?.time],
	];
	for (const [where, time] of places) if (time !== undefined) return { where, time };
	return undefined;
}

/** Formats a time in a time zone, with the offset of the zone at that time, for example `UTC+8`. */
export function formatMoment(
	time: number,
	timeZone: string | undefined,
): { readonly text: string; readonly short: string; readonly offset: string } {
	const parts = new Map(
		new Intl.DateTimeFormat('en-GB', {
			timeZone,
			weekday: 'long',
			year: 'numeric',
			month: 'long',
			day: 'numeric',
			hour: '2-digit',
			minute: '2-digit',
			second: '2-digit',
			hourCycle: 'h23',
			timeZoneName: 'shortOffset',
		})
			.formatToParts(time)
			.map(({ type, value }) => [type, value]),
	);
	const get = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '';
	const clock = `${get('hour')}:${get('minute')}`;
	return {
		short: `${get('day')} ${get('month').slice(0, 3)} ${get('year')}, ${clock}`,
		text: `${get('weekday')} ${get('day')} ${get('month')} ${get('year')}, ${clock}:${get('second')}`,
		offset: get('timeZoneName').replace(/^GMT$/, 'GMT+0').replace('GMT', 'UTC'),
	};
}

/** Formats the distance from now in the largest unit that fits. */
function formatAge(time: number, now: number): string {
	const difference = time - now;
	const [unit, length] = UNITS.find(([, length]) => Math.abs(difference) >= length) ?? ['second', 1000];
	return new Intl.RelativeTimeFormat('en', { numeric: 'always' }).format(Math.trunc(difference / length), unit);
}
