import type { CancellationToken, LocationLink } from 'vscode-languageserver';
import type { Archive } from '../archive/index.ts';
import { type Span, span } from '../article/span.ts';
import { hasScheme } from '../links/resolve.ts';
import type { FileSystem } from '../platform.ts';
import { throwIfCancelled } from '../util/cancellation.ts';
import { normalUri } from '../util/uri.ts';
import { FILE_START, toRange } from './position.ts';
import type { Snapshot } from './snapshot.ts';
import type { Subject } from './subject.ts';

/** Gives the text of a file, open or not; `undefined` where there is none. */
export type TextOf = (uri: string) => Promise<Snapshot | undefined>;

/**
 * `textDocument/definition`: where what is at a place is kept in the archive. A link leads to the file that it names, else to
 * the archived copies of its page; an image to its file; an entry of a list to its article; `#id` to its element.
 *
 * @throws ResponseError `RequestCancelled`
 */
export async function definition(
	document: Snapshot,
	subject: Subject | undefined,
	archive: Archive,
	files: Pick<FileSystem, 'stat'>,
	textOf: TextOf,
	token: CancellationToken,
): Promise<LocationLink[]> {
	if (!subject || subject.kind === 'self') return [];
	const uris = subject.kind === 'id' ? [normalUri(document.uri)] : await filesOf(subject.targets, archive, files);
	const own = normalUri(document.uri);
	throwIfCancelled(token);
	const links: LocationLink[] = [];
	for (const uri of uris) {
		const entry = archive.entry(uri);
		const id = subject.kind === 'id' ? subject.id : subject.fragment;
		const place = entry?.ids.find(({ value }) => value === id)?.span;
		// A link to an id that is not there leads nowhere in this file, but still to another one.
		if (subject.kind === 'id' && !place) continue;
		// A link to the page of this very article leads out of it: to the original.
		if (uri === own && subject.kind === 'target' && subject.fragment === undefined) continue;
		const range = await rangeIn(uri, place ?? entry?.title?.span, textOf);
		throwIfCancelled(token);
		links.push({
			originSelectionRange: toRange(document, subject.span),
			targetUri: uri,
			targetRange: range,
			targetSelectionRange: range,
		});
	}
	return links;
}

/** The files that an address leads to: the one that it names, if it is there, else those taken from its page. */
async function filesOf(
	targets: readonly string[],
	archive: Archive,
	files: Pick<FileSystem, 'stat'>,
): Promise<readonly string[]> {
	// The others are keys of pages.
	const addresses = targets.filter(hasScheme);
	for (const address of addresses) if ((await files.stat(address))?.type === 'file') return [address];
	return targets.flatMap(target => archive.copiesOf(target));
}

async function rangeIn(uri: string, place: Span | undefined, textOf: TextOf): Promise<LocationLink['targetRange']> {
	const text = place && (await textOf(uri));
	return text ? toRange(text, place ?? span(0, 0)) : FILE_START;
}
