import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { URI } from 'vscode-uri';
import { removeFolder } from '../../../scripts/host/temporary.ts';
import { findArchiveRoot } from '../../../server/src/links/archiveRoot.ts';
import { ANYWHERE, filesWithin } from '../../../server/src/links/filesWithin.ts';
import { createReach, type Reach } from '../../../server/src/links/reach.ts';
import { nodeFileSystem } from '../../../server/src/node/fileSystem.ts';
import { type FileSystem, NO_FILES } from '../../../server/src/platform.ts';

describe('filesWithin', () => {
	let folder: string;
	let files: FileSystem;
	const uri = (path: string): string => URI.file(join(folder, path)).toString();
	const put = (path: string, content: string): void => {
		mkdirSync(dirname(join(folder, path)), { recursive: true });
		writeFileSync(join(folder, path), content);
	};
	const link = (path: string, target: string): void => symlinkSync(target, join(folder, path));
	const typeOf = async (path: string): Promise<string | undefined> => (await files.stat(uri(path)))?.type;
	const write = (path: string) => files.update(uri(path), () => new TextEncoder().encode('new'));

	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'marginalia-within-'));
		put('archive/1.md', 'one');
		put('archive/a/2.md', 'two');
		put('outside/3.md', 'three');
		const reach = createReach({ folders: [URI.file(join(folder, 'archive'))], documents: [] });
		files = filesWithin(nodeFileSystem, () => reach);
	});
	afterEach(() => removeFolder(folder));

	it('reads files within the reach', async () => {
		assert.deepEqual(await files.readFile(uri('archive/a/2.md')), Buffer.from('two'));
		assert.deepEqual(await files.readHead(uri('archive/a/2.md'), 2), Buffer.from('tw'));
		assert.equal(await typeOf('archive/a'), 'directory');
		assert.equal(await typeOf('archive/none.md'), undefined);
	});

	it('hides all other files', async () => {
		assert.equal(await typeOf('outside/3.md'), 'outside');
		assert.equal(await files.readFile(uri('outside/3.md')), undefined);
		assert.equal(await files.readHead(uri('outside/3.md'), 2), undefined);
		assert.equal(await files.readDirectory(uri('outside')), undefined);
		assert.deepEqual(await write('outside/3.md'), { kind: 'refused', reason: 'is outside the archive' });
		assert.equal(readFileSync(join(folder, 'outside/3.md'), 'utf8'), 'three');
	});

	it('follows symbolic links that stay inside', async () => {
		link('archive/in.md', 'a/2.md');
		link('archive/b', 'a');
		link('archive/again.md', './b/../in.md');
		link('archive/out.md', '../outside/3.md');
		link('archive/out', '../outside');
		link('archive/back.md', '../outside/../archive/1.md');
		link('archive/far.md', 'out/3.md');
		link('archive/loop', 'loop');
		link('archive/broken.md', 'none.md');
		for (const path of ['in.md', 'b/2.md', 'again.md', 'back.md'])
			assert.equal(await typeOf(`archive/${path}`), 'file', path);
		for (const path of ['out.md', 'out', 'out/3.md', 'out/none.md', 'far.md', 'loop', 'loop/x'])
			assert.equal(await typeOf(`archive/${path}`), 'outside', path);
		assert.equal(await typeOf('archive/broken.md'), undefined);
		assert.equal(await files.readFile(uri('archive/out/3.md')), undefined);
		assert.equal(await files.readDirectory(uri('archive/out')), undefined);
		assert.deepEqual((await files.readDirectory(uri('archive')))?.map(({ name, type }) => `${name} ${type}`).sort(), [
			'1.md file',
			'a directory',
			'again.md file',
			'back.md file',
			'in.md file',
		]);
	});

	it('follows at most forty symbolic links', async () => {
		for (let at = 0; at < 42; at++) link(`archive/l${at}.md`, at === 0 ? '1.md' : `l${at - 1}.md`);
		assert.equal(await typeOf('archive/l39.md'), 'file');
		assert.equal(await typeOf('archive/l40.md'), 'outside');
	});

	it('never writes through a symbolic link to a file, or outside', async () => {
		link('archive/in.md', 'a/2.md');
		link('archive/out.md', '../outside/3.md');
		link('archive/new.md', '../outside/new.md');
		link('archive/b', 'a');
		link('archive/out', '../outside');
		const refused = async (path: string): Promise<string> => {
			const updated = await write(`archive/${path}`);
			assert.equal(updated.kind, 'refused', path);
			return 'reason' in updated ? updated.reason.replaceAll(folder, '') : '';
		};
		assert.equal(
			await refused('in.md'),
			'is a symbolic link to /archive/a/2.md, and files are not written through symbolic links',
		);
		assert.equal(
			await refused('out.md'),
			'is a symbolic link to /outside/3.md, and files are not written through symbolic links',
		);
		assert.equal(
			await refused('new.md'),
			'is a symbolic link to /outside/new.md, and files are not written through symbolic links',
		);
		assert.equal(
			await refused('out/3.md'),
			'is behind the symbolic link /archive/out, which points outside the archive, to /outside',
		);
		assert.deepEqual(await write('archive/b/2.md'), { kind: 'written' });
		assert.equal(readFileSync(join(folder, 'archive/a/2.md'), 'utf8'), 'new');
		assert.deepEqual(readdirSync(join(folder, 'outside')), ['3.md']);
		assert.equal(readFileSync(join(folder, 'outside/3.md'), 'utf8'), 'three');
	});

	it('reads files in a folder that was opened through a symbolic link', async () => {
		link('opened', 'archive');
		const reach = createReach({ folders: [URI.file(join(folder, 'opened'))], documents: [] });
		files = filesWithin(nodeFileSystem, () => reach);
		assert.equal(await typeOf('opened/a/2.md'), 'file');
		assert.deepEqual(await write('opened/a/2.md'), { kind: 'written' });
		assert.equal(await typeOf('archive/a/2.md'), 'outside');
	});

	it('does not look for the root of an archive above what is open', async () => {
		put('articles/4.md', 'four');
		put('marginalia.json', '{}');
		assert.equal(await findArchiveRoot(uri('archive/1.md'), files), undefined);
		assert.equal(await findArchiveRoot(uri('archive/1.md'), nodeFileSystem), uri('.').replace(/\/$/, ''));
	});

	it('includes all files of this machine without a reach', async () => {
		files = filesWithin(nodeFileSystem, () => ANYWHERE);
		assert.equal(await typeOf('outside/3.md'), 'file');
		for (const address of [
			'file://host/share/x',
			'file:////host/share/x',
			'file:///a/%2e%2e/etc/passwd',
			'file:///a%00b',
		])
			assert.equal((await files.stat(address))?.type, 'outside', address);
	});
});

