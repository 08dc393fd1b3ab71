import * as vscode from 'vscode';
import type { Carrier } from '../../../server/src/protocol/annotations.ts';
import { capital, withoutIcons } from '../../../server/src/util/labels.ts';
import { fromRange } from '../util/range.ts';
import { askNote } from './askNote.ts';
import { change, type Notes } from './change.ts';
import { readNote, readReply, writeNote } from './noteText.ts';
import { type ArticleNote, isLost, isMereHighlight, type NoteView, outerRange, toVscodeRange } from './protocol.ts';
import { type Done, tellUndoable } from './runCommand.ts';

/** An action on a note, offered in its thread and in the menu of annotations at the cursor. */
export interface NoteAction {
	readonly title: string;
	/** Name of a VS Code icon. */
	readonly icon: string;
	applies(note: NoteView): boolean;
	run(notes: Notes, one: ArticleNote): Promise<void>;
}

const isQuoted = ({ quote, suggestion }: NoteView): boolean => quote !== undefined && suggestion === undefined;

/** All actions on notes, by name. */
export const NOTE_ACTIONS = {
	reply: { title: 'Reply…', icon: 'reply', applies: () => true, run: reply },
	edit: { title: 'Edit…', icon: 'edit', applies: () => true, run: edit },
	resolve: {
		title: 'Resolve',
		icon: 'pass',
		applies: note => !note.resolved && !isMereHighlight(note) && note.suggestion === undefined,
		run: (notes, one) => runSimple(notes, one, 'resolve'),
	},
	unresolve: {
		title: 'Unresolve',
		icon: 'issue-reopened',
		applies: ({ resolved }) => resolved,
		run: (notes, one) => runSimple(notes, one, 'unresolve'),
	},
	acceptSuggestion: {
		title: 'Accept Suggestion',
		icon: 'check',
		applies: ({ suggestion }) => suggestion !== undefined,
		run: (notes, one) => runSimple(notes, one, 'acceptSuggestion'),
	},
	rejectSuggestion: {
		title: 'Reject Suggestion',
		icon: 'close',
		applies: ({ suggestion }) => suggestion !== undefined,
		run: (notes, one) => runSimple(notes, one, 'rejectSuggestion'),
	},
	acceptChange: {
		title: 'Accept Changed Text',
		icon: 'check-all',
		applies: ({ anchor }) => anchor.state === 'changed',
		run: (notes, one) => runSimple(notes, one, 'acceptChange'),
	},
	choosePlace: {
		title: 'Choose Location…',
		icon: 'list-selection',
		applies: ({ anchor }) => anchor.state === 'ambiguous',
		run: choosePlace,
	},
	reanchor: {
		title: 'Re-anchor to Selection',
		icon: 'target',
		applies: isQuoted,
		run: reanchor,
	},
	changeKind: {
		title: 'Change Kind…',
		icon: 'symbol-enum',
		applies: note => !isMereHighlight(note) && note.suggestion === undefined,
		run: changeKind,
	},
	moveIntoText: {
		title: 'Move into Article Text',
		icon: 'file-code',
		applies: note => note.carrier === 'sidecar' && note.quote !== undefined && !isLost(note),
		run: (notes, one) => convert(notes, one, 'inline'),
	},
	moveBeside: {
		title: 'Move to Sidecar File',
		icon: 'go-to-file',
		applies: note => note.carrier === 'inline' && note.suggestion === undefined,
		run: (notes, one) => convert(notes, one, 'sidecar'),
	},
	showSource: { title: 'Go to Source of Note', icon: 'json', applies: () => true, run: showSource },
	delete: { title: 'Delete', icon: 'trash', applies: ({ suggestion }) => suggestion === undefined, run: remove },
} as const satisfies Readonly<Record<string, NoteAction>>;

/** Runs a server command whose only argument is the note. */
async function runSimple(notes: Notes, { article, note }: ArticleNote, name: SimpleCommand): Promise<void> {
	await change(notes, vscode.Uri.parse(article.uri), name, { id: note.id });
}
type SimpleCommand = 'acceptChange' | 'acceptSuggestion' | 'rejectSuggestion' | 'resolve' | 'unresolve';

/** Moves a note into the article text or into the sidecar file. */
async function convert(notes: Notes, { article, note }: ArticleNote, carrier: Carrier): Promise<void> {
	await change(notes, vscode.Uri.parse(article.uri), 'convert', { id: note.id, carrier });
}

async function reply(notes: Notes, { article, note }: ArticleNote): Promise<void> {
	const about = note.text || (note.quote?.exact ?? '');
	await askNote({ title: 'Reply', about, kinds: article.kinds }, typed => addReply(notes, { article, note }, typed));
}

