/**
 * The IANA name of the time zone that this machine's clocks show; `undefined` where it has none that `Intl` knows, as with the
 * rules (`CST-8`) that POSIX allows in `TZ`. `Intl` and `Date` show the right time without a name, so `undefined` is also what
 * they are to be given then.
 */
export function systemTimeZone(): string | undefined {
	const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
	try {
		// Some versions of ICU name `GMT+3` after the zone on the other side of the world.
		return offsetIn(timeZone) === offsetIn(undefined) ? timeZone : undefined;
	} catch (error) {
		// ICU calls a zone that it cannot find by a name that it then does not know.
		if (error instanceof RangeError) return undefined;
		throw error;
	}
}

function offsetIn(timeZone: string | undefined): string | undefined {
	const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
	return format.formatToParts(0).find(({ type }) => type === 'timeZoneName')?.value;
}
