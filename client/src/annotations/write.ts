import * as vscode from 'vscode';
import { withoutIcons, withoutLinks } from '../../../server/src/util/labels.ts';
import { isArticle } from '../article/documents.ts';
import { LONG_LINE } from '../util/longLine.ts';
import { clip, readNote, USUAL_KINDS } from './noteText.ts';
import { fromRange } from './protocol.ts';
import type { Done, Run } from './run.ts';
import type { NoteStore } from './store.ts';
import type { NoteThreads } from './threads.ts';

/** As much of a passage, in UTF-16 units, as is shown when its note is asked for. */
const LONGEST = 60;

/** What the commands for notes work with. */
export interface Notes {
	readonly run: Run;
	readonly store: NoteStore;
	readonly threads: NoteThreads;
}

/** Runs a command of the server that changes notes of an article, and shows what came of it; nothing where it was refused. */
export async function change(
	{ run, store }: Pick<Notes, 'run' | 'store'>,
	uri: vscode.Uri,
	name: string,
	given: object,
): Promise<Done | undefined> {
	const done = await run(name, { uri: uri.toString(), ...given });
	if (done) await store.refresh(uri);
	return done;
}

/** What a person is asked for at the top of the window. */
interface Question {
	readonly title: string;
	/** The words that are meant. */
	readonly about: string;
	readonly value?: string;
	/** Other ways to write a note: a button each, with the command that it runs. */
	readonly ways?: readonly (vscode.QuickInputButton & { readonly command: string })[];
}

const EXPAND = {
	iconPath: new vscode.ThemeIcon('unfold'),
	tooltip: 'Expand the article, and write beside the text',
	command: 'marginalia.expand',
};
const READ = {
	iconPath: new vscode.ThemeIcon('open-preview'),
	tooltip: 'Open the reader, and write there',
	command: 'marginalia.openReader',
};

/**
 * `Annotate Selection`: opens a thread to write in at the selection; in a long line, or one that has a thread, asks at the top of the window.
 * Without a selection, a note is on the line, or in the header on the article as a whole.
 */
export async function annotate(notes: Notes): Promise<void> {
	const editor = activeArticle();
	if (!editor) return;
	const { document, selection } = editor;
	const isLong = [selection.start, selection.end].some(({ line }) => document.lineAt(line).text.length > LONG_LINE);
	if (isLong && selection.isEmpty) {
		void vscode.window.showInformationMessage('Select the words that the note is about.');
	} else if (isLong || notes.threads.isOn(document.uri, selection.end.line)) {
		await addNote(notes, document, wholeLines(document, selection), isLong ? [EXPAND, READ] : []);
	} else await vscode.commands.executeCommand('workbench.action.addComment');
}

/** `Annotate Article`: asks for a note on the article as a whole. */
export async function annotateArticle(notes: Notes): Promise<void> {
	const editor = activeArticle();
	if (editor) await addNote(notes, editor.document, undefined, []);
}

/** `Highlight Selection`. */
export async function highlight(notes: Notes): Promise<void> {
	const editor = activeArticle();
	if (!editor) return;
	const { document, selection } = editor;
	if (selection.isEmpty) {
		void vscode.window.showInformationMessage('Select the words to highlight.');
		return;
	}
	await change(notes, document.uri, 'highlight', { range: fromRange(selection) });
}

/** Asks for a note on a part of a document, or on all of it, and writes it; nothing where the user thinks better of it. */
async function addNote(
	notes: Notes,
	document: vscode.TextDocument,
	range: vscode.Range | undefined,
	ways: NonNullable<Question['ways']>,
): Promise<void> {
	const title = range ? 'Add Note' : 'Add Note on the Article as a Whole';
	const about = range ? document.getText(range).replace(/<[^>]*>/g, '') : '';
	await askNote({ title, about, ways }, said => write(notes, document.uri, range, said));
}

/** Writes a note, in the header on the article as a whole, and shows it; tells whether that was done. */
async function write(notes: Notes, uri: vscode.Uri, range: vscode.Range | undefined, said: string): Promise<boolean> {
	const { store, threads } = notes;
	const article = store.get(uri) ?? (await store.refresh(uri));
	const part = range && !(article && range.end.line < article.body.start.line) ? { range: fromRange(range) } : {};
	const done = await change(notes, uri, 'add', { ...part, ...readNote(said, kindsOf(store, uri)) });
	if (!done) return false;
	if (done.id !== undefined) threads.expand(uri, done.id);
	return true;
}

/** The kinds of note that an article can have. */
export function kindsOf(store: Pick<NoteStore, 'get'>, uri: vscode.Uri): readonly string[] {
	return store.get(uri)?.kinds ?? USUAL_KINDS;
}

/** `Add Note` of a thread that was opened to write in. A note that was refused is still there to be put right. */
export async function createNote(notes: Notes, { thread, text }: vscode.CommentReply): Promise<void> {
	const document = await vscode.workspace.openTextDocument(thread.uri);
	if (await write(notes, thread.uri, thread.range && wholeLines(document, thread.range), text)) thread.dispose();
}

/** Without a selection, all of the line is meant. */
function wholeLines(document: vscode.TextDocument, range: vscode.Range): vscode.Range {
	return range.isEmpty ? document.lineAt(range.start.line).range : range;
}

/** The editor of an article that has the focus, or had it last; says so where there is none. */
export function activeArticle(): vscode.TextEditor | undefined {
	const editor = vscode.window.activeTextEditor;
	if (editor && isArticle(editor.document)) return editor;
	void vscode.window.showInformationMessage('Open an article to annotate it.');
	return undefined;
}

/**
 * Asks for what a person has to say.
 *
 * @param write writes it, and tells whether that was done; what was typed stays where it was not
 */
export async function askNote(
	{ title, about, value = '', ways = [] }: Question,
	write: (said: string) => Promise<boolean>,
): Promise<void> {
	const input = vscode.window.createInputBox();
	input.title = title;
	input.prompt = about === '' ? '' : `On “${withoutIcons(withoutLinks(clip(about, LONGEST)))}”`;
	input.placeholder = 'question: Who says so? #sources';
	input.value = value;
	input.ignoreFocusOut = true;
	input.buttons = ways;
	await new Promise<void>((resolve, reject) => {
		const close = (): void => {
			input.dispose();
			resolve();
		};
		input.onDidHide(close);
		input.onDidTriggerButton(button => {
			const way = ways.find(one => one === button);
			close();
			if (way) void vscode.commands.executeCommand(way.command);
		});
		input.onDidAccept(async () => {
			if (input.value.trim() === '') return close();
			input.busy = true;
			input.enabled = false;
			try {
				if (await write(input.value)) return close();
			} catch (error) {
				reject(error);
				return close();
			}
			input.busy = false;
			input.enabled = true;
		});
		input.show();
	});
}
