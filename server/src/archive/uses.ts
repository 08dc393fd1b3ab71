import type { Span } from '../article/span.ts';
import type { Archive } from './archive.ts';
import type { IndexEntry, Reference } from './entry.ts';

/** A place in a file of an archive. */
export interface UseLocation {
	readonly uri: string;
	readonly span: Span;
}

/** Which places to find: those that refer to a page, a file or an id on it. */
export interface Wanted {
	/** Equivalent URIs of files and keys of pages. */
	readonly targets: ReadonlySet<string>;
	/** Only places that refer to this id. */
	readonly fragment?: string;
}

/**
 * Returns all targets that are equivalent to a page or file: a file of the archive and the page that it was taken from, or a page and
 * the files that were taken from it.
 */
export function sameThing(archive: Archive, targets: readonly string[]): ReadonlySet<string> {
	const all = new Set(targets);
	for (const target of targets) {
		const key = archive.entry(target)?.source?.key;
		if (key !== undefined) all.add(key);
	}
	for (const target of [...all]) for (const copy of archive.copiesOf(target)) all.add(copy);
	return all;
}

/** Returns the matching places in one file, in the order of the text. */
export function usesIn(entry: IndexEntry, wanted: Wanted): readonly Span[] {
	const isMeant = ({ targets, fragment }: Reference): boolean =>
		targets.some(target => wanted.targets.has(target)) &&
		(wanted.fragment === undefined || fragment === wanted.fragment);
	const spans = [...entry.links, ...entry.images].filter(isMeant).map(use => use.span);
	if (wanted.fragment !== undefined && wanted.targets.has(entry.uri))
		for (const { value, span } of entry.fragments) if (value === wanted.fragment) spans.push(span);
	return spans.sort((a, b) => a.start - b.start);
}

/** Returns the matching places in all files, by file, then in the order of the text. */
export function findUses(archive: Archive, wanted: Wanted): readonly UseLocation[] {
	const uris = new Set([...wanted.targets].flatMap(target => archive.usersOf(target)));
	// Links to an id of the same file have no target in the index.
	if (wanted.fragment !== undefined) for (const target of wanted.targets) uris.add(target);
	return [...uris].sort().flatMap(uri => {
		const entry = archive.entry(uri);
		return entry ? usesIn(entry, wanted).map(span => ({ uri, span })) : [];
	});
}
