import type { FileSystem } from '../../platform.ts';
import { isVerdict, type Use, type Verdict } from './verdict.ts';

/** What is kept of an address. */
export interface CacheEntry {
	readonly url: string;
	/** What it was checked as. */
	readonly use: Use;
	readonly verdict: Verdict;
}

/** Verdicts on disk, for all sessions of a user. Several processes may read and write them at once. */
export interface VerdictCache {
	/** What is kept of some addresses. */
	read(urls: readonly string[]): Promise<readonly CacheEntry[]>;
	/**
	 * Keeps entries, instead of older ones of the same addresses.
	 *
	 * @returns why that was not possible, as `Updated` says it; `undefined` where it was
	 */
	write(entries: readonly CacheEntry[]): Promise<string | undefined>;
	/** Forgets all. Returns as `write`. */
	clear(): Promise<string | undefined>;
}

/** How many files there are; all addresses of a host are in the same one. */
const FILES = 64;

/** Entries in a file, the latest ones; a million bytes or so. */
const MOST_ENTRIES = 2000;

/** The first line of a file, so that a later version can tell it from its own. */
const HEADER = 'marginalia links 1';

/** Keeps verdicts in files of one entry a line, in a folder that is there. Lines that mean nothing are passed over. */
export function createVerdictCache(files: FileSystem, folder: string): VerdictCache {
	const uriOf = (file: number): string => `${folder.replace(/\/$/, '')}/links-${String(file).padStart(2, '0')}.jsonl`;
	return {
		async read(urls) {
			const found = [...groupBy(urls, fileOf)].map(async ([file, wanted]) => {
				const entries = parse(await files.readFile(uriOf(file)));
				return wanted.flatMap(url => entries.get(url) ?? []);
			});
			return (await Promise.all(found)).flat();
		},
		async write(entries) {
			for (const [file, added] of groupBy(entries, ({ url }) => fileOf(url))) {
				const updated = await files.update(uriOf(file), before => {
					const kept = parse(before);
					for (const entry of added) if (isNewer(entry, kept.get(entry.url))) kept.set(entry.url, entry);
					return format(kept);
				});
				if (updated.kind === 'refused') return `${uriOf(file)} ${updated.reason}`;
			}
			return undefined;
		},
		async clear() {
			for (let file = 0; file < FILES; file++) {
				const updated = await files.update(uriOf(file), before => (before?.length ? new Uint8Array() : undefined));
				if (updated.kind === 'refused') return `${uriOf(file)} ${updated.reason}`;
			}
			return undefined;
		},
	};
}

function isNewer(entry: CacheEntry, known: CacheEntry | undefined): boolean {
	return known === undefined || entry.verdict.time >= known.verdict.time;
}

function groupBy<T>(items: readonly T[], fileFor: (item: T) => number): ReadonlyMap<number, readonly T[]> {
	const groups = new Map<number, T[]>();
	for (const item of items) {
		const file = fileFor(item);
		const group = groups.get(file);
		if (group) group.push(item);
		else groups.set(file, [item]);
	}
	return groups;
}

/** The file for an address, by its host (FNV-1a). */
function fileOf(url: string): number {
	let hash = 0x811c9dc5;
	const end = url.indexOf('/', url.indexOf('//') + 2);
	for (let at = 0; at < (end === -1 ? url.length : end); at++)
		hash = Math.imul(hash ^ url.charCodeAt(at), 0x01000193) >>> 0;
	return hash % FILES;
}

function format(entries: ReadonlyMap<string, CacheEntry>): Uint8Array {
	const latest = [...entries.values()].sort((a, b) => b.verdict.time - a.verdict.time).slice(0, MOST_ENTRIES);
	const lines = latest.map(entry => JSON.stringify(entry));
	return new TextEncoder().encode(`${[HEADER, ...lines].join('\n')}\n`);
}

/** The entries of a file, by address; none where it is missing or damaged as a whole. */
function parse(bytes: Uint8Array | undefined): Map<string, CacheEntry> {
	const entries = new Map<string, CacheEntry>();
	const [header, ...lines] = new TextDecoder().decode(bytes).split('\n');
	if (header !== HEADER) return entries;
	for (const line of lines) {
		const entry = parseLine(line);
		if (entry && isNewer(entry, entries.get(entry.url))) entries.set(entry.url, entry);
	}
	return entries;
}

function parseLine(line: string): CacheEntry | undefined {
	let read: unknown;
	try {
		read = JSON.parse(line);
	} catch {
		// A line that was cut off or overwritten.
		return undefined;
	}
	if (typeof read !== 'object' || read === null || !('url' in read && 'use' in read && 'verdict' in read))
		return undefined;
	const { url, use, verdict } = read;
	if (typeof url !== 'string' || (use !== 'link' && use !== 'image') || !isVerdict(verdict)) return undefined;
	return { url, use, verdict };
}