describe('look-ups of filesWithin', () => {
	/** Files in an open folder where `link` leads to `file`, and `out` out of it; and all that is asked of them. */
	function noting(reach: Reach = createReach({ folders: [URI.parse('x:/open')], documents: [] })) {
		const asked: string[] = [];
		const links: Readonly<Record<string, string>> = { 'x:/open/link': 'x:/open/file', 'x:/open/out': 'x:/secret' };
		const note = (what: string, uri: string): undefined => void asked.push(`${what} ${uri}`);
		const files = filesWithin(
			{
				stat: async uri => note('stat', uri) ?? { type: 'file', size: 1, modified: 1 },
				readHead: async uri => note('head', uri),
				readFile: async uri => note('read', uri),
				readDirectory: async uri => note('list', uri),
				async readLink(uri) {
					note('link', uri);
					await Promise.resolve();
					return links[uri];
				},
				async update(uri) {
					note('write', uri);
					return { kind: 'unchanged' };
				},
			},
			() => reach,
		);
		return { asked, files };
	}

	it('use the resolved path of symbolic links', async () => {
		const { asked, files } = noting();
		await files.stat('x:/open/link');
		await files.readHead('x:/open/link', 1);
		await files.readFile('x:/open/link');
		await files.readDirectory('x:/open/link');
		assert.deepEqual(
			asked.filter(one => !one.startsWith('link ')),
			['stat x:/open/file', 'head x:/open/file', 'read x:/open/file', 'list x:/open/file'],
		);
	});

	it('never access files outside, however the URI is written', async () => {
		for (const uri of [
			'x:/secret',
			'x:/open/out',
			'x:/open/out/1.md',
			'x:/open/../secret',
			'/open/1.md',
			'open/1.md',
			'',
		]) {
			const { asked, files } = noting();
			assert.equal((await files.stat(uri))?.type, 'outside', uri);
			await files.readHead(uri, 1);
			await files.readFile(uri);
			await files.readDirectory(uri);
			assert.equal((await files.update(uri, () => undefined)).kind, 'refused', uri);
			assert.deepEqual(
				asked.filter(one => one !== 'link x:/open/out'),
				[],
				uri,
			);
		}
	});

	it('read a symbolic link once for concurrent look-ups, and again later', async () => {
		const { asked, files } = noting();
		const names = ['1', '2', '3'].map(name => `x:/open/folder/${name}`);
		for (const times of [1, 2]) {
			await Promise.all(names.map(uri => files.stat(uri)));
			assert.equal(asked.filter(one => one === 'link x:/open/folder').length, times);
		}
	});

	it('return the target of a file that is a symbolic link', async () => {
		const { files } = noting();
		assert.equal(await files.readLink?.('x:/open/link'), 'x:/open/file');
		assert.equal(await files.readLink?.('x:/open/out'), 'x:/secret');
		assert.equal(await files.readLink?.('x:/open/out/1.md'), undefined);
		assert.equal(await files.readLink?.('x:/open/file'), undefined);
	});

	it('work without support for symbolic links', async () => {
		const asked: string[] = [];
		const stat: FileSystem['stat'] = async uri => {
			asked.push(uri);
			return undefined;
		};
		const files = filesWithin({ ...NO_FILES, stat }, () => ANYWHERE);
		for (const uri of ['file:///a/1.md', 'vscode-vfs://github/a/1.md', 'file://host/a/1.md', '/a/1.md'])
			await files.stat(uri);
		assert.deepEqual(asked, ['file:///a/1.md', 'vscode-vfs://github/a/1.md']);
	});
});
