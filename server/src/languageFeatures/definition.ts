import type { CancellationToken, LocationLink } from 'vscode-languageserver';
import type { Archive } from '../archive/archive.ts';
import { type Span, span } from '../article/span.ts';
import { hasScheme } from '../links/resolve.ts';
import type { FileSystem } from '../platform.ts';
import { throwIfCancelled } from '../util/cancellation.ts';
import { normalUri } from '../util/uri.ts';
import { FILE_START, toRange } from './position.ts';
import type { Snapshot } from './snapshot.ts';
import type { Subject } from './subject.ts';

/** Returns the snapshot of a file, open or not; `undefined` if it does not exist. */
export type TextOf = (uri: string) => Promise<Snapshot | undefined>;

/**
 * `textDocument/definition`: goes from a link to its file or to the archived copies of its page, from an image to its file,
 * from a list entry to its article, and from `#id` to its element.
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
		// A missing id has no definition in this file; in another file, the file itself is the definition.
		if (subject.kind === 'id' && !place) continue;
		// A link to the source of this article refers to the original page.
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

/** Returns the file that a URL references, if it exists, otherwise the archived copies of its page. */
async function filesOf(
	targets: readonly string[],
	archive: Archive,
	files: Pick<FileSystem, 'stat'>,
): Promise<readonly string[]> {
	// Targets without a scheme are page keys.
	const addresses = targets.filter(hasScheme);
	for (const address of addresses) if ((await files.stat(address))?.type === 'file') return [address];
	return targets.flatMap(target => archive.copiesOf(target));
}

async function rangeIn(uri: string, place: Span | undefined, textOf: TextOf): Promise<LocationLink['targetRange']> {
	const text = place && (await textOf(uri));
	return text ? toRange(text, place ?? span(0, 0)) : FILE_START;
}
