import * as vscode from 'vscode';
import { ComparisonRequest } from '../../../server/src/protocol/comparison.ts';
import { createDebouncer } from '../../../server/src/util/debounce.ts';
import { COMPARISON_SCHEME } from '../../../server/src/util/schemes.ts';
import type { Server } from '../lsp/server.ts';
import { watchRepository } from './git.ts';
import { comparedSide, readSide, type Side } from './side.ts';

/** The byte order mark makes VS Code decode the files as UTF-8, whatever the settings say. */
const MARK = '\uFEFF';

/** What VS Code last read of a side. */
interface Shown {
	readonly bytes: Uint8Array;
	readonly text: string;
	readonly mtime: number;
}

/**
 * Serves the sides of comparisons as files, laid out so that each block is on lines of its own. Each follows its document:
 * unsaved changes, changes on disk, commits. A content provider would do, but VS Code does not restore its documents after a reload.
 */
export function serveComparisons(server: Server, output: vscode.LogOutputChannel): vscode.Disposable {
	const changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
	const debouncer = createDebouncer();
	const shown = new Map<string, Shown>();

	const change = (uri: vscode.Uri): void =>
		debouncer.schedule(uri.toString(), () => changed.fire([{ type: vscode.FileChangeType.Changed, uri }]));

	async function read(uri: vscode.Uri): Promise<Shown> {
		const text = await layOut(server, uri);
		const known = shown.get(uri.toString());
		if (known?.text === text) return known;
		const bytes = new TextEncoder().encode(MARK + text);
		const now = { bytes, text, mtime: Math.max(Date.now(), (known?.mtime ?? 0) + 1) };
		shown.set(uri.toString(), now);
		return now;
	}

	const provider: vscode.FileSystemProvider = {
		onDidChangeFile: changed.event,
		async stat(uri) {
			const { bytes, mtime } = await read(uri);
			return {
				type: vscode.FileType.File,
				ctime: 0,
				mtime,
				size: bytes.length,
				permissions: vscode.FilePermission.Readonly,
			};
		},
		readFile: async uri => (await read(uri)).bytes,
		watch: uri => watchSide(uri, () => change(uri), output),
		readDirectory: refuse,
		createDirectory: refuse,
		writeFile: refuse,
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
	if (!laidOut)
		throw vscode.FileSystemError.Unavailable(
			'Articles cannot be compared while the Marginalia language server is not running.',
		);
	return laidOut.text;
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
