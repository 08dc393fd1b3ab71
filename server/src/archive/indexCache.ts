import { type Kinds, NOTE_KINDS } from '../annotations/kinds.ts';
import type { FileSystem } from '../platform.ts';
import { digest } from '../util/digest.ts';
import { joinUri, restBelow, withEnding } from '../util/uri.ts';
import type { IndexEntry } from './entry.ts';
import { readEntry } from './readEntry.ts';

/** Reads the entries of an archive, those of unchanged files from one cache file. */
export interface IndexCache {
	/** Returns the entry of a file; `undefined` if it does not belong in the index. */
	read(uri: string): Promise<IndexEntry | undefined>;
	/** Returns the entries of articles that were cached but not read, since they no longer exist. */
	absent(): readonly IndexEntry[];
	/** Saves the entries that were read, those of some absent articles, and no others. */
	save(absent?: readonly string[]): Promise<void>;
}

/** Where an index is cached. */
export interface IndexCachePlace {
	/** URI of the cache folder. */
	readonly folder: string;
	/** The file system of the cache folder, which is outside any archive. */
	readonly files: FileSystem;
	/** Identifies the build: a cache of another build is not used. */
	readonly build: string;
}

/**
 * Opens the cache of an archive. It has a first line with build, archive and its kinds of note, then one line per file with path, size,
 * modification time, digest, and the entry as JSON or `null`. Damaged lines are ignored.
 *
 * @param place `undefined` to cache nothing
 * @param root URI of the archive's root
 * @param kinds the kinds of note that the archive has
 */
export async function openIndexCache(
	place: IndexCachePlace | undefined,
	root: string,
	files: FileSystem,
	kinds: Kinds = NOTE_KINDS,
): Promise<IndexCache> {
	if (!place) return { read: uri => readEntry(uri, root, files, kinds), absent: () => [], save: async () => {} };
	const file = joinUri(place.folder, `index-${digest(root)}`);
	const title = `Marginalia index ${place.build} ${root} ${digest([...kinds].join())}`;
	const bytes = await place.files.readFile(file);
	const [first, ...lines] = (bytes ? new TextDecoder().decode(bytes) : '').split('\n');
	const known = new Map(first === title ? lines.map(line => [line.slice(0, line.indexOf('\t')), line]) : []);
	const kept: string[] = [];
	const read = new Set<string>();
	let isSame = first === title;
	const pathOf = (uri: string): string => restBelow(root, uri) ?? uri;
	return {
		async read(uri) {
			const stat = await files.stat(uri);
			if (stat?.type !== 'file') return undefined;
			const path = pathOf(uri);
			read.add(path);
			const head = `${path}\t${stat.size}\t${stat.modified}\t`;
			const line = known.get(path) ?? '';
			const before = line.startsWith(head) ? parseEntry(uri, line.slice(head.length)) : undefined;
			if (before) {
				kept.push(line);
				return before.entry;
			}
			const entry = await readEntry(uri, root, files, kinds);
			isSame = false;
			kept.push(head + writeEntry(entry));
			return entry;
		},
		absent() {
			const entries: IndexEntry[] = [];
			for (const [path, line] of known) {
				if (path === '' || read.has(path)) continue;
				const entry = parseEntry(withEnding(root, `/${path}`), line.split('\t').slice(3).join('\t'))?.entry;
				if (entry?.kind === 'article') entries.push(entry);
			}
			return entries;
		},
		async save(absent = []) {
			for (const uri of absent) kept.push(known.get(pathOf(uri)) ?? '');
			if (isSame && kept.length === known.size) return;
			await place.files.update(file, () => new TextEncoder().encode([title, ...kept].join('\n')));
		},
	};
}

/** Serialises an entry for the end of a line. */
function writeEntry(entry: IndexEntry | undefined): string {
	const json = JSON.stringify(entry ?? null, (key, value) => (key === 'uri' ? undefined : value));
	return `${digest(json)}\t${json}`;
}

/** Parses a line; `undefined` if it is damaged. */
function parseEntry(uri: string, written: string): { readonly entry: IndexEntry | undefined } | undefined {
	const tab = written.indexOf('\t');
	const json = written.slice(tab + 1);
	if (digest(json) !== written.slice(0, tab)) return undefined;
	const entry = JSON.parse(json) as Omit<IndexEntry, 'uri'> | null;
	return { entry: entry ? { ...ABSENT, ...entry, uri } : undefined };
}

/** The properties that JSON omits for an entry without them. */
const ABSENT = { title: undefined, source: undefined, published: undefined };
