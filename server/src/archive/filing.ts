import { greatest } from '../article/lists.ts';
import { readableHost } from '../links/readableUrl.ts';
import { cutName, nameFrom, withoutDevice } from '../util/fileName.ts';
import { append, groupBy } from '../util/groups.ts';
import { displayName, folderOf, isBelow, joinUri, normalFolder, pathBelow } from '../util/uri.ts';
import type { Archive } from './archive.ts';
import type { IndexEntry } from './entry.ts';
import { keyOfSource } from './head.ts';
import {
	type Example,
	FIRST_NAMES,
	lastNumber,
	learnNames,
	mostOf,
	type Named,
	type NamePattern,
	nameOf,
	partsOf,
} from './namePattern.ts';

/** Where an article is filed. */
export interface Filing {
	/** URI of the folder, which may not exist yet. */
	readonly folder: string;
	/** The file name, which may be taken. */
	readonly name: string;
	/** URI of the list that lists the articles of the folder, if there is one. */
	readonly list: string | undefined;
}

/** The number of articles that names are learnt from, the latest ones. */
const MAX_EXAMPLES = 500;

/** How long the name of a folder for a site may be, in bytes of UTF-8: URLs may have hosts that no name server has. */
const MAX_SITE_BYTES = 100;

/** Labels of host names that are part of a suffix below which names are registered: `co.uk`, `com.cn`. */
const SECOND_LEVEL = /^(?:ac|co|com|edu|go|gob|gov|gouv|mil|ne|net|or|org)$/;

/** Finds the folder and the name of a new article as the archive does it: with the articles of the same source, named like them. */
export function fileArticle(
	archive: Archive,
	article: Named,
	near: string,
	localDay: (time: number) => string,
): Filing {
	const articles = [...archive.entries()]
		.filter(({ kind }) => kind === 'article')
		.sort((a, b) => (b.published ?? 0) - (a.published ?? 0));
	const folders = groupBy(articles, folderIn);
	const folder = folderOfSource(article.source, articles) ?? newFolder(archive, article.source, near, folders);
	const examples = (folders.get(folder) ?? []).slice(0, MAX_EXAMPLES).map(exampleOf);
	const all = articles.slice(0, MAX_EXAMPLES).map(exampleOf);
	// Sources have their own names; what is true of any of them is the day.
	const learnt = learnNames(examples) ?? learnNames(all.filter(isByDay)) ?? learnNames(all) ?? FIRST_NAMES;
	const number = learnt.fromAddress ? lastNumber(article.source) : nextNumber(examples);
	const pattern = learnt.prefix === 'number' && number === undefined ? byDay(learnt, examples, all) : learnt;
	return { folder, name: nameOf(pattern, article, number ?? '', localDay), list: listOf(archive, folder) };
}

/**
 * Names by day in place of numbers that another program gives: they identify articles, and it would give the next one to another article.
 */
function byDay(learnt: NamePattern, examples: readonly Example[], all: readonly Example[]): NamePattern {
	const own = learnNames(examples.filter(isByDay));
	if (own) return own;
	const days = learnNames(all.filter(isByDay)) ?? FIRST_NAMES;
	return learnt.titled ? { ...learnt, prefix: 'day', separator: days.separator, zone: days.zone } : days;
}

function isByDay({ name }: Example): boolean {
	return partsOf(name).prefix.kind === 'day';
}

/** The number behind the highest of a folder, if it numbers its articles from 1 on; `undefined` if not. */
function nextNumber(examples: readonly Example[]): string | undefined {
	const prefixes = examples.map(({ name }) => partsOf(name).prefix).filter(({ kind }) => kind === 'number');
	const [last] = prefixes;
	const numbers = new Set(prefixes.map(({ text }) => Number(text)));
	const highest = greatest(numbers);
	if (!last || numbers.size * 2 < highest) return undefined;
	return String(highest + 1).padStart(last.text.length, '0');
}

/** The folder of an article. */
function folderIn({ uri }: IndexEntry): string {
	return uri.includes('?') ? folderOf(uri) : uri.slice(0, uri.lastIndexOf('/'));
}

