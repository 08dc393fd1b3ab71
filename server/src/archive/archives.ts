import { type Kinds, NOTE_KINDS } from '../annotations/kinds.ts';
import { findArchiveRoot } from '../links/archiveRoot.ts';
import type { FileSystem } from '../platform.ts';
import { displayName, folderOf, isBelow, normalFolder, normalUri, pathOf } from '../util/uri.ts';
import { type Archive, type ArchiveIndex, createIndex } from './archive.ts';
import type { IndexEntry } from './entry.ts';
import { type Excludes, excludesOf } from './excludes.ts';
import { type IndexCachePlace, openIndexCache } from './indexCache.ts';
import { readEntry } from './readEntry.ts';
import { isExcluded, isSkipped, walk } from './walk.ts';

/** Follows a scan of a folder. */
export interface ScanListener {
	/** Whether the user cancelled it. */
	isCancelled(): boolean;
	/** Called with the number of files read so far. */
	looked(count: number): void;
	/** Called once at the end, even if it was cancelled or failed. */
	ended(result: ScanResult): void;
}

/** The result of a scan. */
export interface ScanResult {
	readonly articles: number;
	readonly cancelled: boolean;
	/** Folders that cannot be read, or were deleted meanwhile. */
	readonly unreadable: readonly string[];
	/** Any other error; the index then holds what was found before. */
	readonly error: unknown;
}

/** The archives in the open folders. Each is scanned when first requested, and kept up to date from then on. */
export interface Archives {
	/** The archive of a file, as far as it was scanned; `undefined` for a file outside all folders. */
	peek(uri: string): Promise<Archive | undefined>;
	/** Waits for the scan, and returns the archive of a file. */
	of(uri: string): Promise<Archive | undefined>;
	/** Waits for the scans, and returns all archives that were requested. */
	all(): Promise<readonly Archive[]>;
	/** All archives that were requested, as far as they were scanned. */
	known(): readonly Archive[];
	/** Indexes an open document, which takes precedence over its file; removes it if it is not an article or list. */
	put(uri: string, index: (root: string, kinds: Kinds) => IndexEntry | undefined): Promise<void>;
	/** Reads files or folders again that were created, changed or deleted. */
	refresh(uris: readonly string[]): Promise<void>;
	/** Drops all indexes; archives are scanned again when next requested. */
	forget(): void;
	/** Drops the archives that are no longer open, or belong to another folder now; nobody reported their changes meanwhile. */
	foldersChanged(): void;
	/** Drops the archives whose kinds of note have changed; returns whether there were any. */
	forgetKinds(): Promise<boolean>;
}

/** What archives need from their owner. */
export interface ArchivesOptions {
	/** URIs of the folders that are open. */
	readonly folders: () => readonly string[];
	/** Whether a file, by its normal URI, is open in the editor, so that its document takes precedence. */
	readonly isOpen: (uri: string) => boolean;
	/** Called when the scan of a folder starts. */
	readonly onScan: (folder: string) => ScanListener;
	/** Glob patterns of excluded files in an open folder, as in VS Code's `files.exclude`. */
	readonly excludes?: (folder: string) => Promise<readonly string[]>;
	/** The kinds of note of the archive with a root. */
	readonly kinds?: (root: string) => Promise<Kinds>;
	/** Where to cache the index. */
	readonly cache?: () => Promise<IndexCachePlace | undefined>;
}

interface Known {
	/** The open folder that contains it. */
	readonly folder: string;
	readonly index: ArchiveIndex;
	readonly excludes: Promise<Excludes>;
	readonly kinds: Promise<Kinds>;
	/** Resolves when the scan has ended; never rejects. */
	readonly ready: Promise<void>;
}

