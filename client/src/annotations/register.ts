import * as vscode from 'vscode';
import type { Server } from '../lsp/server.ts';
import { addReply, NOTE_ACTIONS, type NoteAction, removeRemark } from './actions.ts';
import { annotate, annotateArticle, createNote, highlightSelection } from './annotate.ts';
import { change, kindsOf, type Notes } from './change.ts';
import type { RemarkComment } from './comments.ts';
import { showDecorations } from './decorations.ts';
import { exportNotes, importNotes } from './exchange.ts';
import { chooseAction, goToNext, reanchorToSelection, showLost, showMenu } from './navigate.ts';
import { readNote, readReply } from './noteText.ts';
import { runOn } from './run.ts';
import { createNoteStore } from './store.ts';
import { showThreads } from './threads.ts';

/** What has a button of its own at the head of a thread. */
const THREAD_ACTIONS = [
	'resolve',
	'unresolve',
	'acceptSuggestion',
	'rejectSuggestion',
	'acceptChange',
	'choosePlace',
	'reanchor',
] as const;

/**
 * Shows the notes of articles, with commands to write and change them. Nothing is done before there is an article.
 *
 * @returns what the reader writes notes with too
 */
export function registerAnnotations(
	context: vscode.ExtensionContext,
	server: Server,
	log: vscode.LogOutputChannel,
): () => Notes {
	let notes: Notes | undefined;
	const start = (): Notes => {
		if (notes) return notes;
		const store = createNoteStore(server, log);
		const threads = showThreads(store);
		context.subscriptions.push(threads, showDecorations(store), store);
		notes = { run: runOn(server), store, threads };
		return notes;
	};
	const on = <T extends readonly unknown[]>(
		name: string,
		run: (notes: Notes, ...given: T) => unknown,
	): vscode.Disposable =>
		vscode.commands.registerCommand(`marginalia.${name}`, (...given: unknown[]) =>
			run(start(), ...(given as unknown as T)),
		);
	const onThread = (name: string, run: NoteAction['run']): vscode.Disposable =>
		on<[vscode.CommentThread]>(`thread.${name}`, async (started, thread) => {
			const one = started.threads.noteOf(thread);
			if (one) await run(started, one);
		});
	context.subscriptions.push(
		server.onDidChangeState(state => {
			if (state === 'running') start();
		}),
		on('annotate', annotate),
		on('annotateArticle', annotateArticle),
		on('highlight', highlightSelection),
		on('nextAnnotation', started => goToNext(started, true)),
		on('previousAnnotation', started => goToNext(started, false)),
		on('annotationMenu', showMenu),
		on('reanchor', reanchorToSelection),
		on('showLostAnnotations', showLost),
		on('showAnnotations', () => vscode.commands.executeCommand('workbench.action.focusCommentsPanel')),
		on('exportAnnotations', exportNotes),
		on('importAnnotations', importNotes),
		on('undoAnnotation', ({ run }) => run('undo', {})),
		on('redoAnnotation', ({ run }) => run('redo', {})),
		// biome-ignore lint/plugin: there are a dozen
		...THREAD_ACTIONS.map(name => onThread(name, NOTE_ACTIONS[name].run)),
		onThread('more', chooseAction),
		on<[vscode.CommentReply]>('thread.create', createNote),
		on<[vscode.CommentReply]>('thread.send', (started, { thread, text }) => {
			const one = started.threads.noteOf(thread);
			return one && addReply(started, one, text);
		}),
		on<[RemarkComment]>('comment.edit', ({ threads }, comment) => threads.setMode(comment, vscode.CommentMode.Editing)),
		on<[RemarkComment]>('comment.cancel', ({ threads }, comment) =>
			threads.setMode(comment, vscode.CommentMode.Preview),
		),
		on<[RemarkComment]>('comment.save', saveComment),
		on<[RemarkComment]>('comment.delete', deleteComment),
	);
	return start;
}

async function saveComment(notes: Notes, comment: RemarkComment): Promise<void> {
	const { article: uri, id, body, typed, contextValue } = comment;
	const said = typeof body === 'string' ? body : body.value;
	if (said.trim() !== typed.trim()) {
		const kinds = await kindsOf(notes, uri);
		const given = contextValue === 'reply' ? { ...readReply(said, kinds), tags: [] } : readNote(said, kinds);
		// What was refused is still there to be put right.
		if (!(await change(notes, uri, 'edit', { id, ...given }))) return;
	}
	notes.threads.setMode(comment, vscode.CommentMode.Preview);
}

async function deleteComment(notes: Notes, { article, id, contextValue }: RemarkComment): Promise<void> {
	const one = notes.store.find(article, id);
	if (one && contextValue === 'note') await NOTE_ACTIONS.delete.run(notes, one);
	else await removeRemark(notes, article, id, 'The reply was deleted.');
}
