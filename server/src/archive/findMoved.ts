import { displayName, folderOf } from '../util/uri.ts';
import type { Archive } from './archive.ts';
import type { IndexEntry } from './entry.ts';
import { dayInList, type Identity, identityKeys, isDay, numberIn, plainTitle, titleInName } from './identity.ts';

/** A file that is referred to, but does not exist. */
export interface LostFile {
	/** As returned by `normalUri`. */
	readonly uri: string;
	/** What is said to be its title, and its month and day as in a list. */
	readonly title?: string | undefined;
	readonly day?: string | undefined;
	/** The key of the page that it was taken from. */
	readonly source?: string | undefined;
	/** Words that may be its title, such as those of a link. */
	readonly words?: string | undefined;
}

/** A file that a lost file may be now. */
export interface MovedFile {
	readonly uri: string;
	/** Whether nothing else can be meant, so that it may be used without asking. */
	readonly certain: boolean;
	/** Whether it only has words in common. */
	readonly vague?: true;
}

/** The archive, as far as files are identified. */
export type IdentifiedFiles = Pick<Archive, 'root' | 'entry' | 'identified' | 'copiesOf' | 'usersOf' | 'departed'>;

/** The most files that are offered for one. */
const MOST = 3;

/** What more files have in common identifies none of them. */
const MOST_ALIKE = 200;

/** A number with fewer digits does not identify an article in another folder. */
const LONG_NUMBER = 5;

/** A name with fewer letters and digits does not identify a file in another folder. */
const LONG_NAME = 8;

/**
 * Finds what a lost file is called now, or where it is: the article with the same number at the start of its name, else the one that was
 * taken from the same page, else the one with the same title, else the file with the same name, else one with a similar name; a picture that
 * nothing shows, in the same folder.
 *
 * @returns the likeliest first; several are never certain
 */
export function findMoved(lost: LostFile, archive: IdentifiedFiles): readonly MovedFile[] {
	const sought = soughtBy(lost, archive);
	for (const find of [byNumber, bySource, byTitle, byName, byWords, byFolder]) {
		const found = find(sought, archive);
		if (found.length > 0) return found.slice(0, MOST);
	}
	return [];
}

/** What is known of a lost file. */
interface Sought {
	readonly uri: string;
	readonly folder: string;
	readonly number: string | undefined;
	readonly source: string | undefined;
	/** Titles for comparison: those that it had, and others that it may have had. */
	readonly titles: readonly string[];
	readonly maybeTitles: readonly string[];
	readonly days: readonly string[];
}

function soughtBy({ uri, title, day, source, words }: LostFile, archive: IdentifiedFiles): Sought {
	const before: Partial<Identity> = archive.departed(uri) ?? {};
	const plain = (titles: readonly (string | undefined)[]): readonly string[] =>
		titles.flatMap(one => (one === undefined ? undefined : plainTitle(one)) ?? []);
	const days = [before.published === undefined ? undefined : dayInList(before.published), day?.replace(/\b0/g, '')];
	const named = titleInName(uri);
	return {
		uri,
		folder: folderOf(uri),
		number: numberIn(uri),
		source: source ?? before.source,
		titles: plain([before.title, title]),
		maybeTitles: [...plain([words]), ...(named === undefined ? [] : [named])],
		days: days.filter(one => one !== undefined),
	};
}

/** A file compared with a lost one. `undefined`: one of them is unknown. */
interface Compared {
	readonly uri: string;
	readonly isInFolder: boolean;
	readonly hasNumber: boolean | undefined;
	readonly hasSource: boolean | undefined;
	readonly hasTitle: boolean | undefined;
	readonly hasDay: boolean | undefined;
}

function compare({ folder, number, source, titles, days }: Sought, { uri, title, ...entry }: IndexEntry): Compared {
	const same = <T>(one: T | undefined, other: T | undefined): boolean | undefined =>
		one === undefined || other === undefined ? undefined : one === other;
	const known = plainTitleOf(title);
	const day = entry.published === undefined ? undefined : dayInList(entry.published);
	return {
		uri,
		isInFolder: folderOf(uri) === folder,
		hasNumber: same(number, numberIn(uri)),
		hasSource: same(source, entry.source?.key),
		hasTitle: known === undefined || titles.length === 0 ? undefined : titles.includes(known),
		hasDay: day === undefined || days.length === 0 ? undefined : days.includes(day),
	};
}

/** Titles for comparison, by the title in the index. */
const plainTitles = new WeakMap<object, string | undefined>();

function plainTitleOf(title: IndexEntry['title']): string | undefined {
	if (title && !plainTitles.has(title)) plainTitles.set(title, plainTitle(title.value));
	return title && plainTitles.get(title);
}

/** Returns the articles with some keys, compared with a lost one, sorted; none with a key that many have. */
function articlesWith(
	keys: readonly (string | undefined)[],
	sought: Sought,
	archive: IdentifiedFiles,
): readonly Compared[] {
	const found = keys.map(key => archive.identified(key ?? '')).filter(({ size }) => size <= MOST_ALIKE);
	return articlesOf(found.flatMap(uris => [...uris]).sort(), sought, archive);
}

