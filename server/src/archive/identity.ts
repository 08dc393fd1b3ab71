import { HOUR_MS } from '../util/day.ts';
import { startOf } from '../util/text.ts';
import { displayName, folderOf } from '../util/uri.ts';

/** What tells an article apart from others, besides its file name. */
export interface Identity {
	readonly title: string | undefined;
	/** The key of the page that it was taken from. */
	readonly source: string | undefined;
	/** In milliseconds since the Unix epoch. */
	readonly published: number | undefined;
}

/** The most characters of a title that are compared. */
const TITLE_CHARS = 300;

/** Returns the number that a file name starts with, such as that of `1047452_title.md` or `1041947.md`; `undefined` if there is none. */
export function numberIn(uri: string): string | undefined {
	return /^(\d{1,30})(?:_|\.[^.]*$|$)/.exec(displayName(uri))?.[1];
}

/** Whether a number may be a year, month or day (`20211216`), which several articles can share. */
export function isDay(number: string): boolean {
	return /^(?:19|20)\d\d(?:(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])?)?$/.test(number);
}

/** Returns the letters and digits of a title, for comparison; `undefined` if no letters are left. */
export function plainTitle(title: string): string | undefined {
	const plain = startOf(title, TITLE_CHARS)
		.normalize('NFKC')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}\p{M}]+/gu, '');
	return /\p{L}/u.test(plain) && plain.length > 1 ? plain : undefined;
}

/** Returns the title in a file name, after its number or day and without its extension, for comparison. */
export function titleInName(uri: string): string | undefined {
	return plainTitle(
		displayName(uri)
			.replace(/^(?:\d+_|\d{4}-\d\d-\d\d-)/, '')
			.replace(/\.[^.]{1,5}$/, ''),
	);
}

/** Extensions of pictures. */
const PICTURE = /\.(?:avif|bmp|gif|jpe?g|png|svg|webp)$/i;

/** Keys under which files that may be the same are found. */
export const identityKeys = {
	number: (uri: string): string | undefined => keyOf('number', numberIn(uri)),
	name: (uri: string): string => `name ${displayName(uri).normalize('NFC').toLowerCase()}`,
	/** Pictures in one folder. */
	picture: (uri: string): string | undefined => keyOf('picture', PICTURE.test(uri) ? folderOf(uri) : undefined),
	title: (title: string | undefined): string | undefined => keyOf('title', title),
	/** The identity of the article of a sidecar. */
	sidecar: (key: string): string => `sidecar ${key}`,
} as const;

function keyOf(kind: string, value: string | undefined): string | undefined {
	return value === undefined ? undefined : `${kind} ${value}`;
}

/** Returns the keys of a file that is neither article, list nor sidecar. */
export function keysOfOther(uri: string): readonly string[] {
	return [identityKeys.name(uri), identityKeys.picture(uri)].filter(key => key !== undefined);
}

/** Returns the keys of an article. */
export function keysOfArticle(uri: string, title: string | undefined): readonly string[] {
	const { number, name } = identityKeys;
	const titles = [title === undefined ? undefined : plainTitle(title), titleInName(uri)].map(identityKeys.title);
	return [number(uri), name(uri), ...titles].filter(key => key !== undefined);
}

/** Returns month and day at UTC+8, as lists write them: `9-1`. */
export function dayInList(published: number): string | undefined {
	const date = new Date(published + 8 * HOUR_MS);
	return Number.isNaN(date.getTime()) ? undefined : `${date.getUTCMonth() + 1}-${date.getUTCDate()}`;
}