function exampleOf({ uri, title, source, published }: IndexEntry): Example {
	return { name: displayName(uri), title: title?.value ?? '', source: source?.value, published };
}

/** The folder with most of the articles from the same part of the same site; `undefined` if there are none. */
function folderOfSource(source: string | undefined, articles: readonly IndexEntry[]): string | undefined {
	const place = placeOf(keyOfSource(source));
	if (!place) return undefined;
	const votes = new Map<string, IndexEntry[]>();
	let closest = 0;
	// Whatever is on the same site has this in its key.
	const common = place.host.split('.').slice(-2).join('.');
	for (const entry of articles) {
		if (!entry.source?.key.includes(common)) continue;
		const shared = sharedParts(place, placeOf(entry.source.key));
		if (shared === 0 || shared < closest) continue;
		if (shared > closest) votes.clear();
		closest = shared;
		append(votes, folderIn(entry), entry);
	}
	return mostOf([...votes.keys()], folder => votes.get(folder)?.length ?? 0);
}

/** The site of a page, and the parts of its path except the last, from its key (`links/pageKey.ts`). */
function placeOf(key: string | undefined): { readonly host: string; readonly path: readonly string[] } | undefined {
	if (key === undefined) return undefined;
	const [host = '', ...path] = (key.slice(2).split('?', 1)[0] ?? '').split('/');
	return { host: host.replace(/^(?:www|m|mobile|amp)\d?\.(?=.+\.)/, ''), path: path.slice(0, -1) };
}

/** How much two pages have in common; 0 if they are not on one site. */
function sharedParts(a: ReturnType<typeof placeOf>, b: ReturnType<typeof placeOf>): number {
	if (!a || !b) return 0;
	if (a.host !== b.host) return a.host.endsWith(`.${b.host}`) || b.host.endsWith(`.${a.host}`) ? 1 : 0;
	let shared = 0;
	while (shared < Math.min(a.path.length, b.path.length) && a.path[shared] === b.path[shared]) shared++;
	return shared + 2;
}

/** The folder for the first article of a source, or for one without: the one at hand if articles are kept there. */
function newFolder(
	archive: Archive,
	source: string | undefined,
	near: string,
	folders: ReadonlyMap<string, readonly IndexEntry[]>,
): string {
	const top = joinUri(archive.root, 'articles');
	const name = keyOfSource(source) && siteName(new URL(source ?? '').hostname);
	if (name) return joinUri(top, name);
	const here = normalFolder(near);
	if (folders.has(here) || isBelow(here, top)) return here;
	const [only, ...others] = folders.keys();
	return only !== undefined && others.length === 0 ? only : top;
}

/** A folder name for a site: `bbc` for `www.bbc.co.uk`. */
function siteName(hostname: string): string {
	const labels = readableHost(hostname).split('.');
	if (/^[\d.[\]:]+$/.test(hostname)) return nameFrom(hostname);
	labels.pop();
	while (labels.length > 1 && SECOND_LEVEL.test(labels.at(-1) ?? '')) labels.pop();
	return withoutDevice(cutName(nameFrom(labels.at(-1) ?? hostname) || nameFrom(hostname), MAX_SITE_BYTES));
}

/** The list whose entries lead to most articles of a folder, or which has its name; `undefined` if there is none. */
function listOf(archive: Archive, folder: string): string | undefined {
	const lists = [...archive.entries()].filter(({ kind }) => kind === 'list');
	// Most URIs have no query, and many are compared.
	const isIn = (target: string): boolean =>
		folder.includes('?') ? isBelow(target, folder) : target.startsWith(`${folder}/`);
	const entries = ({ links }: IndexEntry): number =>
		links.filter(({ targets }) => targets.some(target => isIn(target))).length;
	const best = mostOf(lists, entries);
	if (best && entries(best) > 0) return best.uri;
	const name = pathBelow(archive.root, folder)?.split('/').at(-1);
	return lists.find(({ uri }) => displayName(uri).replace(/\.[^.]*$/, '') === name)?.uri;
}
