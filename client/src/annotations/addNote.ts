import type { Range, TextDocument, Uri } from 'vscode';
import { followRange } from '../util/followRange.ts';
import { fromRange } from '../util/range.ts';
import { askNote, type Way } from './askNote.ts';
import { change, kindsOf, type Notes } from './change.ts';
import { readNote } from './noteText.ts';
import type { Done } from './runCommand.ts';

/** A passage to annotate, selected in an editor or in the reader. */
export interface AnnotatedPassage {
	readonly document: TextDocument;
	readonly range: Range;
	/** The text without markup. */
	readonly text: string;
}

/** Highlights a passage. */
export async function highlight(notes: Notes, { document, range }: Omit<AnnotatedPassage, 'text'>): Promise<void> {
	await change(notes, document.uri, 'highlight', { range: fromRange(range) });
}

/** Asks for a note on a passage and saves it. Follows the passage through edits made in the meantime. Returns `undefined` if the user cancels. */
export async function addNote(
	notes: Notes,
	{ document, range, text }: AnnotatedPassage,
	ways: readonly Way[] = [],
): Promise<Done | undefined> {
	const { uri } = document;
	const followed = followRange(document, range);
	try {
		const kinds = await kindsOf(notes, uri);
		return await askNote({ title: 'Add Note', about: text, kinds, ways }, typed =>
			saveNote(notes, uri, followed.range, typed),
		);
	} finally {
		followed.dispose();
	}
}

/** Asks for a note on a whole article and saves it. */
export async function addNoteOnArticle(notes: Notes, uri: Uri): Promise<Done | undefined> {
	const kinds = await kindsOf(notes, uri);
	return askNote({ title: 'Add Note on the Whole Article', about: '', kinds }, typed =>
		saveNote(notes, uri, undefined, typed),
	);
}

/** Parses and saves a typed note. A note on the header is about the whole article. */
export async function saveNote(
	notes: Notes,
	uri: Uri,
	range: Range | undefined,
	typed: string,
): Promise<Done | undefined> {
	const article = notes.store.get(uri) ?? (await notes.store.refresh(uri));
	const part = range && !(article && range.end.line < article.body.start.line) ? { range: fromRange(range) } : {};
	return change(notes, uri, 'add', { ...part, ...readNote(typed, article?.kinds ?? []) });
}
