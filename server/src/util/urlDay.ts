import { DAY_MS } from './day.ts';

/** A day in the path of a URL, and where it is written. */
export interface UrlDay {
	/** `yyyy-mm-dd`. */
	readonly day: string;
	readonly start: number;
	readonly end: number;
}

/** The ways in which sites write the day of publication; a number of eight digits alone at the end can be that of the article. */
const FORMS = [
	// `/2025/03/01/…`, `/20250301/…`, `/2025/0301/…`, `/2025-03/01/…`, `/20250301-title`
	/\/((?:19|20)\d\d)[/-]?(\d\d)[/-]?(\d\d)(?=[/_-])/g,
	// `/2025/3/1/…`
	/\/((?:19|20)\d\d)([/-])(\d\d?)\2(\d\d?)(?=\/.)/g,
	// `/2025/03/01`, `/2025-03-01.html`
	/\/((?:19|20)\d\d)([/-])(\d\d)\2(\d\d)(?=$|\.[a-z]{3,5}$)/g,
	// `/t20250301_123.html`
	/\/t((?:19|20)\d\d)(\d\d)(\d\d)(?=_)/g,
];

/** The longest path that is examined, in UTF-16 code units. */
const MAX_PATH_CHARS = 2048;

/** Finds the day in the path of a URL; `undefined` if there is none, or if there are several. */
export function dayInUrl(url: string): UrlDay | undefined {
	const from = /^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i.exec(url)?.[0].length ?? 0;
	const path = url.slice(from, from + MAX_PATH_CHARS).replace(/[?#].*$/s, '');
	const found = new Map<string, UrlDay>();
	for (const form of FORMS) {
		for (const match of path.matchAll(form)) {
			const [year, month, date] = match
				.slice(1)
				.filter(part => /^\d+$/.test(part))
				.map(Number);
			const time = Date.UTC(year ?? 0, (month ?? 0) - 1, date);
			const day = new Date(time).toISOString().slice(0, 10);
			if (new Date(time).getUTCMonth() + 1 !== month || new Date(time).getUTCDate() !== date) continue;
			const start = from + match.index + match[0].search(/\d/);
			if (!found.has(day)) found.set(day, { day, start, end: from + match.index + match[0].length });
		}
	}
	const [only, ...others] = found.values();
	return others.length === 0 ? only : undefined;
}

/** When the page at a URL was published. */
export interface Publication {
	/** `yyyy-mm-dd`. */
	readonly day: string;
	/** Noon UTC of that day, which is on it in nearly all time zones; in milliseconds since the Unix epoch. */
	readonly noon: number;
}

/** Reads from a URL when its page was published; `undefined` if it does not tell, or if that cannot be. */
export function publicationInUrl(url: string, now: number): Publication | undefined {
	const day = dayInUrl(url)?.day;
	if (day === undefined) return undefined;
	const noon = Date.parse(`${day}T12:00Z`);
	// No web page is older, and where the day begins first it is tomorrow already.
	return noon >= Date.UTC(1990) && noon <= now + DAY_MS ? { day, noon } : undefined;
}
