import { type AnchoringOptions, anchorNotes } from './anchoring.ts';
import { findInlineThreads, type Inline, type InlineThread, noteOf } from './inlineThreads.ts';
import type { Note } from './note.ts';
import type { SidecarFile } from './sidecarFiles.ts';
import { readThreads } from './threads.ts';

/** What is known of the notes of one article. */
export interface ArticleNotes {
	/** The article as its notes in the text are read. */
	readonly inline: Inline;
	readonly sidecar: SidecarFile | undefined;
	/** All notes in the order of the text, those without a place last. */
	readonly notes: readonly Note[];
	/** Where those notes are written that are in the text. */
	readonly threads: ReadonlyMap<Note, InlineThread>;
}

/** The notes in the text alone. */
export function notesInText(inline: Inline): ArticleNotes {
	const threads = new Map(findInlineThreads(inline).map(thread => [noteOf(thread, inline), thread]));
	return { inline, sidecar: undefined, notes: [...threads.keys()], threads };
}

/**
 * Finds the notes in the text and in the sidecar. One that is in both, as while it is moved, is shown where it is in the text.
 *
 * @returns `undefined` once it is cancelled
 */
export async function findArticleNotes(
	inline: Inline,
	sidecar: SidecarFile | undefined,
	options: AnchoringOptions,
): Promise<ArticleNotes | undefined> {
	const inText = notesInText(inline);
	if (!sidecar) return inText;
	const known = new Set(inText.notes.map(({ id }) => id));
	const unanchored = readThreads(sidecar).filter(({ id }) => !known.has(id));
	const beside = await anchorNotes(inline.article, unanchored, options);
	if (!beside) return undefined;
	const start = ({ anchor }: Note): number =>
		(anchor.spans[0] ?? anchor.candidates?.[0]?.[0])?.start ?? Number.POSITIVE_INFINITY;
	const notes = [...inText.notes, ...beside].sort((a, b) => {
		const [left, right] = [start(a), start(b)];
		return left === right ? 0 : left - right;
	});
	return { ...inText, sidecar, notes };
}
