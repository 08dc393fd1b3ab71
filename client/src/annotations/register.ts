import * as vscode from 'vscode';
import { COMMENT_COMMANDS, EXTENSION_COMMANDS, THREAD_COMMANDS } from '../../../server/src/protocol/commands.ts';
import type { Server } from '../lsp/server.ts';
import { addReply, NOTE_ACTIONS, type NoteAction, removeRemark } from './actions.ts';
import { annotateArticle, annotateSelection, createNote, highlightSelection } from './annotate.ts';
import { change, kindsOf, type Notes } from './change.ts';
import type { RemarkComment } from './comments.ts';
import { showDecorations } from './decorations.ts';
import { exportNotes, importNotes } from './exchange.ts';
import { chooseAction, goToNext, reanchorToSelection, showMenu, showOrphaned } from './navigate.ts';
import { readNote, readReply } from './noteText.ts';
import { runOn } from './runCommand.ts';
import { createNoteStore } from './store.ts';
import { showThreads } from './threads.ts';

/** The actions with a button in the title of a thread. */
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
 * Registers the display of notes and the commands on them. Everything else is created lazily, with the first article.
 *
 * @returns a function that creates the services on first use, shared with the reader
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
		command: string,
		run: (notes: Notes, ...given: T) => unknown,
	): vscode.Disposable =>
		vscode.commands.registerCommand(command, (...given: unknown[]) => run(start(), ...(given as unknown as T)));
	const onThread = (name: keyof typeof THREAD_COMMANDS, run: NoteAction['run']): vscode.Disposable =>
		on<[vscode.CommentThread]>(THREAD_COMMANDS[name], async (started, thread) => {
			const one = started.threads.noteOf(thread);
			if (one) await run(started, one);
		});
	context.subscriptions.push(
		server.onDidChangeState(state => {
			if (state === 'running') start();
		}),
		on(EXTENSION_COMMANDS.annotate, annotateSelection),
		on(EXTENSION_COMMANDS.annotateArticle, annotateArticle),
		on(EXTENSION_COMMANDS.highlight, highlightSelection),
		on(EXTENSION_COMMANDS.nextAnnotation, started => goToNext(started, true)),
		on(EXTENSION_COMMANDS.previousAnnotation, started => goToNext(started, false)),
		on(EXTENSION_COMMANDS.annotationMenu, showMenu),
		on(EXTENSION_COMMANDS.reanchor, reanchorToSelection),
		on(EXTENSION_COMMANDS.showOrphanedAnnotations, showOrphaned),
		on(EXTENSION_COMMANDS.showAnnotations, () => vscode.commands.executeCommand('workbench.action.focusCommentsPanel')),
		on(EXTENSION_COMMANDS.exportAnnotations, exportNotes),
		on(EXTENSION_COMMANDS.importAnnotations, importNotes),
		on(EXTENSION_COMMANDS.undoAnnotation, ({ run }) => run('undo', {})),
		on(EXTENSION_COMMANDS.redoAnnotation, ({ run }) => run('redo', {})),
		// biome-ignore lint/plugin: there are a dozen
		...THREAD_ACTIONS.map(name => onThread(name, NOTE_ACTIONS[name].run)),
		onThread('more', chooseAction),
		on<[vscode.CommentReply]>(THREAD_COMMANDS.create, createNote),
		on<[vscode.CommentReply]>(THREAD_COMMANDS.send, (started, { thread, text }) => {
			const one = started.threads.noteOf(thread);
			return one && addReply(started, one, text);
		}),
		on<[RemarkComment]>(COMMENT_COMMANDS.edit, ({ threads }, comment) =>
			threads.setMode(comment, vscode.CommentMode.Editing),
		),
		on<[RemarkComment]>(COMMENT_COMMANDS.cancel, ({ threads }, comment) =>
			threads.setMode(comment, vscode.CommentMode.Preview),
		),
		on<[RemarkComment]>(COMMENT_COMMANDS.save, saveComment),
		on<[RemarkComment]>(COMMENT_COMMANDS.delete, deleteComment),
	);
	return start;
}

async function saveComment(notes: Notes, comment: RemarkComment): Promise<void> {
	const { article: uri, id, body, typed, contextValue } = comment;
	const text = typeof body === 'string' ? body : body.value;
	if (text.trim() !== typed.trim()) {
		const kinds = await kindsOf(notes, uri);
		const given = contextValue === 'reply' ? { ...readReply(text, kinds), tags: [] } : readNote(text, kinds);
		// If the change is rejected, stay in editing mode so that the user can correct it.
		if (!(await change(notes, uri, 'edit', { id, ...given }))) return;
	}
	notes.threads.setMode(comment, vscode.CommentMode.Preview);
}

async function deleteComment(notes: Notes, { article, id, contextValue }: RemarkComment): Promise<void> {
	const one = notes.store.find(article, id);
	if (one && contextValue === 'note') await NOTE_ACTIONS.delete.run(notes, one);
	else await removeRemark(notes, article, id, 'Reply deleted.');
}
