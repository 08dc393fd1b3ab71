import * as vscode from 'vscode';
import { ComparisonEditsRequest, ComparisonRequest } from '../../../server/src/protocol/comparison.ts';
import { createDebouncer } from '../../../server/src/util/debounce.ts';
import { baseName } from '../../../server/src/util/path.ts';
import { COMPARISON_SCHEME } from '../../../server/src/util/schemes.ts';
import { isFile } from '../article/documents.ts';
import type { Server } from '../lsp/server.ts';
import { watchRepository } from './git.ts';
import { comparedSide, readSide, type Side } from './side.ts';

/** The byte order mark makes VS Code decode the files as UTF-8, whatever the settings say. */
const MARK = '\uFEFF';

const NO_SERVER = 'Articles cannot be compared while the Marginalia language server is not running.';

/** What VS Code last read of a side. */
interface Shown {
	readonly bytes: Uint8Array;
	readonly text: string;
	readonly mtime: number;
	/** Whether VS Code wrote it and has yet to be told what the article made of it. */
	readonly isWritten: boolean;
}

/**
 * Serves the sides of comparisons as files, laid out so that each block is on lines of its own. Each follows its document:
 * unsaved changes, changes on disk, commits. The side of an article can be edited: saving it changes and saves the article.
 */
export function serveComparisons(server: Server, output: vscode.LogOutputChannel): vscode.Disposable {
	const changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
	const debouncer = createDebouncer();
	const shown = new Map<string, Shown>();

	const change = (uri: vscode.Uri): void =>
		debouncer.schedule(uri.toString(), () => changed.fire([{ type: vscode.FileChangeType.Changed, uri }]));

	function keep(uri: vscode.Uri, text: string, isWritten: boolean): Shown {
		const mtime = Math.max(Date.now(), (shown.get(uri.toString())?.mtime ?? 0) + 1);
		const now = { bytes: new TextEncoder().encode(MARK + text), text, mtime, isWritten };
		shown.set(uri.toString(), now);
		return now;
	}

	async function read(uri: vscode.Uri): Promise<Shown> {
		const known = shown.get(uri.toString());
		if (known?.isWritten) {
			shown.set(uri.toString(), { ...known, isWritten: false });
			change(uri);
			return known;
		}
		const text = await layOut(server, uri);
		return known?.text === text ? known : keep(uri, text, false);
	}

	const provider: vscode.FileSystemProvider = {
		onDidChangeFile: changed.event,
		async stat(uri) {
			const { bytes, mtime } = await read(uri);
			const isWritable = await isEditable(existingSide(uri));
			return {
				type: vscode.FileType.File,
				ctime: 0,
				mtime,
				size: bytes.length,
				...(isWritable ? {} : { permissions: vscode.FilePermission.Readonly }),
			};
		},
		readFile: async uri => (await read(uri)).bytes,
		watch: uri => watchSide(uri, () => change(uri), output),
		readDirectory: refuse,
		createDirectory: refuse,
		async writeFile(uri, bytes) {
			const side = existingSide(uri);
			if (!(await isEditable(side))) refuse();
			const edited = new TextDecoder().decode(bytes);
			await writeArticle(server, side.uri, edited);
			keep(uri, edited, true);
		},
		delete: refuse,
		rename: refuse,
	};
	return vscode.Disposable.from(
		changed,
		vscode.workspace.registerFileSystemProvider(COMPARISON_SCHEME, provider, { isCaseSensitive: true }),
		vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
			if (contentChanges.length === 0 || document.uri.scheme === COMPARISON_SCHEME) return;
			const source = document.uri.toString();
			for (const { uri } of vscode.workspace.textDocuments) {
				const side = comparedSide(uri);
				if (side?.from === 'document' && side.uri.toString() === source) change(uri);
			}
		}),
		vscode.workspace.onDidCloseTextDocument(({ uri }) => {
			if (uri.scheme !== COMPARISON_SCHEME) return;
			debouncer.cancel(uri.toString());
			shown.delete(uri.toString());
		}),
	);
}

async function layOut(server: Server, uri: vscode.Uri): Promise<string> {
	const text = await readSide(existingSide(uri));
	await server.start();
	const laidOut = await server.request(ComparisonRequest, { text });
	if (!laidOut) throw vscode.FileSystemError.Unavailable(NO_SERVER);
	return laidOut.text;
}

/** Whether a side can be edited: if it is what an article in a file that can be written has now. */
async function isEditable({ from, uri }: Side): Promise<boolean> {
	if (from !== 'document' || !isFile(uri) || uri.scheme === 'untitled') return false;
	if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) === false) return false;
	const { permissions = 0 } = await vscode.workspace.fs.stat(uri);
	return (permissions & vscode.FilePermission.Readonly) === 0;
}

/** Makes the changes of a comparison in its article, as one step to undo, and saves it. */
async function writeArticle(server: Server, uri: vscode.Uri, edited: string): Promise<void> {
	const document = await vscode.workspace.openTextDocument(uri);
	const { version } = document;
	const edits = await server.request(ComparisonEditsRequest, { text: document.getText(), edited });
	if (!edits) throw vscode.FileSystemError.Unavailable(NO_SERVER);
	if (edits.length === 0 && !document.isDirty) return;
	const edit = new vscode.WorkspaceEdit();
	for (const { start, end, newText } of edits)
		edit.replace(uri, new vscode.Range(document.positionAt(start), document.positionAt(end)), newText);
	const isDone = document.version === version && (await vscode.workspace.applyEdit(edit)) && (await document.save());
	if (!isDone)
		throw vscode.FileSystemError.Unavailable(
			`The changes were not made in ${baseName(uri.path)}, which has changed or cannot be saved.`,
		);
}

function existingSide(uri: vscode.Uri): Side {
	const side = comparedSide(uri);
	if (!side) throw vscode.FileSystemError.FileNotFound(uri);
	return side;
}

/** Calls back when a side may have changed other than in its document. */
function watchSide(uri: vscode.Uri, listener: () => void, output: vscode.LogOutputChannel): vscode.Disposable {
	const side = existingSide(uri);
	if (side.from === 'clipboard') return new vscode.Disposable(() => undefined);
	if (side.uri.scheme === 'git') return watchRepository(side.uri, listener, output);
	// All files of the folder, because names can contain the characters of patterns.
	const watcher = vscode.workspace.createFileSystemWatcher(
		new vscode.RelativePattern(vscode.Uri.joinPath(side.uri, '..'), '*'),
	);
	const follow = (changedUri: vscode.Uri): void => {
		if (changedUri.toString() === side.uri.toString()) listener();
	};
	return vscode.Disposable.from(watcher, watcher.onDidChange(follow), watcher.onDidCreate(follow));
}

function refuse(): never {
	throw vscode.FileSystemError.NoPermissions('This is a comparison, not a folder or file.');
}
