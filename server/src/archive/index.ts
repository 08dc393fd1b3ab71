import { articleOf, sidecarOf } from '../annotations/sidecarName.ts';
import { isBelow } from '../util/uri.ts';
import type { IndexEntry } from './entry.ts';
import { type NoteMatch, searchNotes } from './noteSearch.ts';
import { searchArticles } from './search.ts';

/** What an archive holds, as features see it. Addresses are those that `normalUri` writes. */
export interface Archive {
	/** URI of the folder, without a slash at its end. */
	readonly root: string;
	/** How many articles, lists and sidecars there are. */
	readonly size: number;
	/** What is known of a file; `undefined` for one that is no article, list or sidecar of this archive. */
	entry(uri: string): IndexEntry | undefined;
	/** All that is known, in no certain order. */
	entries(): Iterable<IndexEntry>;
	/** The files taken from a page, by its key, sorted. */
	copiesOf(key: string): readonly string[];
	/** The files that lead to a page or file, or show a picture, by its key or address, sorted. */
	usersOf(target: string): readonly string[];
	/** Every tag, and how many files have it. */
	tags(): ReadonlyMap<string, number>;
	/** Articles whose title or source fits a query, the best first; see `searchArticles`. */
	search(query: string, limit: number): readonly IndexEntry[];
	/** Notes that fit a query; see `searchNotes`. */
	searchNotes(query: string, limit: number): readonly NoteMatch[];
	/** The articles that have notes, in their text or beside it, sorted. */
	annotated(): readonly string[];
}

/** The index behind an archive. */
export interface ArchiveIndex extends Archive {
	/** Puts a file in, instead of what was known of it. */
	set(entry: IndexEntry): void;
	/** Takes a file out, or all files of a folder. */
	delete(uri: string): void;
	/** The inverted maps, for comparison. */
	maps(): Readonly<Record<'sources' | 'targets' | 'tags', ReadonlyMap<string, ReadonlySet<string>>>>;
}

/** An index with nothing in it. */
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
			// So that the notes beside it are known to be its, whatever their file is called.
			if (entry.kind === 'article') sidecarOf(entry.uri);
			replace(entry.uri, entries.get(entry.uri), entry);
		},
		delete(uri) {
			const entry = entries.get(uri);
			if (entry) return replace(uri, entry, undefined);
			for (const [inner, found] of entries) if (isBelow(inner, uri)) replace(inner, found, undefined);
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

/** Changes only what differs between the keys that a file had and those that it has. */
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
