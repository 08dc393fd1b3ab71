/** A day without a time; also as `xsd:dateTime`, which has no other way to say it than midnight. */
const WHOLE_DAY = /^(\d{4}-\d{2}-\d{2})(?:T00:00(?::00(?:\.0+)?)?Z)?$/;

/** Lengths of time in milliseconds. */
export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** How far the clocks of any place are from UTC at most. */
export const FARTHEST_ZONE_MS = 14 * HOUR_MS;

/**
 * The day on which something was written, for people: that of their own calendar.
 *
 * @param written an `xsd:dateTime` or `xsd:date`
 * @param timeZone an IANA name; `undefined` for the zone of this machine
 * @returns `yyyy-mm-dd`; what is no date, as it is
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

/** Whether a moment is on a day (`yyyy-mm-dd`) anywhere in the world. */
export function isSomewhereOn(written: string, day: string): boolean {
	const noon = Date.parse(`${day}T12:00:00Z`);
	return Math.abs(Date.parse(written) - noon) <= FARTHEST_ZONE_MS + 12 * HOUR_MS;
}
