import * as vscode from 'vscode';
import { capital, withoutIcons } from '../../../server/src/util/labels.ts';
import { clipLine } from '../../../server/src/util/text.ts';
import { activeArticle } from '../article/editors.ts';
import { NOTE_ACTIONS, type NoteAction } from './actions.ts';
import type { Notes } from './change.ts';
import { type ArticleNote, isLost, type NoteView, noteRange, toVscodeRange } from './protocol.ts';

/** Icons of the states in which the location of a note is missing or uncertain. */
const LOST_ICONS: Readonly<Record<string, string>> = {
	orphan: 'debug-disconnect',
	ambiguous: 'question',
	changed: 'diff',
};

/** `Go to Next Annotation`, `Go to Previous Annotation`: moves the cursor, and wraps around at the end. */
export function goToNext({ store, threads }: Notes, forwards: boolean): void {
	const editor = activeArticle('annotate it');
	if (!editor) return;
	const { document, selection } = editor;
	const article = store.get(document.uri);
	const places = (article?.notes ?? [])
		.filter(({ anchor }) => anchor.ranges.length > 0)
		.map(note => ({ note, range: noteRange({ article: article as NonNullable<typeof article>, note }) }))
		.sort((a, b) => a.range.start.compareTo(b.range.start));
	const next = forwards
		? (places.find(({ range }) => range.start.isAfter(selection.start)) ?? places[0])
		: (places.findLast(({ range }) => range.start.isBefore(selection.start)) ?? places.at(-1));
	if (!next) {
		void vscode.window.showInformationMessage('There are no annotations in this article.');
		return;
	}
	editor.selection = new vscode.Selection(next.range.start, next.range.start);
	editor.revealRange(next.range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
	const { note } = next;
	threads.expand(document.uri, note.id);
	vscode.window.setStatusBarMessage(`$(comment) ${withoutIcons(summary(note))}`, 5000);
}

/** `Annotation at Cursor…`: offers the actions on the note there. */
export async function showMenu(notes: Notes): Promise<void> {
	const editor = activeArticle('annotate it');
	if (!editor) return;
	const { document, selection } = editor;
	const article = notes.store.get(document.uri);
	const here = (article?.notes ?? []).filter(({ anchor, location }) =>
		[...anchor.ranges, ...(location.uri === article?.uri ? [location.range] : [])].some(
			range => toVscodeRange(range).intersection(selection) !== undefined,
		),
	);
	const note = here.length > 1 ? await pickNote(here, 'Choose an Annotation') : here[0];
	if (!article || !note) {
		if (here.length === 0) void vscode.window.showInformationMessage('There is no annotation at the cursor.');
		return;
	}
	await chooseAction(notes, { article, note });
}

/** Offers all actions on a note. */
export async function chooseAction(notes: Notes, one: ArticleNote): Promise<void> {
	const items = Object.values<NoteAction>(NOTE_ACTIONS)
		.filter(action => action.applies(one.note))
		.map(action => ({ label: `$(${action.icon}) ${action.title}`, action }));
	const chosen = await vscode.window.showQuickPick(items, { title: summary(one.note) });
	await chosen?.action.run(notes, one);
}

/** `Show Orphaned Annotations…`: lists the orphaned, ambiguous and changed notes of the archive, and opens the chosen one. */
export async function showOrphaned(notes: Notes): Promise<void> {
	const lost = notes.store
		.all()
		.flatMap(article => article.notes.filter(isLost).map((note): ArticleNote => ({ article, note })));
	if (lost.length === 0) {
		void vscode.window.showInformationMessage('There are no orphaned, ambiguous or changed annotations.');
		return;
	}
	const items = lost.map(({ article, note }) => ({
		label: `$(${LOST_ICONS[note.anchor.state]}) ${withoutIcons(clipLine(note.quote?.exact ?? '', 60))}`,
		description: withoutIcons(vscode.workspace.asRelativePath(vscode.Uri.parse(article.uri))),
		detail: `${capital(note.anchor.state)}: ${note.anchor.reason}${note.text ? ` · ${withoutIcons(clipLine(note.text, 80))}` : ''}`,
		one: { article, note },
	}));
	const chosen = await vscode.window.showQuickPick(items, {
		title: `Orphaned, Ambiguous and Changed Annotations (${lost.length})`,
		placeHolder: 'Choose an annotation to open it, then accept the changed text or re-anchor it',
		matchOnDescription: true,
		matchOnDetail: true,
	});
	if (!chosen) return;
	const { article, note } = chosen.one;
	const uri = vscode.Uri.parse(article.uri);
	const { start } = noteRange(chosen.one);
	await vscode.window.showTextDocument(uri, { selection: new vscode.Range(start, start) });
	notes.threads.expand(uri, note.id);
}

/** `Re-anchor Annotation to Selection…`: re-anchors a note of the article. Orphaned, ambiguous and changed ones are offered first. */
export async function reanchorToSelection(notes: Notes): Promise<void> {
	const editor = activeArticle('annotate it');
	const article = editor && notes.store.get(editor.document.uri);
	if (!article) return;
	const movable = article.notes.filter(note => NOTE_ACTIONS.reanchor.applies(note));
	const note = await pickNote(
		[...movable.filter(isLost), ...movable.filter(one => !isLost(one))],
		'Choose the Annotation to Re-anchor to the Selection',
	);
	if (note) await NOTE_ACTIONS.reanchor.run(notes, { article, note });
}

async function pickNote(notes: readonly NoteView[], title: string): Promise<NoteView | undefined> {
	if (notes.length === 0) {
		void vscode.window.showInformationMessage('There are no annotations in this article.');
		return undefined;
	}
	const items = notes.map(note => ({
		label: `${isLost(note) ? `$(${LOST_ICONS[note.anchor.state]}) ` : ''}${withoutIcons(summary(note))}`,
		description: note.quote ? `“${withoutIcons(clipLine(note.quote.exact, 40))}”` : '',
		note,
	}));
	return (await vscode.window.showQuickPick(items, { title, matchOnDescription: true }))?.note;
}

/** Returns a short description of a note. */
function summary({ kind, text, tags, creator }: NoteView): string {
	const content = clipLine([text, ...tags.map(tag => `#${tag}`)].join(' '), 80);
	return [content === '' ? capital(kind) : `${capital(kind)}: ${content}`, ...(creator ? [`@${creator}`] : [])].join(
		' ',
	);
}
