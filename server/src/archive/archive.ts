import { articleOf, sidecarOf } from '../annotations/sidecarName.ts';
import { isBelow } from '../util/uri.ts';
import type { IndexEntry } from './entry.ts';
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
}

/** The index of an archive, with its operations. */
export interface ArchiveIndex extends Archive {
	/** Adds or replaces the entry of a file. */
	set(entry: IndexEntry): void;
	/** Removes a file, or all files of a folder, except those that `keeps` names. */
	delete(uri: string, keeps?: (uri: string) => boolean): void;
	/** The inverted maps, for comparison. */
	maps(): Readonly<Record<'sources' | 'targets' | 'tags', ReadonlyMap<string, ReadonlySet<string>>>>;
}

/** Creates an empty index. */
export function createIndex(root: string): ArchiveIndex {
	const entries = new Map<string, IndexEntry>();
	const sources = new Map<string, Set<string>>();
	const targets = new Map<string, Set<string>>();
	const tags = new Map<string, Set<string>>();
	const replace = (uri: string, before: IndexEntry | undefined, after: IndexEntry | undefined): void => {
		updateMap(sources, uri, sourceKeys(before), sourceKeys(after));
		updateMap(targets, uri, targetKeys(before), targetKeys(after));
		updateMap(tags, uri, tagKeys(before), tagKeys(after));
		if (after) entries.set(uri, after);
		else entries.delete(uri);
	};
	return {
		root,
		get size() {
			return entries.size;
		},
		entry: uri => entries.get(uri),
		entries: () => entries.values(),
		copiesOf: key => [...(sources.get(key) ?? [])].sort(),
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
			// Registers the name of its sidecar, which may be shortened.
			if (entry.kind === 'article') sidecarOf(entry.uri);
			replace(entry.uri, entries.get(entry.uri), entry);
		},
		delete(uri, keeps = () => false) {
			const entry = entries.get(uri);
			const gone = entry ? [entry] : [...entries.values()].filter(inner => isBelow(inner.uri, uri));
			for (const one of gone) if (!keeps(one.uri)) replace(one.uri, one, undefined);
		},
		maps: () => ({ sources, targets, tags }),
	};
}

function sourceKeys(entry: IndexEntry | undefined): ReadonlySet<string> {
	return new Set(entry?.source ? [entry.source.key] : []);
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
