import { type Kinds, NOTE_KINDS } from '../annotations/kinds.ts';
import type { FileSystem } from '../platform.ts';
import { digest } from '../util/digest.ts';
import { joinUri, restBelow } from '../util/uri.ts';
import type { IndexEntry } from './entry.ts';
import { readEntry } from './readEntry.ts';

/** Reads the files of an archive, those that have not changed since the last time from one file. */
export interface IndexCache {
	/** What the index keeps of a file; `undefined` for one that does not belong into it. */
	read(uri: string): Promise<IndexEntry | undefined>;
	/** Keeps what was read for the next time, and nothing else. */
	save(): Promise<void>;
}

/** Where an index is kept. */
export interface IndexCachePlace {
	/** URI of the folder for caches. */
	readonly folder: string;
	/** The files that it lies among, which no archive has. */
	readonly files: FileSystem;
	/** Names the program that keeps it: what another one kept is not used. */
	readonly build: string;
}

/**
 * Opens what was kept of an archive. It is lines: one that names build, archive and its kinds of note; then one a file, with path, size, time of
 * the last change, digest, and the entry as JSON or `null`. What is damaged counts as never read.
 *
 * @param place `undefined` to keep nothing
 * @param root URI of the archive's root
 * @param kinds the kinds of note that the archive has
 */
export async function openIndexCache(
	place: IndexCachePlace | undefined,
	root: string,
	files: FileSystem,
	kinds: Kinds = NOTE_KINDS,
): Promise<IndexCache> {
	if (!place) return { read: uri => readEntry(uri, root, files, kinds), save: async () => {} };
	const file = joinUri(place.folder, `index-${digest(root)}`);
	const title = `Marginalia index ${place.build} ${root} ${digest([...kinds].join())}`;
	const bytes = await place.files.readFile(file);
	const [first, ...lines] = (bytes ? new TextDecoder().decode(bytes) : '').split('\n');
	const known = new Map(first === title ? lines.map(line => [line.slice(0, line.indexOf('\t')), line]) : []);
	const kept: string[] = [];
	let isSame = first === title;
	return {
		async read(uri) {
			const stat = await files.stat(uri);
			if (stat?.type !== 'file') return undefined;
			const path = restBelow(root, uri) ?? uri;
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
		async save() {
			if (isSame && kept.length === known.size) return;
			await place.files.update(file, () => new TextEncoder().encode([title, ...kept].join('\n')));
		},
	};
}

/** The entry of a file as the end of a line. */
function writeEntry(entry: IndexEntry | undefined): string {
	const json = JSON.stringify(entry ?? null, (key, value) => (key === 'uri' ? undefined : value));
	return `${digest(json)}\t${json}`;
}

/** What a line says of a file; `undefined` where it is damaged. */
function parseEntry(uri: string, written: string): { readonly entry: IndexEntry | undefined } | undefined {
	const tab = written.indexOf('\t');
	const json = written.slice(tab + 1);
	if (digest(json) !== written.slice(0, tab)) return undefined;
	const entry = JSON.parse(json) as Omit<IndexEntry, 'uri'> | null;
	return { entry: entry ? { ...ABSENT, ...entry, uri } : undefined };
}

/** What JSON leaves out of an entry that has none of it. */
const ABSENT = { title: undefined, source: undefined, published: undefined };