/** Creates the archives of the open folders. If the root of an archive is above an open folder, only the folder is scanned. */
export function createArchives(files: FileSystem, options: ArchivesOptions): Archives {
	const { folders, isOpen } = options;
	const known = new Map<string, Known>();
	/** Open documents whose file was deleted. Editors keep them open, but nothing can refer to them. */
	const deleted = new Set<string>();
	/** Removes the open documents from an index that are in a place, but whose file was deleted. */
	const removeDeleted = async (uri: string, index: ArchiveIndex): Promise<void> => {
		const all = index.entry(uri) ? [uri] : [...index.entries()].map(entry => entry.uri);
		const inside = all.filter(one => one === uri || isBelow(one, uri));
		for (const one of inside.filter(isOpen)) {
			if (await files.stat(one)) continue;
			deleted.add(one);
			index.delete(one);
		}
	};
	const kindsOf = async (root: string): Promise<Kinds> => (await options.kinds?.(root)) ?? NOTE_KINDS;
	const openFolders = (): readonly string[] => folders().map(normalFolder);
	/** The innermost open folder that a file or folder is or is in. */
	const openAround = (normal: string): string | undefined =>
		openFolders()
			.filter(one => normal === one || isBelow(normal, one))
			.sort((a, b) => b.length - a.length)[0];
	const find = async (uri: string): Promise<Known | undefined> => {
		const normal = normalUri(uri);
		const folder = openAround(normal);
		if (folder === undefined) return undefined;
		const root = (await findArchiveRoot(normal, files)) ?? folder;
		const start = isBelow(root, folder) ? root : folder;
		let found = known.get(start);
		if (!found) {
			const index = createIndex(root);
			const excludes = (async () => excludesOf(folder, (await options.excludes?.(folder)) ?? []))();
			const kinds = kindsOf(root);
			const isWanted = (): boolean => openFolders().includes(folder);
			const ready = scan(start, index, { excludes, kinds, isWanted }, files, options);
			const made = { folder, index, excludes, kinds, ready };
			known.set(start, made);
			// Callers that await them get the error. The next request tries again.
			Promise.all([excludes, kinds]).catch(() => {
				if (known.get(start) === made) known.delete(start);
			});
			found = made;
		}
		return found;
	};
	/** Reads a file or folder again. Where patterns of git changed, only files that they now include are read. */
	const refresh = async (
		uri: string,
		start: string,
		{ index, ready, ...known }: Known,
		isNewOnly = false,
	): Promise<void> => {
		// A scan that read the file before the change must not overwrite it.
		await ready;
		const [excludes, kinds] = await Promise.all([known.excludes, known.kinds]);
		const type = isSkipped(uri, start) ? undefined : (await files.stat(uri))?.type;
		const isBack = type === 'file' && deleted.delete(uri);
		if (type !== 'file') await removeDeleted(uri, index);
		if (type === 'directory') {
			const found = new Set<string>();
			for await (const { kind, uri: inner } of walk(uri, files, { excludes, start })) {
				if (kind !== 'file') continue;
				found.add(inner);
				if (!isOpen(inner) && !(isNewOnly && index.entry(inner))) await readInto(index, inner, files, kinds);
			}
			index.delete(uri, inner => found.has(inner) || isOpen(inner));
		} else if (type !== 'file' || (await isExcluded(uri, files, excludes, start))) index.delete(uri, isOpen);
		else if (isBack || !isOpen(uri)) await readInto(index, uri, files, kinds);
	};
	return {
		peek: async uri => (await find(uri))?.index,
		async of(uri) {
			const found = await find(uri);
			await found?.ready;
			return found?.index;
		},
		async all() {
			const open = new Set(openFolders());
			const all = [...known.values()].filter(({ folder }) => open.has(folder));
			await Promise.all(all.map(({ ready }) => ready));
			return all.map(({ index }) => index);
		},
		known: () => [...known.values()].map(({ index }) => index),
		async put(uri, index) {
			const found = await find(uri);
			if (!found) return;
			if (deleted.has(normalUri(uri))) return;
			const entry = index(found.index.root, await found.kinds);
			if (entry) found.index.set(entry);
			else found.index.add(normalUri(uri));
		},
		async refresh(uris) {
			for (const uri of uris.map(normalUri)) {
				const ruled = displayName(uri) === '.gitignore' ? folderOf(uri) : undefined;
				for (const [start, found] of known) {
					if (isBelow(uri, start)) await refresh(ruled ?? uri, start, found, ruled !== undefined);
					else if (ruled !== undefined && isBelow(start, ruled)) await refresh(start, start, found, true);
				}
			}
		},
		forget: () => known.clear(),
		foldersChanged() {
			for (const [start, { folder }] of known) if (openAround(start) !== folder) known.delete(start);
		},
		async forgetKinds() {
			const gone: string[] = [];
			for (const [start, { index, kinds }] of known) {
				const [before, now] = await Promise.all([kinds, kindsOf(index.root)]);
				if ([...before].join() !== [...now].join()) gone.push(start);
			}
			for (const start of gone) known.delete(start);
			return gone.length > 0;
		},
	};
}

async function readInto(index: ArchiveIndex, uri: string, files: FileSystem, kinds: Kinds): Promise<void> {
	const entry = await readEntry(uri, index.root, files, kinds);
	if (entry) index.set(entry);
	else if (await files.stat(uri)) index.add(uri);
	else index.delete(uri);
}

/** Scans an archive. Each file is awaited on its own, so that requests are handled in between. */
async function scan(
	folder: string,
	index: ArchiveIndex,
	{ excludes, kinds, isWanted }: Pick<Known, 'excludes' | 'kinds'> & { readonly isWanted: () => boolean },
	files: FileSystem,
	{ isOpen, onScan, ...options }: ArchivesOptions,
): Promise<void> {
	const listener = onScan(folder);
	const isStopped = (): boolean => listener.isCancelled() || !isWanted();
	const unreadable: string[] = [];
	let [count, error]: [number, unknown] = [0, undefined];
	try {
		const cache = await openIndexCache(await options.cache?.(), index.root, files, await kinds);
		for await (const found of walk(folder, files, { excludes: await excludes })) {
			if (isStopped()) break;
			if (found.kind === 'unreadable') {
				unreadable.push(pathOf(found.uri));
				continue;
			}
			const entry = isOpen(found.uri) ? undefined : await cache.read(found.uri);
			// The file may have been opened while it was read.
			if (!isOpen(found.uri)) {
				if (entry) index.set(entry);
				else index.add(found.uri);
			}
			listener.looked(++count);
		}
		if (!isStopped()) {
			const lost = cache.absent().filter(({ uri }) => index.usersOf(uri).length > 0);
			for (const entry of lost) index.remember(entry);
			await cache.save(lost.map(({ uri }) => uri));
			index.complete();
		}
	} catch (thrown) {
		error = thrown;
	}
	// Nobody needs to know what could not be read after the folder was removed.
	const lost = isWanted() ? unreadable : [];
	listener.ended({ articles: index.size, cancelled: listener.isCancelled(), unreadable: lost, error });
}
