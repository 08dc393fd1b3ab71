import * as vscode from 'vscode';
import { isArticle } from '../article/documents.ts';
import { LONG_LINE } from '../util/longLine.ts';
import { commentsOf, type RemarkComment, threadContext, threadLabel } from './comments.ts';
import { type ArticleNote, isMereHighlight, noteRange } from './protocol.ts';
import type { NoteStore } from './store.ts';

/** Time that an article has to be visible before commenting is offered, in milliseconds. */
const READING_MS = 500;

/** The comment threads of all notes in the store. */
export interface NoteThreads extends vscode.Disposable {
	/** Expands the thread of a note, once there is one, and collapses the one expanded before. */
	expand(uri: vscode.Uri, id: string): void;
	/** Whether a line has a thread. VS Code then toggles that thread instead of adding a new one. */
	isOn(uri: vscode.Uri, line: number): boolean;
	/** Returns the note of a thread; `undefined` for a new thread. */
	noteOf(thread: vscode.CommentThread): ArticleNote | undefined;
	/** Switches a comment between preview and editing. */
	setMode(comment: RemarkComment, mode: vscode.CommentMode): void;
}

/** A thread, and a key of the data that it shows. */
interface Shown {
	readonly uri: vscode.Uri;
	readonly id: string;
	readonly thread: vscode.CommentThread;
	made: string;
}

/** Shows notes as comment threads, in editors and in the Comments panel. */
export function showThreads(store: NoteStore): NoteThreads {
	const controller = vscode.comments.createCommentController('marginalia', 'Marginalia');
	controller.options = {
		prompt: 'Reply…',
		placeHolder: 'Text, for example “question: Who says so? #sources”',
	};
	/** By URI of the article and id of the note. */
	const threads = new Map<string, Map<string, Shown>>();
	const editing = new Set<string>();
	let expanded: vscode.CommentThread | undefined;
	/** The note to expand as soon as it has a thread: a response of the server can precede the change of the sidecar file. */
	let awaited: { readonly uri: string; readonly id: string } | undefined;

	function update(uri: vscode.Uri): void {
		const key = uri.toString();
		const article = store.get(uri);
		const before = threads.get(key);
		const now = new Map<string, Shown>();
		for (const note of article?.notes ?? []) {
			if (!article || isMereHighlight(note) || now.has(note.id)) continue;
			now.set(note.id, show(before?.get(note.id), uri, { article, note }));
		}
		for (const [id, { thread }] of before ?? []) if (!now.has(id)) thread.dispose();
		if (now.size > 0) threads.set(key, now);
		else threads.delete(key);
		if (awaited?.uri === key && now.has(awaited.id)) expand(uri, awaited.id);
	}

	function expand(uri: vscode.Uri, id: string): void {
		const key = uri.toString();
		const thread = threads.get(key)?.get(id)?.thread;
		if (expanded && expanded !== thread) expanded.collapsibleState = vscode.CommentThreadCollapsibleState.Collapsed;
		if (thread) thread.collapsibleState = vscode.CommentThreadCollapsibleState.Expanded;
		expanded = thread;
		awaited = thread ? undefined : { uri: key, id };
	}

	function show(shown: Shown | undefined, uri: vscode.Uri, one: ArticleNote): Shown {
		const { note } = one;
		const range = noteRange(one);
		const made = JSON.stringify([note, range, one.article.kinds]);
		if (shown?.made === made || (shown && editing.has(note.id))) return shown;
		const thread = shown?.thread ?? controller.createCommentThread(uri, range, []);
		if (!shown) thread.collapsibleState = vscode.CommentThreadCollapsibleState.Collapsed;
		if (!thread.range?.isEqual(range)) thread.range = range;
		thread.comments = commentsOf(one);
		thread.label = threadLabel(note);
		thread.contextValue = threadContext(note);
		thread.state = note.resolved ? vscode.CommentThreadState.Resolved : vscode.CommentThreadState.Unresolved;
		thread.canReply = true;
		if (!shown) return { uri, id: note.id, thread, made };
		shown.made = made;
		return shown;
	}

	/**
	 * Sets the commenting range provider only while an article is visible. With a provider, VS Code requests ranges for every
	 * document that it shows, and keeps reopening documents closed in the meantime for minutes.
	 */
	let timer: ReturnType<typeof setTimeout> | undefined;
	const offerLines = (): void => {
		clearTimeout(timer);
		const isNeeded = vscode.window.visibleTextEditors.some(({ document }) => isArticle(document));
		if (isNeeded === (controller.commentingRangeProvider !== undefined)) return;
		if (!isNeeded) Object.assign(controller, { commentingRangeProvider: undefined });
		else
			timer = setTimeout(() => {
				controller.commentingRangeProvider = { provideCommentingRanges: shortLines };
			}, READING_MS);
	};
	const listeners = [
		store.onDidChange(update),
		vscode.window.onDidChangeVisibleTextEditors(offerLines),
		vscode.workspace.onDidOpenTextDocument(offerLines),
	];
	offerLines();
	for (const { uri } of store.all()) update(vscode.Uri.parse(uri));
	return {
		expand,
		isOn: (uri, line) =>
			[...(threads.get(uri.toString())?.values() ?? [])].some(({ thread }) => thread.range?.end.line === line),
		noteOf(thread) {
			for (const shown of threads.get(thread.uri.toString())?.values() ?? [])
				if (shown.thread === thread) return store.find(shown.uri, shown.id);
			return undefined;
		},
		setMode({ article, id, typed, shown: body }, mode) {
			const isEdited = mode === vscode.CommentMode.Editing;
			for (const { thread, id: note } of threads.get(article.toString())?.values() ?? []) {
				const comments = thread.comments as readonly RemarkComment[];
				if (!comments.some(comment => comment.id === id)) continue;
				if (isEdited) editing.add(note);
				else editing.delete(note);
				thread.comments = comments.map(comment =>
					comment.id === id ? { ...comment, mode, body: isEdited ? typed : body } : comment,
				);
			}
			// Show changes that arrived while editing.
			if (!isEdited) update(article);
		},
		dispose() {
			clearTimeout(timer);
			for (const listener of listeners) listener.dispose();
			controller.dispose();
			threads.clear();
		},
	};
}

/** Returns the lines on which a thread can be added. Long lines are excluded, because they may contain the whole article. */
function shortLines(document: vscode.TextDocument): vscode.Range[] {
	if (!isArticle(document)) return [];
	const ranges: vscode.Range[] = [];
	for (let line = 0; line < document.lineCount; line++) {
		const { text, range } = document.lineAt(line);
		if (text.length > LONG_LINE) continue;
		const last = ranges.at(-1);
		if (last && last.end.line === line - 1) ranges[ranges.length - 1] = last.with(undefined, range.end);
		else ranges.push(range);
	}
	return ranges;
}