/** Adds a reply to a note. */
export async function addReply(notes: Notes, { article, note }: ArticleNote, typed: string): Promise<Done | undefined> {
	const uri = vscode.Uri.parse(article.uri);
	const done = await change(notes, uri, 'reply', { id: note.id, ...readReply(typed, article.kinds) });
	if (done) notes.threads.expand(uri, note.id);
	return done;
}

async function edit(notes: Notes, { article, note }: ArticleNote): Promise<void> {
	const about = note.quote?.exact ?? '';
	const { kinds } = article;
	await askNote({ title: 'Edit Note', about, kinds, value: writeNote(note, kinds) }, typed =>
		change(notes, vscode.Uri.parse(article.uri), 'edit', { id: note.id, ...readNote(typed, kinds) }),
	);
}

async function changeKind(notes: Notes, { article, note }: ArticleNote): Promise<void> {
	const items = article.kinds.map(kind => ({ label: capital(kind), value: kind }));
	const chosen = await vscode.window.showQuickPick(items, {
		title: 'Change Kind',
		placeHolder: `Current kind: ${note.kind}`,
	});
	if (chosen && chosen.value !== note.kind)
		await change(notes, vscode.Uri.parse(article.uri), 'edit', { id: note.id, kind: chosen.value });
}

/** Lets the user choose among the candidate locations of an ambiguous note. The focused one is shown in the editor. */
async function choosePlace(notes: Notes, { article, note }: ArticleNote): Promise<void> {
	const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(article.uri));
	const editor = await vscode.window.showTextDocument(document, { preserveFocus: true });
	const before = editor.selection;
	const items = (note.anchor.candidates ?? []).flatMap(candidate => {
		const range = outerRange(candidate);
		if (!range) return [];
		return { label: withoutIcons(contextOf(document, range)), description: `line ${range.start.line + 1}`, range };
	});
	const pick = vscode.window.createQuickPick<(typeof items)[number]>();
	pick.title = 'Choose the Location of the Note';
	pick.items = items;
	const chosen = await new Promise<(typeof items)[number] | undefined>(resolve => {
		pick.onDidChangeActive(([active]) => {
			if (!active) return;
			editor.selection = new vscode.Selection(active.range.start, active.range.end);
			editor.revealRange(active.range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
		});
		pick.onDidAccept(() => resolve(pick.activeItems[0]));
		pick.onDidHide(() => resolve(undefined));
		pick.show();
	});
	pick.dispose();
	if (chosen) await change(notes, document.uri, 'reanchor', { id: note.id, range: fromRange(chosen.range) });
	else editor.selection = before;
}

/** Returns the text of a range with some context. */
function contextOf(document: vscode.TextDocument, range: vscode.Range): string {
	const AROUND = 30;
	const [start, end] = [document.offsetAt(range.start), document.offsetAt(range.end)];
	const text = (from: number, to: number): string =>
		document
			.getText(new vscode.Range(document.positionAt(Math.max(0, from)), document.positionAt(to)))
			.replace(/<[^>]*>|<[^>]*$|^[^<]*>/g, '')
			.replace(/\s+/g, ' ');
	return `…${text(start - AROUND, start)}“${text(start, end)}”${text(end, end + AROUND)}…`;
}

async function reanchor(notes: Notes, { article, note }: ArticleNote): Promise<void> {
	const uri = vscode.Uri.parse(article.uri);
	const editor = [vscode.window.activeTextEditor, ...vscode.window.visibleTextEditors].find(
		one => one?.document.uri.toString() === uri.toString() && !one.selection.isEmpty,
	);
	if (!editor) {
		void vscode.window.showInformationMessage(
			'Select the text in the article that the note is about, then choose “Re-anchor to Selection” again.',
		);
		return;
	}
	await change(notes, uri, 'reanchor', { id: note.id, range: fromRange(editor.selection) });
	notes.threads.expand(uri, note.id);
}

async function showSource(_: Notes, { note: { location } }: ArticleNote): Promise<void> {
	await vscode.window.showTextDocument(vscode.Uri.parse(location.uri), { selection: toVscodeRange(location.range) });
}

async function remove(notes: Notes, { article, note }: ArticleNote): Promise<void> {
	const { length } = note.replies;
	if (length > 0) {
		const answers = length === 1 ? 'the reply to it' : `the ${length} replies to it`;
		const yes = 'Delete';
		const options = { modal: true, detail: note.text };
		if ((await vscode.window.showWarningMessage(`Delete the note and ${answers}?`, options, yes)) !== yes) return;
	}
	await removeRemark(notes, vscode.Uri.parse(article.uri), note.id, 'Note deleted.');
}

/** Deletes a note or reply, shows a message, and offers to undo the deletion. */
export async function removeRemark(notes: Notes, uri: vscode.Uri, id: string, message: string): Promise<void> {
	const done = await change(notes, uri, 'delete', { id });
	if (done) void tellUndoable(notes.run, message, done);
}
