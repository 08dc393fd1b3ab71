import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { append } from '../util/groups.ts';
import { byText } from '../util/order.ts';
import { normalUri } from '../util/uri.ts';
import type { Checkable } from './checker.ts';
import type { FileToCheck } from './files.ts';

/**
 * Yields the files, each with all files that were taken from the same page, including itself, sorted by path.
 *
 * @param sources for each file its archive and page, from `FileChecker.sources`
 */
export function* withCopies(
	files: readonly FileToCheck[],
	sources: readonly (string | undefined)[],
): Generator<Checkable> {
	const groups = new Map<string, FileToCheck[]>();
	for (const [index, file] of files.entries()) {
		const source = sources[index];
		if (source !== undefined) append(groups, source, file);
	}
	const copies = new Map<string, Checkable['copies']>();
	for (const [source, group] of groups) {
		if (group.length > 1) copies.set(source, group.map(copyOf).sort(byText(({ path }) => path)));
	}
	for (const [index, file] of files.entries()) yield { ...file, copies: copies.get(sources[index] ?? '') ?? [] };
}

function copyOf({ path }: FileToCheck): Checkable['copies'][number] {
	return { uri: normalUri(pathToFileURL(resolve(path)).href), path };
}
