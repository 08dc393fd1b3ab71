import { FileType, Uri, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
	type Base64,
	decodeContent,
	encodeContent,
	ReadDirectoryRequest,
	ReadFileRequest,
	StatRequest,
	type WriteFileParams,
	WriteFileRequest,
	type Written,
} from '../../../server/src/protocol/files.ts';
import { onRequest } from '../../../server/src/protocol/method.ts';
import { isArticle } from '../article/documents.ts';
import { reachWith } from '../util/reach.ts';
import { fileSystemCode, refused, refusing, replaceFile } from '../util/writeFile.ts';

/** The maximum size in bytes of files served to the server, because VS Code always reads whole files. */
const LARGEST = 50 * 1024 * 1024;

/** Handles the server's requests for files that it cannot access itself, through VS Code's file system API. */
export function serveFiles(client: BaseLanguageClient): void {
	onRequest(client, StatRequest, ({ uri }) =>
		answer(uri, async file => {
			const { type, size, mtime } = await workspace.fs.stat(file);
			return { type: type & FileType.Directory ? 'directory' : 'file', size, modified: mtime };
		}),
	);
	onRequest(client, ReadFileRequest, ({ uri, length }, token) =>
		answer(uri, async (file): Promise<Base64 | null> => {
			const { size } = await workspace.fs.stat(file);
			if (size > LARGEST || token.isCancellationRequested) return null;
			return encodeContent((await workspace.fs.readFile(file)).subarray(0, length));
		}),
	);
	onRequest(client, ReadDirectoryRequest, ({ uri }) =>
		answer(uri, async folder =>
			(await workspace.fs.readDirectory(folder)).flatMap(([name, type]) => {
				if (type & FileType.File) return { name, type: 'file' };
				return type === FileType.Directory ? { name, type: 'directory' } : [];
			}),
		),
	);
	// One write at a time, because VS Code cannot write a file on the condition that it is unchanged.
	let last: Promise<unknown> = Promise.resolve();
	onRequest(client, WriteFileRequest, params => {
		const written = last.then(() => write(params));
		last = written.catch(() => undefined);
		return written;
	});
}

/** Returns the file at a URI if it may be accessed and its file system is available. */
function servedFile(uri: string): Uri | undefined {
	if (!/^[a-z][a-z\d+.-]*:/i.test(uri)) return undefined;
	const file = Uri.parse(uri);
	const articles = workspace.textDocuments.filter(isArticle);
	const hasFileSystem = workspace.fs.isWritableFileSystem(file.scheme) !== undefined;
	return hasFileSystem && reachWith(articles.map(article => article.uri)).rootOf(file) ? file : undefined;
}

/** Runs a read. Returns `null` if the file does not exist or may not be read. */
async function answer<T>(uri: string, read: (file: Uri) => Promise<T>): Promise<T | null> {
	const file = servedFile(uri);
	if (!file) return null;
	try {
		return await read(file);
	} catch (error) {
		if (ABSENT.has(fileSystemCode(error))) return null;
		throw error;
	}
}

const ABSENT: ReadonlySet<string> = new Set(['FileNotFound', 'FileNotADirectory', 'FileIsADirectory', 'NoPermissions']);

async function write({ uri, before, content }: WriteFileParams): Promise<Written> {
	const file = servedFile(uri);
	if (!file) return refused('cannot be written: it is outside the workspace folders');
	if (!workspace.isTrusted) return refused('cannot be written: the workspace is not trusted');
	if (!workspace.fs.isWritableFileSystem(file.scheme)) {
		return refused('cannot be written: the file system is read-only');
	}
	return refusing(async () => {
		const present = await readOrNothing(file);
		if ((present ? encodeContent(present) : null) !== before) return { kind: 'changed' };
		// Fails if the folder does not exist, which VS Code would create.
		if (!present) await workspace.fs.stat(Uri.joinPath(file, '..'));
		return replaceFile(file, decodeContent(content));
	});
}

/** Reads a file; returns `undefined` if it does not exist. */
async function readOrNothing(file: Uri): Promise<Uint8Array | undefined> {
	try {
		return await workspace.fs.readFile(file);
	} catch (error) {
		if (fileSystemCode(error) === 'FileNotFound') return undefined;
		throw error;
	}
}
