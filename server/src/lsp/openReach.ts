import { parseFileUri } from '../links/filesWithin.ts';
import { createReach, type Reach } from '../links/reach.ts';
import type { Documents } from './admission.ts';

/** The files that may be accessed while certain folders, articles and lists are open. */
export function reachOfOpen(
	documents: Pick<Documents, 'all' | 'onDidOpen' | 'onDidChangeContent' | 'onDidClose'>,
	folders: () => readonly string[],
): () => Reach {
	let known: { readonly folders: readonly string[]; readonly reach: Reach } | undefined;
	const forget = (): void => {
		known = undefined;
	};
	documents.onDidOpen(forget);
	// It may have become an article.
	documents.onDidChangeContent(forget);
	documents.onDidClose(forget);
	return () => {
		const open = folders();
		if (known?.folders !== open) {
			const shown = documents.all().map(({ uri }) => uri);
			const [opened, alone] = [open, shown].map(uris => uris.flatMap(uri => parseFileUri(uri) ?? []));
			known = { folders: open, reach: createReach({ folders: opened ?? [], documents: alone ?? [] }) };
		}
		return known.reach;
	};
}
