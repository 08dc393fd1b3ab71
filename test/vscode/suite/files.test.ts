import { strict as assert } from 'node:assert';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
	commands,
	Disposable,
	EventEmitter,
	type FileChangeEvent,
	type FileStat,
	FileSystemError,
	type FileSystemProvider,
	FileType,
	type LocationLink,
	languages,
	Uri,
	workspace,
} from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { serveFiles } from '../../../client/src/lsp/servedFiles.ts';
import { writeExport } from '../../../client/src/util/exportFile.ts';
import {
	encodeContent,
	ReadDirectoryRequest,
	ReadFileRequest,
	StatRequest,
	WriteFileRequest,
	type Written,
} from '../../../server/src/protocol/files.ts';
import type { RequestType } from '../../../server/src/protocol/method.ts';
import { closeAll, openArticle, temporaryFolder, until, untilLanguage, untilServer } from '../support.ts';

/** An in-memory file system with one folder. Names that start with an error code cause that error. */
class MemoryFiles implements FileSystemProvider {
	readonly files = new Map<string, Uint8Array>();
	readonly #changed = new EventEmitter<FileChangeEvent[]>();
	readonly onDidChangeFile = this.#changed.event;

	watch(): Disposable {
		return new Disposable(() => undefined);
	}

	stat(uri: Uri): FileStat {
		if (uri.path.includes('/forbidden')) throw FileSystemError.NoPermissions(uri);
		if (uri.path.includes('/offline')) throw FileSystemError.Unavailable(uri);
		const file = this.files.get(uri.path);
		const size = uri.path.includes('/huge') ? 2 ** 40 : (file?.length ?? 0);
		if (file) return { type: FileType.File, ctime: 0, mtime: 7, size };
		if (![...this.files.keys()].some(path => path.startsWith(`${uri.path}/`))) throw FileSystemError.FileNotFound(uri);
		return { type: FileType.Directory, ctime: 0, mtime: 7, size };
	}

	readDirectory(uri: Uri): [string, FileType][] {
		this.stat(uri);
		return [
			['file', FileType.File],
			['link to file', FileType.File | FileType.SymbolicLink],
			['folder', FileType.Directory],
			['link to folder', FileType.Directory | FileType.SymbolicLink],
			['broken link', FileType.SymbolicLink],
			['pipe', FileType.Unknown],
		];
	}

	readFile(uri: Uri): Uint8Array {
		if (this.stat(uri).type === FileType.Directory) throw FileSystemError.FileIsADirectory(uri);
		return this.files.get(uri.path) ?? new Uint8Array();
	}

	// Return a promise. If this threw synchronously, VS Code would never write that file again.
	async writeFile(uri: Uri, content: Uint8Array): Promise<void> {
		if (uri.path.includes('/protected')) throw FileSystemError.NoPermissions(uri);
		this.files.set(uri.path, content);
	}

	createDirectory(): void {}
	delete(): void {}
	rename(): void {}
}

