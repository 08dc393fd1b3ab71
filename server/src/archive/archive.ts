import { articleOf, sidecarOf } from '../annotations/sidecarName.ts';
import { isBelow } from '../util/uri.ts';
import type { IndexEntry } from './entry.ts';
import { type Identity, identityKeys, keysOfArticle, keysOfOther, plainTitle } from './identity.ts';
import { type NoteMatch, searchNotes } from './noteSearch.ts';
import { searchArticles } from './search.ts';

/** The index of an archive, as features see it. URIs are those returned by `normalUri`. */
export interface Archive {
	/** URI of the folder, without a trailing slash. */
	readonly root: string;
	/** The number of articles, lists and sidecars. */
	readonly size: number;
	/** Returns the entry of a file; `undefined` if it is not an article, list or sidecar of this archive. */
	entry(uri: string): IndexEntry | undefined;
	/** All entries, in no particular order. */
	entries(): Iterable<IndexEntry>;
	/** Returns the files taken from a page, by its key, sorted. */
	copiesOf(key: string): readonly string[];
	/** Returns the articles whose body has a fingerprint (`bodyDigest.ts`), sorted. */
	withBody(digest: string): readonly string[];
	/** Returns the files that refer to a page, file or image, by its key or URI, sorted. */
	usersOf(target: string): readonly string[];
	/** All tags, and how many files have each. */
	tags(): ReadonlyMap<string, number>;
	/** Returns the articles whose title or source matches a query, the best first; see `searchArticles`. */
	search(query: string, limit: number): readonly IndexEntry[];
	/** Returns the notes that match a query; see `searchNotes`. */
	searchNotes(query: string, limit: number): readonly NoteMatch[];
	/** Returns the articles that have notes, in the text or in a sidecar, sorted. */
	annotated(): readonly string[];
	/** Whether the scan has ended, so that a file with a certain identity may be known to be the only one. */
	readonly isComplete: boolean;
	/** Whether a file is in the archive, whatever it contains. */
	has(uri: string): boolean;
	/** Returns the files with an identity key (`identity.ts`), in no particular order. */
	identified(key: string): ReadonlySet<string>;
	/** The sidecars whose article is not in the archive. */
	readonly strays: ReadonlySet<string>;
	/** Returns what an article was before it disappeared; `undefined` if that is unknown. */
	departed(uri: string): Identity | undefined;
}

/** The index of an archive, with its operations. */
export interface ArchiveIndex extends Archive {
	/** Adds or replaces the entry of a file. */
	set(entry: IndexEntry): void;
	/** Adds a file that has no entry, such as a picture. */
	add(uri: string): void;
	/** Adds what was known of an article that no longer exists. */
	remember(entry: IndexEntry): void;
	/** Ends the scan that filled the index. */
	complete(): void;
	/** Removes a file, or all files of a folder, except those that `keeps` names. */
	delete(uri: string, keeps?: (uri: string) => boolean): void;
	/** The inverted maps, for comparison. */
	maps(): Readonly<Record<'sources' | 'bodies' | 'targets' | 'tags', ReadonlyMap<string, ReadonlySet<string>>>>;
}

