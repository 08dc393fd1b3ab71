import type { FileSystem } from '../../platform.ts';
import { hashOf } from '../../util/digest.ts';
import { groupBy } from '../../util/groups.ts';
import { isRecord } from '../../util/value.ts';
import { isVerdict, type LinkUse, type Verdict } from './verdict.ts';

/** The verdict of a URL, as cached. */
export interface CacheEntry {
	readonly url: string;
	/** How it was checked. */
	readonly use: LinkUse;
	readonly verdict: Verdict;
}

/** Verdicts on disk, shared by all sessions of a user. Several processes may read and write them at once. */
export interface VerdictCache {
	/** Reads the entries of URLs. */
	read(urls: readonly string[]): Promise<readonly CacheEntry[]>;
	/**
	 * Writes entries, which replace older ones of the same URLs.
	 *
	 * @returns the reason if it failed, as in `Updated`; otherwise `undefined`
	 */
	write(entries: readonly CacheEntry[]): Promise<string | undefined>;
	/** Deletes all entries. Returns the same as `write`. */
	clear(): Promise<string | undefined>;
}

/** How many files there are. The hash of a URL selects its file. */
const FILES = 64;

/** How many entries a file keeps, the latest ones: about half a megabyte. */
const MOST_ENTRIES = 2000;

/** The first line of a file, which later versions of the format will change. */
const HEADER = 'marginalia links 1';

/** The start of each entry, so that one can be found without parsing the others. */
const START = '{"url":"';

/**
 * Creates a cache in files with one entry a line. Invalid lines are ignored.
 *
 * @param folder URI of an existing folder
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

/** The file of a URL. */
function fileOf(url: string): number {
	return hashOf(url) % FILES;
}

/** A URL as it is written in its line. */
function keyOf(url: string): string {
	return JSON.stringify(url).slice(1, -1);
}

/** The lines of a file, by `keyOf` their URL; empty if the file is missing or has another header. */
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

/** The lines of the latest verdicts, up to a limit. */
function latest(lines: ReadonlyMap<string, string>, most: number): Iterable<string> {
	if (lines.size <= most) return lines.values();
	const dated = [...lines.values()].map(line => ({ line, time: parseLine(line)?.verdict.time ?? 0 }));
	return dated
		.sort((a, b) => b.time - a.time)
		.slice(0, most)
		.map(({ line }) => line);
}

/** Parses a line; `undefined` for a missing or damaged line, or one of another URL. */
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
