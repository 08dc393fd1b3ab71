import type { Span } from '../article/span.ts';
import type { IndexEntry, Reference } from './entry.ts';
import type { Archive } from './index.ts';

/** A place in a file of an archive. */
export interface UseLocation {
	readonly uri: string;
	readonly span: Span;
}

/** What places are looked for: those that lead to a page, a file or an id on it. */
export interface Wanted {
	/** Addresses of files and keys of pages that are the same thing. */
	readonly targets: ReadonlySet<string>;
	/** Only places that lead to this id. */
	readonly fragment?: string;
}

/**
 * All names of the page or file that an address leads to: a file of the archive goes by the page it was taken from too, a
 * page by the files that were taken from it.
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

/** The places in one file that lead to what is wanted, in the order of the text. */
export function usesIn(entry: IndexEntry, wanted: Wanted): readonly Span[] {
	const isMeant = ({ targets, fragment }: Reference): boolean =>
		targets.some(target => wanted.targets.has(target)) &&
		(wanted.fragment === undefined || fragment === wanted.fragment);
	const spans = [...entry.links, ...entry.images].filter(isMeant).map(use => use.span);
	if (wanted.fragment !== undefined && wanted.targets.has(entry.uri))
		for (const { value, span } of entry.fragments) if (value === wanted.fragment) spans.push(span);
	return spans.sort((a, b) => a.start - b.start);
}

/** The places in all files that lead to what is wanted, by file, then in the order of the text. */
export function findUses(archive: Archive, wanted: Wanted): readonly UseLocation[] {
	const uris = new Set([...wanted.targets].flatMap(target => archive.usersOf(target)));
	// Links to an id of the same file name no page.
	if (wanted.fragment !== undefined) for (const target of wanted.targets) uris.add(target);
	return [...uris].sort().flatMap(uri => {
		const entry = archive.entry(uri);
		return entry ? usesIn(entry, wanted).map(span => ({ uri, span })) : [];
	});
}
