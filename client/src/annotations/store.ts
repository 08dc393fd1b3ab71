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

/** The notes of all articles of the open folders that have some, and of those that are open, as the server last told them. */
export interface NoteStore extends vscode.Disposable {
	/** Of one article. */
	get(uri: vscode.Uri): DocumentNotes | undefined;
	/** Of all. */
	all(): readonly DocumentNotes[];
	/** One note. */
	find(uri: vscode.Uri, id: string): ArticleNote | undefined;
	/** Asks for the notes of an article anew. */
	refresh(uri: vscode.Uri): Promise<DocumentNotes | undefined>;
	/** Fires with an article whose notes may be others now. */
	readonly onDidChange: vscode.Event<vscode.Uri>;
}

/** Keeps the notes of articles for as long as the extension runs. */
export function createNoteStore(server: Server, log: vscode.LogOutputChannel): NoteStore {
	const changed = new vscode.EventEmitter<vscode.Uri>();
	const known = new Map<string, DocumentNotes>();
	/** Counts requests, so that an answer is not kept that comes after a later one. */
	let asked = 0;
	const kept = new Map<string, number>();
	/** Counts the times that all was read. */
	let generation = 0;

	async function refresh(uri: vscode.Uri): Promise<DocumentNotes | undefined> {
		const key = uri.toString();
		const number = ++asked;
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
			log.warn(`The notes of ${uri} are not shown`, error);
		}
	}

	/** Asks anew for the notes of a file that was closed, moved or deleted, or of all files in such a folder. */
	function updateMoved(from: vscode.Uri, to?: vscode.Uri): void {
		for (const key of [...known.keys()]) {
			const uri = vscode.Uri.parse(key);
			const isInside = uri.path === from.path || uri.path.startsWith(`${from.path}/`);
			if (!isInside || uri.with({ path: from.path }).toString() !== from.toString()) continue;
			void update(uri);
			if (to) void update(to.with({ path: to.path + uri.path.slice(from.path.length) }));
		}
	}

	/** Reads the notes of what is open, then of the rest of the archive, one article after the other. */
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
		readAll().catch(error => log.warn('The notes of the archive are not shown', error));
	}

	const sidecars = vscode.workspace.createFileSystemWatcher(`**/*${SIDECAR_SUFFIX}`);
	const articleOf = ({ path }: vscode.Uri): string => path.slice(0, -SIDECAR_SUFFIX.length);
	/** The server tells what becomes of the articles that it was asked for; of others it is seen here that they have notes. */
	const onSidecar = (uri: vscode.Uri): void => {
		if (!isFile(uri)) return;
		// The name of a long one does not tell its article, which the server knows.
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
