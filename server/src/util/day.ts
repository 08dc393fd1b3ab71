/** A date without a time, or midnight UTC, the only way to write such a date as `xsd:dateTime`. */
const WHOLE_DAY = /^(\d{4}-\d{2}-\d{2})(?:T00:00(?::00(?:\.0+)?)?Z)?$/;

/** Durations in milliseconds. */
export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** The largest offset of any time zone from UTC. */
export const FARTHEST_ZONE_MS = 14 * HOUR_MS;

/**
 * The calendar day of a date or time, in a time zone.
 *
 * @param written an `xsd:dateTime` or `xsd:date`
 * @param timeZone an IANA name; defaults to the system's time zone
 * @returns `yyyy-mm-dd`; invalid dates are returned unchanged
 */
export function localDay(written: string, timeZone?: string): string {
	const day = WHOLE_DAY.exec(written)?.[1];
	if (day !== undefined) return day;
	const time = Date.parse(written);
	if (Number.isNaN(time)) return written;
	const parts = new Intl.DateTimeFormat('en', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
	const found = new Map(parts.formatToParts(time).map(({ type, value }) => [type, value]));
	return [found.get('year')?.padStart(4, '0'), found.get('month'), found.get('day')].join('-');
}

/** Whether a moment is on a day (`yyyy-mm-dd`) in any time zone. */
export function isSomewhereOn(written: string, day: string): boolean {
	const noon = Date.parse(`${day}T12:00:00Z`);
	return Math.abs(Date.parse(written) - noon) <= FARTHEST_ZONE_MS + 12 * HOUR_MS;
}