/** Returns the articles among some files, compared with a lost one. */
function articlesOf(uris: readonly string[], sought: Sought, archive: IdentifiedFiles): readonly Compared[] {
	return [...new Set(uris)].flatMap(uri => {
		const entry = uri === sought.uri ? undefined : archive.entry(uri);
		return entry?.kind === 'article' ? [compare(sought, entry)] : [];
	});
}

function byNumber(sought: Sought, archive: IdentifiedFiles): readonly MovedFile[] {
	const { uri, number = '' } = sought;
	const key = identityKeys.number(uri);
	if (key === undefined) return [];
	const isOften = isDay(number);
	const isSame = ({ hasSource, hasTitle }: Compared): boolean => hasSource === true || hasTitle === true;
	const found = articlesWith([key], sought, archive).filter(
		one => isSame(one) || (!isOften && (one.isInFolder || (number.length >= LONG_NUMBER && one.hasSource !== false))),
	);
	const [only, ...others] = narrow(found);
	if (!only || others.length > 0) return uncertain(narrow(found));
	const isKept = only.isInFolder || displayName(only.uri) === displayName(uri);
	return [{ uri: only.uri, certain: only.hasSource !== false && (isSame(only) || isKept) }];
}

function bySource(sought: Sought, archive: IdentifiedFiles): readonly MovedFile[] {
	if (sought.source === undefined) return [];
	const found = narrow(articlesOf(archive.copiesOf(sought.source), sought, archive));
	return found.length === 1 ? found.map(({ uri }) => ({ uri, certain: true })) : uncertain(found);
}

function byTitle(sought: Sought, archive: IdentifiedFiles): readonly MovedFile[] {
	// A file that only has the title in its name may have any title.
	const found = titled(sought.titles, sought, archive).filter(({ hasTitle }) => hasTitle);
	const [only, ...others] = found;
	const certain = others.length === 0 && only?.hasNumber !== false && (only?.hasDay ?? only?.isInFolder) === true;
	return only && certain ? [{ uri: only.uri, certain }] : uncertain(narrow(found));
}

/** Finds articles whose title, or the one in their name, is like that in the name or the words of a link. */
function byWords(sought: Sought, archive: IdentifiedFiles): readonly MovedFile[] {
	const found = narrow(titled([...sought.titles, ...sought.maybeTitles], sought, archive));
	return uncertain(found).map(one => ({ ...one, vague: true }));
}

function titled(titles: readonly string[], sought: Sought, archive: IdentifiedFiles): readonly Compared[] {
	const found = articlesWith(titles.map(identityKeys.title), sought, archive);
	return found.filter(({ hasSource, hasDay }) => hasSource !== false && hasDay !== false);
}

function byName(sought: Sought, archive: IdentifiedFiles): readonly MovedFile[] {
	const { uri } = sought;
	const alike = archive.identified(identityKeys.name(uri));
	const found = alike.size > MOST_ALIKE ? [] : [...alike].filter(one => one !== uri).sort();
	const [only, ...others] = found;
	if (only === undefined || others.length > 0) return uncertain(found.map(one => ({ uri: one })));
	const entry = archive.entry(only);
	const { hasSource, hasTitle } = entry ? compare(sought, entry) : {};
	// A picture that something refers to may be another one with the same name.
	const isFree = entry !== undefined || archive.usersOf(only).length === 0;
	const certain = isFree && hasSource !== false && hasTitle !== false && isLong(displayName(uri));
	return [{ uri: only, certain }];
}

/** Finds pictures in the same folder that nothing refers to: those with a word of the lost name, else the only one. */
function byFolder({ uri }: Sought, archive: IdentifiedFiles): readonly MovedFile[] {
	const inFolder = archive.identified(identityKeys.picture(uri) ?? '');
	if (inFolder.size > MOST_ALIKE) return [];
	const unused = [...inFolder].filter(one => one !== uri && archive.usersOf(one).length === 0).sort();
	const words = wordsIn(uri);
	const alike = unused.filter(one => wordsIn(one).some(word => words.includes(word)));
	return uncertain((alike.length > 0 ? alike : unused.length === 1 ? unused : []).map(one => ({ uri: one })));
}

/** Returns the words of a file name, without its extension. */
function wordsIn(uri: string): readonly string[] {
	const name = displayName(uri).normalize('NFC').toLowerCase();
	return name.replace(/\.[^.]*$/, '').match(/\p{L}{2,}/gu) ?? [];
}

function isLong(name: string): boolean {
	const stem = name.replace(/\.[^.]*$/, '').normalize('NFC');
	return (
		/\p{L}/u.test(stem) && stem.replace(/[^\p{L}\p{N}]/gu, '').length >= (/\p{Script=Han}/u.test(stem) ? 4 : LONG_NAME)
	);
}

/** Narrows files down to those that agree in more, as long as some do. */
function narrow(found: readonly Compared[]): readonly Compared[] {
	let left = found;
	for (const agrees of [
		(one: Compared) => one.hasSource === true,
		(one: Compared) => one.hasTitle === true,
		(one: Compared) => one.isInFolder,
	]) {
		const some = left.filter(agrees);
		if (some.length > 0) left = some;
	}
	return left;
}

function uncertain(found: readonly { readonly uri: string }[]): readonly MovedFile[] {
	return found.map(({ uri }) => ({ uri, certain: false }));
}