/** Creates an empty index. */
export function createIndex(root: string): ArchiveIndex {
	const entries = new Map<string, IndexEntry>();
	const sources = new Map<string, Set<string>>();
	const bodies = new Map<string, Set<string>>();
	const targets = new Map<string, Set<string>>();
	const tags = new Map<string, Set<string>>();
	/** Files without an entry. */
	const others = new Set<string>();
	const departed = new Map<string, Identity>();
	const strays = new Set<string>();
	/** Updates whether the sidecar of a changed file, or that file itself, is a stray. */
	const updateStrays = (uri: string, after: IndexEntry | undefined): void => {
		const article = articleOf(uri);
		const sidecar = article === undefined ? sidecarOf(uri) : uri;
		if (sidecar === undefined) return;
		const hasSidecar = article === undefined ? entries.has(sidecar) : after !== undefined;
		const hasArticle = article === undefined ? after !== undefined : entries.has(article);
		if (hasSidecar && !hasArticle) strays.add(sidecar);
		else strays.delete(sidecar);
	};
	/** Files by identity key; computed when first requested, since few archives need it. */
	let identities: Map<string, Set<string>> | undefined;
	let isComplete = false;
	const identitiesNow = (): Map<string, Set<string>> => {
		if (identities) return identities;
		identities = new Map();
		for (const entry of entries.values()) updateMap(identities, entry.uri, NONE, identityKeysOf(entry));
		for (const uri of others) updateMap(identities, uri, NONE, new Set(keysOfOther(uri)));
		return identities;
	};
	const setOther = (uri: string, isThere: boolean): void => {
		if (others.has(uri) === isThere) return;
		const keys = new Set(keysOfOther(uri));
		if (isThere) others.add(uri);
		else others.delete(uri);
		if (identities) updateMap(identities, uri, isThere ? NONE : keys, isThere ? keys : NONE);
	};
	const replace = (uri: string, before: IndexEntry | undefined, after: IndexEntry | undefined): void => {
		updateMap(sources, uri, sourceKeys(before), sourceKeys(after));
		updateMap(bodies, uri, bodyKeys(before), bodyKeys(after));
		updateMap(targets, uri, targetKeys(before), targetKeys(after));
		updateMap(tags, uri, tagKeys(before), tagKeys(after));
		if (identities) updateMap(identities, uri, identityKeysOf(before), identityKeysOf(after));
		updateStrays(uri, after);
		if (after) entries.set(uri, after);
		else entries.delete(uri);
	};
	const remember = ({ kind, uri, title, source, published }: IndexEntry): void => {
		if (kind === 'article') departed.set(uri, { title: title?.value, source: source?.key, published });
	};
	return {
		root,
		get isComplete() {
			return isComplete;
		},
		has: uri => entries.has(uri) || others.has(uri),
		identified: key => identitiesNow().get(key) ?? NONE,
		strays,
		departed: uri => departed.get(uri),
		get size() {
			return entries.size;
		},
		entry: uri => entries.get(uri),
		entries: () => entries.values(),
		copiesOf: key => [...(sources.get(key) ?? [])].sort(),
		withBody: digest => [...(bodies.get(digest) ?? [])].sort(),
		usersOf: target => [...(targets.get(target) ?? [])].sort(),
		tags: () => new Map([...tags].map(([tag, files]) => [tag, files.size])),
		search: (query, limit) => searchArticles(entries.values(), query, limit),
		searchNotes: (query, limit) => searchNotes(entries.values(), query, limit, uri => entries.get(uri)?.title?.value),
		annotated: () =>
			[
				...new Set(
					[...entries.values()].filter(({ notes }) => notes.length > 0).map(({ uri }) => articleOf(uri) ?? uri),
				),
			].sort(),
		set(entry) {
			// `replace` also registers the name of its sidecar, which may be shortened.
			setOther(entry.uri, false);
			departed.delete(entry.uri);
			replace(entry.uri, entries.get(entry.uri), entry);
		},
		add(uri) {
			replace(uri, entries.get(uri), undefined);
			setOther(uri, true);
		},
		remember,
		complete() {
			isComplete = true;
		},
		delete(uri, keeps = () => false) {
			const entry = entries.get(uri);
			const isGone = (one: string): boolean => (entry || others.has(uri) ? one === uri : isBelow(one, uri));
			for (const one of entry ? [entry] : [...entries.values()].filter(inner => isGone(inner.uri))) {
				if (keeps(one.uri)) continue;
				remember(one);
				replace(one.uri, one, undefined);
			}
			for (const one of entry ? [] : [...others].filter(isGone)) if (!keeps(one)) setOther(one, false);
		},
		maps: () => ({ sources, bodies, targets, tags }),
	};
}

const NONE: ReadonlySet<string> = new Set();

/** Returns the identity keys of a file; those of a sidecar are about its article. */
function identityKeysOf(entry: IndexEntry | undefined): ReadonlySet<string> {
	if (!entry) return NONE;
	const { uri, kind, title, about } = entry;
	if (kind === 'article') return new Set(keysOfArticle(uri, title?.value));
	if (kind === 'list') return new Set([identityKeys.name(uri)]);
	const { number, name, title: titled, sidecar } = identityKeys;
	const article = articleOf(uri) ?? uri;
	const plain = about?.title === undefined ? undefined : plainTitle(about.title);
	const keys = [number(article), name(article), titled(plain), about?.source];
	return new Set(keys.flatMap(key => (key === undefined ? [] : [sidecar(key)])));
}

function sourceKeys(entry: IndexEntry | undefined): ReadonlySet<string> {
	return new Set(entry?.source ? [entry.source.key] : []);
}

function bodyKeys(entry: IndexEntry | undefined): ReadonlySet<string> {
	return new Set(entry?.body === undefined ? [] : [entry.body]);
}

function targetKeys(entry: IndexEntry | undefined): ReadonlySet<string> {
	return new Set(entry ? [...entry.links, ...entry.images].flatMap(use => use.targets) : []);
}

function tagKeys(entry: IndexEntry | undefined): ReadonlySet<string> {
	return new Set(entry?.tags.map(tag => tag.value));
}

/** Updates an inverted map for the difference between the old and the new keys of a file. */
function updateMap(
	map: Map<string, Set<string>>,
	uri: string,
	before: ReadonlySet<string>,
	after: ReadonlySet<string>,
): void {
	for (const key of before) {
		if (after.has(key)) continue;
		const files = map.get(key);
		files?.delete(uri);
		if (files?.size === 0) map.delete(key);
	}
	for (const key of after) {
		if (before.has(key)) continue;
		const files = map.get(key);
		if (files) files.add(uri);
		else map.set(key, new Set([uri]));
	}
}
