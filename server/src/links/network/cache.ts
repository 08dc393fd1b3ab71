import type { FileSystem } from '../../platform.ts';
import { hashOf } from '../../util/digest.ts';
import { groupBy } from '../../util/groups.ts';
import { isRecord } from '../../util/value.ts';
import { isVerdict, type LinkUse, type Verdict } from './verdict.ts';

/** What is kept of an address. */
export interface CacheEntry {
	readonly url: string;
	/** What it was checked as. */
	readonly use: LinkUse;
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

/** How many files there are; an address is in the one that its hash names. */
const FILES = 64;

/** Entries in a file, the latest ones; half a million bytes or so. */
const MOST_ENTRIES = 2000;

/** The first line of a file, so that a later version can tell it from its own. */
const HEADER = 'marginalia links 1';

/** How each entry starts, so that the others need not be read to find one. */
const START = '{"url":"';

/**
 * Keeps verdicts in files of one entry a line, in a folder that is there. Lines that mean nothing are passed over.
 *
 * @param most entries in one file
 */
export function createVerdictCache(files: FileSystem, folder: string, most = MOST_ENTRIES): VerdictCache {
	const uriOf = (file: number): string => `${folder.replace(/\/$/, '')}/links-${String(file).padStart(2, '0')}.jsonl`;
	return {
		async read(urls) {
			const found = [...groupBy(urls, fileOf)].map(async ([file, wanted]) => {
				const lines = linesOf(await files.readFile(uriOf(file)));
				return wanted.flatMap(url => parseLine(lines.get(keyOf(url)), url) ?? []);
			});
			return (await Promise.all(found)).flat();
		},
		async write(entries) {
			for (const [file, added] of groupBy(entries, ({ url }) => fileOf(url))) {
				const updated = await files.update(uriOf(file), before => {
					const lines = linesOf(before);
					for (const entry of added) {
						const known = parseLine(lines.get(keyOf(entry.url)), entry.url);
						if (!known || entry.verdict.time >= known.verdict.time)
							lines.set(keyOf(entry.url), JSON.stringify({ url: entry.url, use: entry.use, verdict: entry.verdict }));
					}
					return new TextEncoder().encode(`${[HEADER, ...latest(lines, most)].join('\n')}\n`);
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

/** The file for an address. */
function fileOf(url: string): number {
	return hashOf(url) % FILES;
}

/** An address as it stands in its line. */
function keyOf(url: string): string {
	return JSON.stringify(url).slice(1, -1);
}

/** The lines of a file, by `keyOf` their address; none where it is missing or damaged as a whole. */
function linesOf(bytes: Uint8Array | undefined): Map<string, string> {
	const found = new Map<string, string>();
	const [header, ...lines] = new TextDecoder().decode(bytes).split('\n');
	if (header !== HEADER) return found;
	for (const line of lines) {
		const end = line.startsWith(START) ? line.indexOf('"', START.length) : -1;
		if (end !== -1) found.set(line.slice(START.length, end), line);
	}
	return found;
}

/** No more lines than may be kept, those of the latest verdicts. */
function latest(lines: ReadonlyMap<string, string>, most: number): Iterable<string> {
	if (lines.size <= most) return lines.values();
	const dated = [...lines.values()].map(line => ({ line, time: parseLine(line)?.verdict.time ?? 0 }));
	return dated
		.sort((a, b) => b.time - a.time)
		.slice(0, most)
		.map(({ line }) => line);
}

/** The entry of a line; `undefined` for none, one that is damaged, or not of the address that is wanted. */
function parseLine(line: string | undefined, wanted?: string): CacheEntry | undefined {
	let read: unknown;
	try {
		read = JSON.parse(line ?? 'null');
	} catch {
		// A line that was cut off or overwritten.
		return undefined;
	}
	if (!isRecord(read)) return undefined;
	const { url, use, verdict } = read;
	if (typeof url !== 'string' || (use !== 'link' && use !== 'image') || !isVerdict(verdict)) return undefined;
	return wanted === undefined || url === wanted ? { url, use, verdict } : undefined;
}
