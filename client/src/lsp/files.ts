import { FileSystemError, FileType, Uri, window, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
	type Content,
	decodeContent,
	encodeContent,
	type FileParams,
	READ_DIRECTORY,
	READ_FILE,
	type ReadFileParams,
	STAT,
	WRITE_FILE,
	type WriteFileParams,
	type Written,
} from '../../../server/src/lsp/fileRequests.ts';
import { withoutLinks } from '../../../server/src/util/labels.ts';
import { isArticle } from '../article/documents.ts';
import { reachWith } from '../links/reach.ts';

/** A larger file, in bytes, is not handed out: VS Code reads files as a whole. */
const LARGEST = 50 * 1024 * 1024;

/** Answers the server's requests for files that it cannot read itself, through VS Code's own file systems. */
export function serveFiles(client: BaseLanguageClient): void {
	client.onRequest(STAT, ({ uri }: FileParams) =>
		answer(uri, async file => {
			const { type, size, mtime } = await workspace.fs.stat(file);
			return { type: type & FileType.Directory ? 'directory' : 'file', size, modified: mtime };
		}),
	);
	client.onRequest(READ_FILE, ({ uri, length }: ReadFileParams, token) =>
		answer(uri, async (file): Promise<Content | null> => {
			const { size } = await workspace.fs.stat(file);
			if (size > LARGEST || token.isCancellationRequested) return null;
			return encodeContent((await workspace.fs.readFile(file)).subarray(0, length));
		}),
	);
	client.onRequest(READ_DIRECTORY, ({ uri }: FileParams) =>
		answer(uri, async folder =>
			(await workspace.fs.readDirectory(folder)).flatMap(([name, type]) => {
				if (type & FileType.File) return { name, type: 'file' };
				return type === FileType.Directory ? { name, type: 'directory' } : [];
			}),
		),
	);
	// One after the other: VS Code has no way to write a file only if it is still the same.
	let last: Promise<unknown> = Promise.resolve();
	client.onRequest<Written, void>(WRITE_FILE, (params: WriteFileParams) => {
		const written = last.then(() => write(params));
		last = written.catch(() => undefined);
		return written;
	});
}

/** The file at an address, if it may be had, and there is something to have it from. */
function servedFile(uri: string): Uri | undefined {
	if (!/^[a-z][a-z\d+.-]*:/i.test(uri)) return undefined;
	const file = Uri.parse(uri);
	const articles = workspace.textDocuments.filter(isArticle);
	const isThere = workspace.fs.isWritableFileSystem(file.scheme) !== undefined;
	return isThere && reachWith(articles.map(article => article.uri)).rootOf(file) ? file : undefined;
}

/** Reads; `null` for what is not there, and for what must not or may not be read. */
async function answer<T>(uri: string, read: (file: Uri) => Promise<T>): Promise<T | null> {
	const file = servedFile(uri);
	if (!file) return null;
	try {
		return await read(file);
	} catch (error) {
		if (ABSENT.has(codeOf(error))) return null;
		throw error;
	}
}

const ABSENT: ReadonlySet<string> = new Set(['FileNotFound', 'FileNotADirectory', 'FileIsADirectory', 'NoPermissions']);

/** What went wrong in a file system; empty for anything else that was thrown. */
function codeOf(error: unknown): string {
	return error instanceof FileSystemError ? error.code : '';
}

async function write({ uri, before, content }: WriteFileParams): Promise<Written> {
	const file = servedFile(uri);
	if (!file) return refused('cannot be written: it lies outside of the folders that are open');
	if (!workspace.isTrusted) return refused('may not be written: the workspace is not trusted');
	if (!workspace.fs.isWritableFileSystem(file.scheme)) {
		return refused('may not be written: its file system is read-only');
	}
	return refusing(async () => {
		const present = await readOrNothing(file);
		if ((present ? encodeContent(present) : null) !== before) return { kind: 'changed' };
		// VS Code would make it.
		if (!present) await workspace.fs.stat(Uri.joinPath(file, '..'));
		return replace(file, decodeContent(content));
	});
}

/** Writes all of a file that the user chose, and tells them where it could not be; whether it was. */
export async function writeChosen(file: Uri, text: string): Promise<boolean> {
	const written = await refusing(() => replace(file, new TextEncoder().encode(text)));
	if (written.kind !== 'refused') return true;
	const name = withoutLinks(file.path.split('/').pop() ?? '');
	void window.showErrorMessage(`${name} ${withoutLinks(written.reason)}. Export to another file.`);
	return false;
}

/** Writes all of a file. What is behind a link is not touched, and not made where the link leads nowhere. */
async function replace(file: Uri, content: Uint8Array): Promise<Written> {
	if (await isLink(file)) return refused('is a symbolic link, and nothing is written through one');
	await workspace.fs.writeFile(file, content);
	return { kind: 'written' };
}

async function isLink(file: Uri): Promise<boolean> {
	try {
		return ((await workspace.fs.stat(file)).type & FileType.SymbolicLink) !== 0;
	} catch (error) {
		if (codeOf(error) === 'FileNotFound') return false;
		throw error;
	}
}

function refused(reason: string): Written {
	return { kind: 'refused', reason };
}

/** What comes of a change, with what a file system says against it as the reason. */
async function refusing(change: () => Promise<Written>): Promise<Written> {
	try {
		return await change();
	} catch (error) {
		switch (codeOf(error)) {
			case 'NoPermissions':
				return refused('may not be written: permission denied');
			case 'FileNotFound':
			case 'FileNotADirectory':
				return refused('cannot be written: its folder does not exist');
			case 'FileIsADirectory':
				return refused('cannot be written: it is a folder');
			default:
				if (error instanceof FileSystemError) return refused(`cannot be written: ${error.message}`);
				throw error;
		}
	}
}

/** All of a file; `undefined` where there is none. */
async function readOrNothing(file: Uri): Promise<Uint8Array | undefined> {
	try {
		return await workspace.fs.readFile(file);
	} catch (error) {
		if (codeOf(error) === 'FileNotFound') return undefined;
		throw error;
	}
}
