import type { CancellationToken } from 'vscode-languageserver';
import { readSidecar } from '../annotations/sidecarFiles.ts';
import { articleOf } from '../annotations/sidecarName.ts';
import type { Archive } from '../archive/archive.ts';
import type { IndexEntry } from '../archive/entry.ts';
import { findMoved } from '../archive/findMoved.ts';
import { chooseFixes } from '../languageFeatures/fixAll.ts';
import type { DocumentEdits, FileMove } from '../languageFeatures/workspaceEdit.ts';
import type { FileSystem } from '../platform.ts';
import { MOVED_KIND } from '../rules/moved.ts';
import { throwIfCancelled } from '../util/cancellation.ts';
import { byText } from '../util/order.ts';
import type { LostSidecars } from './lostSidecars.ts';
import type { Navigation } from './navigation.ts';
import type { Problems } from './problems.ts';

/** What refers to files that other programs moved, and how to update it. */
export interface MovedReferences {
	readonly changes: readonly DocumentEdits[];
	/** Sidecars that follow their articles. */
	readonly moves: readonly FileMove[];
	/** The number of references that are updated, and of those that may refer to one of several files. */
	readonly count: number;
	readonly uncertain: number;
}

/**
 * Finds everything in archives that refers to moved files, for all that is certain.
 *
 * @param uri a document of the archive; without one, all workspace folders
 * @param warn called for files that cannot be changed
 * @throws ResponseError `RequestCancelled`
 */
export type FindMovedReferences = (
	uri: string | undefined,
	warn: (message: string) => void,
	token: CancellationToken,
) => Promise<MovedReferences>;

/** Connects the rules for missing files to whole archives. */
export function createMovedReferences(
	files: FileSystem,
	navigation: Pick<Navigation, 'whole' | 'text' | 'writable'>,
	problems: Pick<Problems, 'of'>,
	lostSidecars: LostSidecars,
): FindMovedReferences {
	return async (uri, warn, token) => {
		const changes: DocumentEdits[] = [];
		const moves: FileMove[] = [];
		let [count, uncertain] = [0, 0];
		for (const archive of await navigation.whole(uri)) {
			const mayRefer = [...archive.entries()].filter(entry => mayReferToMoved(entry, archive));
			for (const entry of mayRefer.sort(byText(one => one.uri))) {
				throwIfCancelled(token);
				const document = await navigation.text(entry.uri);
				if (!document || document.parsed.conflicts.length > 0) continue;
				const found = (await problems.of(document, token)).filter(({ rule }) => rule.id.endsWith('/missing-file'));
				const chosen = chooseFixes(document.text, found, ({ kind }) => kind === MOVED_KIND);
				const [change] = chosen.count > 0 ? await navigation.writable([{ document, edits: chosen.edits }], warn) : [];
				if (change) {
					changes.push(change);
					count += chosen.count;
				}
				uncertain += found.filter(({ related }) => related).length - chosen.count;
			}
			for (const sidecar of [...archive.strays].sort()) {
				throwIfCancelled(token);
				const [move, isKnown] = await moveOf(sidecar, moves);
				if (move) moves.push(move);
				else if (isKnown) uncertain++;
			}
		}
		return { changes, moves, count: count + moves.length, uncertain };
	};

	/** Returns the move of a sidecar to its article, unless another one is moved there; and whether there may be such an article. */
	async function moveOf(oldUri: string, moves: readonly FileMove[]): Promise<readonly [FileMove | undefined, boolean]> {
		const article = articleOf(oldUri) ?? oldUri;
		const sidecar = (await files.stat(article)) ? undefined : await readSidecar(oldUri, files);
		const [first] = sidecar ? await lostSidecars.articlesFor(sidecar, article) : [];
		const newUri = first?.certain ? first.free : undefined;
		const isFree = newUri !== undefined && !moves.some(move => move.newUri === newUri);
		return [isFree ? { oldUri, newUri } : undefined, first !== undefined];
	}
}

/** Whether a file refers to something that is not in the archive, but may have been moved in it. */
function mayReferToMoved({ kind, links, images }: IndexEntry, archive: Archive): boolean {
	const isMoved = (uri: string): boolean =>
		!uri.startsWith('//') && !archive.has(uri) && (kind === 'list' || findMoved({ uri }, archive).length > 0);
	return kind !== 'sidecar' && [...links, ...images].some(({ targets }) => targets.some(isMoved));
}
