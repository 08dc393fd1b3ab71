import * as vscode from 'vscode';
import { SIDECAR_SUFFIX } from '../../../server/src/annotations/sidecarName.ts';
import {
	AnnotatedArticlesRequest,
	AnnotationsChangedNotification,
	AnnotationsRequest,
} from '../../../server/src/protocol/annotations.ts';
import { isArticle, isFile } from '../article/documents.ts';
import type { Server } from '../lsp/server.ts';
import type { ArticleNote, DocumentNotes } from './protocol.ts';

/** The notes of all annotated articles in workspace folders, and of open articles, as last reported by the server. */
export interface NoteStore extends vscode.Disposable {
	/** Returns the notes of an article. */
	get(uri: vscode.Uri): DocumentNotes | undefined;
	/** Returns the notes of all articles. */
	all(): readonly DocumentNotes[];
	/** Returns a note. */
	find(uri: vscode.Uri, id: string): ArticleNote | undefined;
	/** Requests the notes of an article again. */
	refresh(uri: vscode.Uri): Promise<DocumentNotes | undefined>;
	/** Fires with an article whose notes may have changed. */
	readonly onDidChange: vscode.Event<vscode.Uri>;
}

/** Creates a store that lives as long as the extension. */
export function createNoteStore(server: Server, log: vscode.LogOutputChannel): NoteStore {
	const changed = new vscode.EventEmitter<vscode.Uri>();
	const known = new Map<string, DocumentNotes>();
	/** Counts requests, so that an out-of-date response is discarded. */
	let requests = 0;
	/** The number of the request whose response is kept, by URI. */
	const kept = new Map<string, number>();
	/** Counts the runs of `readAll`, so that a new run ends the one before. */
	let generation = 0;

	async function refresh(uri: vscode.Uri): Promise<DocumentNotes | undefined> {
		const key = uri.toString();
		const number = ++requests;
		const answer = await server.request(AnnotationsRequest, { textDocument: { uri: key } });
		if (answer === undefined || (kept.get(key) ?? 0) > number) return known.get(key);
		kept.set(key, number);
		const isEmpty = answer === null || (answer.notes.length === 0 && !isOpen(uri));
		if (isEmpty && !known.delete(key)) return undefined;
		if (!isEmpty) known.set(key, answer);
		changed.fire(uri);
		return answer ?? undefined;
	}

	async function update(uri: vscode.Uri): Promise<void> {
		try {
			await refresh(uri);
		} catch (error) {
			log.warn(`Cannot show the notes of ${uri}`, error);
		}
	}

	/** Refreshes the notes of a file that was closed, moved or deleted, or of all files in such a folder. */
	function updateMoved(from: vscode.Uri, to?: vscode.Uri): void {
		for (const key of [...known.keys()]) {
			const uri = vscode.Uri.parse(key);
			const isInside = uri.path === from.path || uri.path.startsWith(`${from.path}/`);
			if (!isInside || uri.with({ path: from.path }).toString() !== from.toString()) continue;
			void update(uri);
			if (to) void update(to.with({ path: to.path + uri.path.slice(from.path.length) }));
		}
	}

	/** Requests the notes of open articles, then those of the rest of the archive one by one. */
	async function readAll(): Promise<void> {
		const own = ++generation;
		const open = vscode.workspace.textDocuments.filter(isArticle).map(({ uri }) => uri.toString());
		await Promise.all(open.map(uri => update(vscode.Uri.parse(uri))));
		const annotated = (await server.request(AnnotatedArticlesRequest, {})) ?? [];
		const uris = new Set([...annotated.map(uri => vscode.Uri.parse(uri).toString()), ...known.keys()]);
		for (const uri of uris) {
			if (own !== generation || server.state !== 'running') return;
			if (!open.includes(uri)) await update(vscode.Uri.parse(uri));
		}
	}

	function readAllOrWarn(): void {
		if (server.state !== 'running') return;
		readAll().catch(error => log.warn('Cannot show the notes of the archive', error));
	}

	const sidecars = vscode.workspace.createFileSystemWatcher(`**/*${SIDECAR_SUFFIX}`);
	const articleOf = ({ path }: vscode.Uri): string => path.slice(0, -SIDECAR_SUFFIX.length);
	/** The server reports changes only for articles requested before. New annotated articles are found by their sidecar files. */
	const onSidecar = (uri: vscode.Uri): void => {
		if (!isFile(uri)) return;
		// A shortened sidecar name does not contain the name of its article, which only the server knows.
		if (/~[0-9a-z]{9,18}$/.test(articleOf(uri))) readAllOrWarn();
		else void update(uri.with({ path: articleOf(uri) }));
	};
	const disposables = [
		changed,
		sidecars,
		sidecars.onDidCreate(onSidecar),
		sidecars.onDidDelete(onSidecar),
		server.onDidChangeState(readAllOrWarn),
		server.onNotification(AnnotationsChangedNotification, ({ uri }) => update(vscode.Uri.parse(uri))),
		vscode.workspace.onDidOpenTextDocument(document => {
			if (isArticle(document)) void update(document.uri);
		}),
		vscode.workspace.onDidCloseTextDocument(({ uri }) => updateMoved(uri)),
		vscode.workspace.onDidRenameFiles(({ files }) => {
			for (const { oldUri, newUri } of files) updateMoved(oldUri, newUri);
		}),
		vscode.workspace.onDidDeleteFiles(({ files }) => {
			for (const uri of files) updateMoved(uri);
		}),
		vscode.workspace.onDidChangeWorkspaceFolders(readAllOrWarn),
	];
	readAllOrWarn();
	return {
		get: uri => known.get(uri.toString()),
		all: () => [...known.values()],
		find(uri, id) {
			const article = known.get(uri.toString());
			const note = article?.notes.find(one => one.id === id);
			return article && note && { article, note };
		},
		refresh,
		onDidChange: changed.event,
		dispose() {
			generation++;
			for (const disposable of disposables) disposable.dispose();
		},
	};
}

function isOpen(uri: vscode.Uri): boolean {
	return vscode.workspace.textDocuments.some(document => document.uri.toString() === uri.toString());
}
