import { MINUTE_MS } from '../util/day.ts';
/** A moment read from a text. */
export interface Moment {
	/** Milliseconds since the Unix epoch. */
	readonly time: number;
	/** Whether the text gives a time zone; otherwise UTC is assumed. */
	readonly zoned: boolean;
}

/** Longer texts, in UTF-16 units including surrounding white space, are not dates. */
const MAX_TIME_CHARS = 200;

/**
 * Parses a date as feeds and pages write it: ISO 8601, RFC 2822, `2021-12-16 03:19:18`, `2021年12月16日`. `undefined` if
 * the text is not a date.
 */
export function parseMoment(text: string): Moment | undefined {
	if (text.length > MAX_TIME_CHARS) return undefined;
	const value = text.trim();
	const match =
		/^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i.exec(
			value,
		);
	if (match) {
		const [, year, month, day, hour = '0', minute = '0', second = '0', zone] = match;
		const [y, mo, d, h, mi, s] = [year, month, day, hour, minute, second].map(Number) as [
			number,
			number,
			number,
			number,
			number,
			number,
		];
		const local = Date.UTC(y, mo - 1, d, h, mi, s);
		if (new Date(local).getUTCDate() !== d || mo > 12 || h > 24 || mi > 59) return undefined;
		return { time: local - zoneOffset(zone), zoned: zone !== undefined };
	}
	// RFC 2822 gives a zone. The check is needed because Date.parse accepts much that is not a date.
	if (!/^(?:[a-z]{3},\s*)?\d{1,2}\s+[a-z]{3,9}\s+\d{4}\b/i.test(value)) return undefined;
	const zoned = /(?:Z|GMT|UTC?|[+-]\d{4}|[ECMP][SD]T)\s*(?:\(.*\))?$/i.test(value);
	const time = Date.parse(zoned ? value : `${value} UTC`);
	return Number.isNaN(time) ? undefined : { time, zoned };
}

/** Returns the offset of `Z` or `±hh:mm` from UTC in milliseconds. */
function zoneOffset(zone: string | undefined): number {
	const match = /^([+-])(\d{2}):?(\d{2})$/.exec(zone ?? '');
	if (!match) return 0;
	const minutes = Number(match[2]) * 60 + Number(match[3]);
	return (match[1] === '-' ? -minutes : minutes) * MINUTE_MS;
}