const ARTICLE = [
	'<!--1639640221000-->\n[Tide](https://news.example/tide)\n------\n\n',
	'<p><a href="two.md">two</a><img src="pictures/here.png" alt="x"><img src="pictures/gone.png" alt="x"></p>\n',
].join('');

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('files in VS Code', () => {
	const memory = new MemoryFiles();
	const disposables: Disposable[] = [];
	const handlers = new Map<string, (params: object, token: object) => unknown>();
	const file = temporaryFolder();
	const root = Uri.parse('vscode-vfs://memory/home/archive');
	const article = Uri.joinPath(root, 'tide.md');

	before(async () => {
		disposables.push(
			workspace.registerFileSystemProvider('vscode-vfs', memory),
			workspace.registerFileSystemProvider('zipfile', memory, { isReadonly: true }),
		);
		for (const name of ['tide.md', 'two.md', 'pictures/here.png', 'huge.md', 'forbidden.md', 'protected.json'])
			memory.files.set(`${root.path}/${name}`, bytes(name === 'tide.md' ? ARTICLE : name));
		memory.files.set(`${root.path}/marginalia.json`, bytes('{ "rules": { "link/*": "off" } }'));
		memory.files.set('/home/secret.md', bytes('secret'));
		const client = {
			onRequest(method: string, handler: (params: object, token: object) => unknown) {
				handlers.set(method, handler);
				return new Disposable(() => undefined);
			},
		};
		serveFiles(client as unknown as BaseLanguageClient);
		await commands.executeCommand('vscode.open', article, { preview: false });
		await untilLanguage(article, 'article');
	});

	after(async () => {
		await closeAll();
		for (const disposable of disposables) disposable.dispose();
	});

	/** Returns the client's response to a request of the server. */
	async function ask<P>({ method }: RequestType<P, unknown>, uri: Uri | string, params: object = {}): Promise<unknown> {
		return await handlers.get(method)?.({ uri: uri.toString(), ...params }, { isCancellationRequested: false });
	}

	/** Returns the result of writing a file next to the article. */
	async function write(name: string, before: string | null, content: string): Promise<Written> {
		const params = {
			before: before === null ? null : encodeContent(bytes(before)),
			content: encodeContent(bytes(content)),
		};
		return (await ask(WriteFileRequest, Uri.joinPath(root, name), params)) as Written;
	}

	it('are served from the workspace folder', async () => {
		const folder = workspace.workspaceFolders?.[0]?.uri ?? assert.fail('no folder is open');
		const list = Uri.joinPath(folder, 'lists/courier.md');
		const content = await workspace.fs.readFile(list);
		const { mtime } = await workspace.fs.stat(list);
		assert.deepEqual(await ask(StatRequest, list), { type: 'file', size: content.length, modified: mtime });
		assert.deepEqual(await ask(ReadFileRequest, list), encodeContent(content));
		assert.deepEqual(await ask(ReadFileRequest, list, { length: 7 }), encodeContent(content.slice(0, 7)));
		const entries = (await ask(ReadDirectoryRequest, folder)) as { name: string }[];
		assert.ok(entries.some(({ name }) => name === 'lists'));
		for (const outside of ['..', '../other', '../../etc/passwd']) {
			assert.equal(await ask(StatRequest, Uri.joinPath(folder, outside)), null);
			assert.equal(await ask(ReadFileRequest, `${folder}/${outside}`), null);
			assert.equal(await ask(ReadDirectoryRequest, `${folder}/${outside.replaceAll('.', '%2e')}`), null);
		}
	});

	it('are served next to an open article, but not above it', async () => {
		assert.deepEqual(await ask(ReadFileRequest, Uri.joinPath(root, 'two.md')), encodeContent(bytes('two.md')));
		assert.equal(await ask(ReadFileRequest, 'vscode-vfs://memory/home/secret.md'), null);
		assert.equal(await ask(ReadFileRequest, 'vscode-vfs://memory/home/archive/../secret.md'), null);
		assert.equal(await ask(StatRequest, 'vscode-vfs://memory/home'), null);
		assert.equal(await ask(StatRequest, 'nothing://memory/home/archive/two.md'), null);
		for (const none of ['untitled:/home/archive/two.md', '//home/archive/two.md', '', 'two.md', ':'])
			assert.equal(await ask(StatRequest, none), null, none);
	});

	it('exclude folders behind symbolic links, and special files', async () => {
		assert.deepEqual(await ask(ReadDirectoryRequest, root), [
			{ name: 'file', type: 'file' },
			{ name: 'link to file', type: 'file' },
			{ name: 'folder', type: 'directory' },
		]);
	});

	it('are not served if missing, unreadable, folders or too large', async () => {
		for (const name of ['missing.md', 'forbidden.md', 'pictures', 'huge.md'])
			assert.equal(await ask(ReadFileRequest, Uri.joinPath(root, name)), null, name);
		assert.equal(await ask(StatRequest, Uri.joinPath(root, 'forbidden.md')), null);
		assert.equal(await ask(ReadDirectoryRequest, Uri.joinPath(root, 'missing')), null);
		await assert.rejects(ask(StatRequest, Uri.joinPath(root, 'offline.md')));
	});

	it('are written only if unchanged', async () => {
		assert.deepEqual(await write('new.json', null, 'one'), { kind: 'written' });
		assert.deepEqual(await write('new.json', null, 'two'), { kind: 'changed' });
		assert.deepEqual(await write('new.json', 'other', 'two'), { kind: 'changed' });
		const both = await Promise.all([write('new.json', 'one', 'two'), write('new.json', 'one', 'three')]);
		assert.deepEqual(both, [{ kind: 'written' }, { kind: 'changed' }]);
		assert.deepEqual(memory.files.get(`${root.path}/new.json`), bytes('two'));
	});

	it('are not written if not allowed, with a reason', async () => {
		const reasonOf = (written: unknown): unknown => (written as { reason?: string }).reason;
		const params = { before: null, content: '' };
		assert.equal(
			reasonOf(await write('protected.json', 'protected.json', 'x')),
			'cannot be written: permission denied',
		);
		assert.equal(reasonOf(await write('none/a.json', null, 'x')), 'cannot be written: its folder does not exist');
		assert.equal(reasonOf(await write('pictures', null, 'x')), 'cannot be written: it is a folder');
		assert.equal(
			reasonOf(await ask(WriteFileRequest, 'vscode-vfs://memory/home/new.json', params)),
			'cannot be written: it is outside the workspace folders',
		);
		await commands.executeCommand('vscode.open', Uri.parse('zipfile:/home/archive/tide.md'), { preview: false });
		await untilLanguage(Uri.parse('zipfile:/home/archive/tide.md'), 'article');
		assert.equal(
			reasonOf(await ask(WriteFileRequest, 'zipfile:/home/archive/new.json', params)),
			'cannot be written: the file system is read-only',
		);
	});

	it('are not written through symbolic links, dangling or not', async () => {
		const target = file('target.txt', 'as it was');
		const folder = dirname(target);
		const none = join(folder, 'none.txt');
		symlinkSync(target, join(folder, 'link.html'));
		symlinkSync(none, join(folder, 'dangling.html'));
		await openArticle(file('tide.md', ARTICLE));
		for (const [name, before] of [
			['link.html', 'as it was'],
			['dangling.html', null],
		] as const) {
			const params = { before: before && encodeContent(bytes(before)), content: encodeContent(bytes('new')) };
			assert.deepEqual(
				await ask(WriteFileRequest, Uri.file(join(folder, name)), params),
				{ kind: 'refused', reason: 'is a symbolic link, and files are not written through symbolic links' },
				name,
			);
			// The same goes for an export.
			assert.equal(await writeExport(Uri.file(join(folder, name)), 'new'), false, name);
		}
		assert.equal(readFileSync(target, 'utf8'), 'as it was');
		assert.equal(existsSync(none), false);
	});

	it('are exported to the chosen target, or not at all if that fails', async () => {
		const chosen = file('chosen.html', 'old');
		assert.equal(await writeExport(Uri.file(chosen), 'new 潮'), true);
		assert.equal(readFileSync(chosen, 'utf8'), 'new 潮');
		const fresh = join(dirname(chosen), 'fresh.html');
		assert.equal(await writeExport(Uri.file(fresh), 'new'), true);
		assert.equal(readFileSync(fresh, 'utf8'), 'new');
		assert.equal(await writeExport(Uri.file(dirname(chosen)), 'new'), false);
		assert.equal(await writeExport(Uri.joinPath(root, 'protected.json'), 'new'), false);
	});

	it('are resolved for articles in a virtual file system', async () => {
		await untilServer('running');
		const codes = (): unknown[] =>
			languages.getDiagnostics(article).map(({ code }) => (typeof code === 'object' ? code.value : code));
		await commands.executeCommand('vscode.open', article);
		await until(
			languages.onDidChangeDiagnostics,
			() => codes().includes('image/missing-file'),
			() => `a picture is missed; found were ${codes()}`,
		);
		assert.deepEqual(codes(), ['image/missing-file']);
		const document = workspace.textDocuments.find(({ uri }) => uri.toString() === article.toString());
		const position = document?.positionAt(ARTICLE.indexOf('two.md')) ?? assert.fail();
		const found = await commands.executeCommand<LocationLink[]>('vscode.executeDefinitionProvider', article, position);
		assert.deepEqual(
			found.map(({ targetUri }) => targetUri.toString()),
			[Uri.joinPath(root, 'two.md').toString()],
		);
	});
});
