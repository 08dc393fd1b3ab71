import type { CancellationToken, DocumentHighlight, Location } from 'vscode-languageserver';
import type { Archive } from '../archive/archive.ts';
import type { IndexEntry } from '../archive/entry.ts';
import { findUses, sameThing, type UseLocation, usesIn, type Wanted } from '../archive/uses.ts';
import { partsOfPage } from '../article/regions/page.ts';
import type { Span } from '../article/span.ts';
import { throwIfCancelled } from '../util/cancellation.ts';
import { normalUri } from '../util/uri.ts';
import type { TextOf } from './definition.ts';
import { toRange } from './position.ts';
import type { Snapshot } from './snapshot.ts';
import type { Subject } from './subject.ts';

/**
 * `textDocument/references`: every link in the archive to the same page, file or id, and every use of the same image.
 * On the title of an article, the links to the article. Those in lists of related articles and the like are left out, except in the
 * document itself.
 *
 * @param withDeclaration whether to include the declaration: the id itself, or the title of the target article
 * @throws ResponseError `RequestCancelled`
 */
export async function references(
	document: Snapshot,
	subject: Subject | undefined,
	archive: Archive,
	withDeclaration: boolean,
	textOf: TextOf,
	token: CancellationToken,
): Promise<Location[]> {
	if (!subject) return [];
	const wanted = wantedBy(document.uri, subject, archive);
	const declared = withDeclaration ? declarations(wanted, archive) : [];
	const uses = findUses(archive, wanted);
	const own = normalUri(document.uri);
	const locations: Location[] = [];
	const texts = new Map<string, Snapshot | undefined>();
	for (const [at, { uri, span }] of [...declared, ...uses].entries()) {
		if (!texts.has(uri)) texts.set(uri, await textOf(uri));
		throwIfCancelled(token);
		const text = texts.get(uri);
		// The file may have been deleted since it was indexed.
		if (!text || (at >= declared.length && uri !== own && isInFurniture(text, span))) continue;
		locations.push({ uri, range: toRange(text, span) });
	}
	return locations;
}

/** `textDocument/documentHighlight`: all references to the same target in this document, and the id itself. */
export function documentHighlights(
	document: Snapshot,
	subject: Subject | undefined,
	archive: Archive,
): DocumentHighlight[] {
	const entry = archive.entry(normalUri(document.uri));
	if (!subject || !entry) return [];
	const wanted = wantedBy(document.uri, subject, archive);
	const own = wanted.targets.has(entry.uri) ? declarationsIn(entry, wanted) : [];
	return [...own, ...usesIn(entry, wanted).map(span => ({ uri: entry.uri, span }))]
		.sort((a, b) => a.span.start - b.span.start)
		.map(({ span }) => ({ range: toRange(document, span) }));
}

/** Whether a place is in the page around an article. */
function isInFurniture({ parsed }: Snapshot, { start }: Span): boolean {
	return parsed.kind === 'article' && partsOfPage(parsed).some(({ span }) => span.start <= start && start < span.end);
}

/** Returns the targets that count as references to a subject. */
function wantedBy(document: string, subject: Subject, archive: Archive): Wanted {
	const targets = sameThing(archive, subject.kind === 'target' ? subject.targets : [normalUri(document)]);
	const fragment = subject.kind === 'self' ? undefined : subject.kind === 'id' ? subject.id : subject.fragment;
	return { targets, ...(fragment === undefined ? {} : { fragment }) };
}

function declarations(wanted: Wanted, archive: Archive): UseLocation[] {
	return [...wanted.targets].sort().flatMap(uri => {
		const entry = archive.entry(uri);
		return entry ? declarationsIn(entry, wanted) : [];
	});
}

/** Returns the declarations of the id in a file, or its title if no id is wanted. */
function declarationsIn(entry: IndexEntry, { fragment }: Wanted): UseLocation[] {
	const { uri, ids, title } = entry;
	if (fragment !== undefined) return ids.filter(({ value }) => value === fragment).map(({ span }) => ({ uri, span }));
	return title ? [{ uri, span: title.span }] : [];
}
