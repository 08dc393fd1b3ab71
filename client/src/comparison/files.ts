import * as vscode from 'vscode';
import { createDebouncer } from '../../../server/src/util/debounce.ts';
import { baseName } from '../../../server/src/util/path.ts';
import { COMPARISON_SCHEME } from '../../../server/src/util/schemes.ts';
import { isFile } from '../article/documents.ts';
import { isReadOnly } from '../article/readOnly.ts';
import type { Server } from '../lsp/server.ts';
import { watchRepository } from './git.ts';
import { createSaves, requestLayout } from './saves.ts';
import { comparedSide, readSide, type Side } from './side.ts';

/** The byte order mark makes VS Code decode the files as UTF-8, whatever the settings say. */
const MARK = '\uFEFF';

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
	const saves = createSaves(server);

	const change = (uri: vscode.Uri): void =>
		debouncer.schedule(uri.toString(), () => changed.fire([{ type: vscode.FileChangeType.Changed, uri }]));

	const nextTime = (uri: vscode.Uri): number => Math.max(Date.now(), (shown.get(uri.toString())?.mtime ?? 0) + 1);

	function keep(uri: vscode.Uri, text: string, isWritten: boolean): Shown {
		const mtime = nextTime(uri);
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
		const text = await requestLayout(server, await readSide(existingSide(uri)));
		return known?.text === text ? known : keep(uri, text, false);
	}

	/**
	 * Returns the time and size of a side. VS Code compares them with those that it knows before it saves. If a side has edits, they tell
	 * whether these can be saved; if not, VS Code asks the user to compare both versions or overwrite one.
	 */
	async function measure(uri: vscode.Uri): Promise<Pick<vscode.FileStat, 'mtime' | 'size'>> {
		const edited = editedDocument(uri);
		if (edited && !shown.get(uri.toString())?.isWritten)
			return { mtime: (await saves.isPossible(edited)) ? 0 : nextTime(uri), size: 0 };
		const { bytes, mtime } = await read(uri);
		return { mtime, size: bytes.length };
	}

	const provider: vscode.FileSystemProvider = {
		onDidChangeFile: changed.event,
		async stat(uri) {
			const isWritable = await isEditable(existingSide(uri));
			return {
				type: vscode.FileType.File,
				ctime: 0,
				...(await measure(uri)),
				...(isWritable ? {} : { permissions: vscode.FilePermission.Readonly }),
			};
		},
		readFile: async uri => (await read(uri)).bytes,
		watch: uri => watchSide(uri, () => change(uri), output),
		readDirectory: refuse,
		// VS Code makes sure of the folder if an article is gone.
		createDirectory: () => undefined,
		async writeFile(uri, bytes) {
			const side = existingSide(uri);
			const isWritable = await isEditable(side).catch(() => {
				throw vscode.FileSystemError.Unavailable(`${baseName(side.uri.path)} does not exist any more.`);
			});
			if (!isWritable) refuse();
			const edited = new TextDecoder().decode(bytes);
			await saves.save(uri, edited);
			keep(uri, edited, true);
		},
		delete: refuse,
		rename: refuse,
	};
	const follow = (document: vscode.TextDocument): void => {
		if (document.uri.scheme === COMPARISON_SCHEME && !document.isDirty) saves.begin(document);
	};
	vscode.workspace.textDocuments.forEach(follow);
	return vscode.Disposable.from(
		changed,
		vscode.workspace.registerFileSystemProvider(COMPARISON_SCHEME, provider, { isCaseSensitive: true }),
		vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
			const { scheme } = document.uri;
			// The first edit may be announced before the document becomes dirty.
			if (scheme === COMPARISON_SCHEME && document.getText() === shown.get(document.uri.toString())?.text)
				follow(document);
			if (contentChanges.length === 0 || scheme === COMPARISON_SCHEME) return;
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
			saves.forget(uri);
		}),
		vscode.workspace.onDidOpenTextDocument(follow),
	);
}

/**
 * Whether a side can be edited: if it is what an article in a file that can be written has now.
 *
 * @throws FileSystemError if the file is gone
 */
async function isEditable({ from, uri }: Side): Promise<boolean> {
	if (from !== 'document' || !isFile(uri) || uri.scheme === 'untitled') return false;
	await vscode.workspace.fs.stat(uri);
	return !(await isReadOnly(await vscode.workspace.openTextDocument(uri)));
}

/** Returns the document of a side that has unsaved edits. */
function editedDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
	const key = uri.toString();
	return vscode.workspace.textDocuments.find(({ uri, isDirty }) => isDirty && uri.toString() === key);
}

function existingSide(uri: vscode.Uri): Side {
	const side = comparedSide(uri);
	if (!side) throw vscode.FileSystemError.FileNotFound(uri);
	return side;
}

/** Calls back when a side may have changed other than in its document. */
function watchSide(uri: vscode.Uri, listener: () => void, output: vscode.LogOutputChannel): vscode.Disposable {
	const side = existingSide(uri);
	if (side.from === 'clipboard' || side.from === 'preview') return new vscode.Disposable(() => undefined);
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
