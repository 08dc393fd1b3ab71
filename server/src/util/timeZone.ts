/**
 * The IANA name of the system's time zone; `undefined` if it has no name that `Intl` knows, as with POSIX
 * rules in `TZ` (`CST-8`). `Intl` and `Date` show the right time without a name, so pass `undefined` on to
 * them in that case.
 */
export function systemTimeZone(): string | undefined {
	const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
	try {
		// Some versions of ICU report `GMT+3` as the zone with the opposite sign.
		return offsetIn(timeZone) === offsetIn(undefined) ? timeZone : undefined;
	} catch (error) {
		// ICU reports a zone that it cannot identify by a name that it then rejects.
		if (error instanceof RangeError) return undefined;
		throw error;
	}
}

/** Whether `Intl` knows a time zone by this name; another program may know more. */
export function isTimeZone(name: string | undefined): boolean {
	try {
		return Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
	} catch (error) {
		if (error instanceof RangeError) return false;
		throw error;
	}
}

function offsetIn(timeZone: string | undefined): string | undefined {
	const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
	return format.formatToParts(0).find(({ type }) => type === 'timeZoneName')?.value;
}
