import type { Range, TextDocument, Uri } from 'vscode';
import { followRange } from '../util/followRange.ts';
import { askNote, type Way } from './askNote.ts';
import { change, kindsOf, type Notes } from './change.ts';
import { readNote } from './noteText.ts';
import { fromRange } from './protocol.ts';
import type { Done } from './run.ts';

/** Words of an article that something is said about, in an editor or in the reader. */
export interface AnnotatedPassage {
	readonly document: TextDocument;
	readonly range: Range;
	/** As they are read. */
	readonly text: string;
}

/** Marks a passage. */
export async function highlight(notes: Notes, { document, range }: Omit<AnnotatedPassage, 'text'>): Promise<void> {
	await change(notes, document.uri, 'highlight', { range: fromRange(range) });
}

/** Asks for a note on a passage and writes it, on the same words whatever is edited meanwhile; nothing where the user thinks better of it. */
export async function addNote(
	notes: Notes,
	{ document, range, text }: AnnotatedPassage,
	ways: readonly Way[] = [],
): Promise<Done | undefined> {
	const { uri } = document;
	const followed = followRange(document, range);
	try {
		const kinds = await kindsOf(notes, uri);
		return await askNote({ title: 'Add Note', about: text, kinds, ways }, said =>
			saveNote(notes, uri, followed.range, said),
		);
	} finally {
		followed.dispose();
	}
}

/** Asks for a note on an article as a whole and writes it. */
export async function addNoteOnArticle(notes: Notes, uri: Uri): Promise<Done | undefined> {
	const kinds = await kindsOf(notes, uri);
	return askNote({ title: 'Add Note on the Article as a Whole', about: '', kinds }, said =>
		saveNote(notes, uri, undefined, said),
	);
}

/** Writes a note as it was typed; one on the header is on the article as a whole. */
export async function saveNote(
	notes: Notes,
	uri: Uri,
	range: Range | undefined,
	said: string,
): Promise<Done | undefined> {
	const article = notes.store.get(uri) ?? (await notes.store.refresh(uri));
	const part = range && !(article && range.end.line < article.body.start.line) ? { range: fromRange(range) } : {};
	return change(notes, uri, 'add', { ...part, ...readNote(said, article?.kinds ?? []) });
}
