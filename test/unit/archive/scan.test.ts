import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { URI } from 'vscode-uri';
import { removeFolder } from '../../../scripts/host/temporary.ts';
import {
	type Archives,
	type ArchivesOptions,
	createArchives,
	type ScanResult,
} from '../../../server/src/archive/archives.ts';
import { indexDocument } from '../../../server/src/archive/entry.ts';
import { readHead } from '../../../server/src/archive/head.ts';
import { parseDocument } from '../../../server/src/article/article.ts';
import { filesWithin } from '../../../server/src/links/filesWithin.ts';
import { createReach } from '../../../server/src/links/reach.ts';
import { nodeFileSystem } from '../../../server/src/node/fileSystem.ts';
import type { FileSystem } from '../../../server/src/platform.ts';
import { normalUri } from '../../../server/src/util/uri.ts';

function article(id: string): string {
	return `<!--1639640221000-->\n[Title ${id}](https://a.example/${id})\n------\n\n<p>x</p>\n`;
}

describe('scanning an archive', () => {
	let folder: string;
	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'marginalia-scan-'));
	});
	afterEach(() => removeFolder(folder));

	const uriOf = (path: string): string => normalUri(pathToFileURL(join(folder, path)).href);
	const write = async (path: string, text: string): Promise<void> => {
		await mkdir(dirname(join(folder, path)), { recursive: true });
		await writeFile(join(folder, path), text);
	};
	const opened = new Set<string>();

	/** Archives of the folder, and what came of each reading. */
	function archives(
		files: FileSystem = nodeFileSystem,
		isCancelled = (): boolean => false,
		options: Pick<ArchivesOptions, 'cache' | 'excludes' | 'folders'> = { folders: () => [pathToFileURL(folder).href] },
	): { archives: Archives; results: ScanResult[]; looked: number[] } {
		const [results, looked]: [ScanResult[], number[]] = [[], []];
		const made = createArchives(files, {
			...options,
			isOpen: uri => opened.has(uri),
			onScan: () => ({ isCancelled, looked: count => looked.push(count), ended: result => results.push(result) }),
		});
		return { archives: made, results, looked };
	}

	/** The ids of the articles that an archive holds. */
	async function held(made: Archives): Promise<readonly string[] | undefined> {
		const archive = await made.of(uriOf('articles/any.md'));
		return archive
			?.search('', 99)
			.map(entry => entry.title?.value.slice('Title '.length) ?? '')
			.sort();
	}

	it('indexes only articles and lists, whatever their names', async () => {
		await write('articles/a/1.md', article('1'));
		await write('articles/a/2 渡轮.txt', article('2'));
		await write('articles/3', article('3'));
		await write('readme.md', '# Not one\n');
		await write('lists/a.md', 'A\n------\n\n9-1 [Title 1](/articles/a/1.md)\n');
		await write('articles/long.md', article('long').replace('<p>', `<p>${'潮'.repeat(90_000)}<a href="/1">x</a>`));
		const { archives: made, results, looked } = archives();
		assert.deepEqual(await held(made), ['1', '2', '3', 'long']);
		const archive = await made.of(uriOf('articles/any.md'));
		assert.deepEqual(archive?.usersOf(uriOf('articles/a/1.md')), [uriOf('lists/a.md')]);
		assert.deepEqual(archive?.usersOf('//a.example/1'), [uriOf('articles/long.md')]);
		assert.deepEqual(results, [{ articles: 5, cancelled: false, unreadable: [], error: undefined }]);
		assert.equal(looked.at(-1), 6);
	});

	it('skips files ignored by .gitignore, node_modules and .git', async () => {
		await mkdir(join(folder, '.git'));
		await write('.gitignore', 'drafts/\n*.txt\n');
		await write('articles/.gitignore', '!kept.txt\n');
		for (const path of ['articles/1.md', 'articles/kept.txt', 'articles/out.txt', 'drafts/2.md', 'node_modules/x/3.md'])
			await write(path, article(path));
		const { archives: made } = archives();
		assert.deepEqual(await held(made), ['articles/1.md', 'articles/kept.txt']);
		await made.refresh(['drafts/2.md', 'articles/out.txt', 'node_modules/x/3.md'].map(uriOf));
		assert.deepEqual(await held(made), ['articles/1.md', 'articles/kept.txt']);
	});

	it('follows changes of .gitignore, in and above the archive', async () => {
		await mkdir(join(folder, '.git'));
		const all = ['articles/1.md', 'articles/drafts/2.md', 'drafts/articles/3.md', 'drafts/lists/4.md'];
		for (const path of all) await write(path, article(path));
		const { archives: made } = archives();
		const nested = async (): Promise<number | undefined> => (await made.of(uriOf('drafts/articles/3.md')))?.size;
		assert.deepEqual([await held(made), await nested()], [all, 2]);
		await write('.gitignore', 'drafts/\n');
		await made.refresh([uriOf('.gitignore')]);
		assert.deepEqual([await held(made), await nested()], [['articles/1.md'], 0]);
		await write('articles/.gitignore', '!drafts/\n');
		await made.refresh([uriOf('articles/.gitignore')]);
		assert.deepEqual(await held(made), ['articles/1.md', 'articles/drafts/2.md']);
		await unlink(join(folder, '.gitignore'));
		await unlink(join(folder, 'articles/.gitignore'));
		await made.refresh([uriOf('.gitignore'), uriOf('articles/.gitignore')]);
		assert.deepEqual([await held(made), await nested()], [all, 2]);
	});

	it('removes what a changed folder no longer holds, open or not, until it is there again', async () => {
		for (const path of ['articles/a/1.md', 'articles/a/2.md', 'articles/a/3.md']) await write(path, article(path));
		const { archives: made } = archives();
		await held(made);
		opened.add(uriOf('articles/a/3.md'));
		try {
			await rm(join(folder, 'articles/a'), { recursive: true });
			await write('articles/a/2.md', article('new'));
			await made.refresh([uriOf('articles/a')]);
			assert.deepEqual(await held(made), ['new']);
			await made.put(uriOf('articles/a/3.md'), (root, kinds) => {
				return indexDocument(uriOf('articles/a/3.md'), root, parseDocument(article('edited')), kinds);
			});
			assert.deepEqual(await held(made), ['new']);
			await write('articles/a/3.md', article('saved'));
			await made.refresh([uriOf('articles/a/3.md')]);
			assert.deepEqual(await held(made), ['new', 'saved']);
			await rm(join(folder, 'articles'), { recursive: true });
			await made.refresh([uriOf('articles')]);
			assert.deepEqual(await held(made), []);
		} finally {
			opened.clear();
		}
	});

	it('handles broken and circular symbolic links', async () => {
		await write('articles/1.md', article('1'));
		await symlink(folder, join(folder, 'articles/loop'));
		await symlink('itself', join(folder, 'articles/itself'));
		await symlink('nothing', join(folder, 'articles/broken'));
		await write('elsewhere', article('linked'));
		await symlink('../elsewhere', join(folder, 'articles/link.md'));
		await symlink(import.meta.filename, join(folder, 'articles/outside.md'));
		const reach = createReach({ folders: [URI.file(folder)], documents: [] });
		const { archives: made, results } = archives(filesWithin(nodeFileSystem, () => reach));
		assert.deepEqual(await held(made), ['1', 'linked', 'linked']);
		assert.deepEqual(results[0]?.unreadable, []);
	});

	it('skips folders that are deleted meanwhile, and reports once those that cannot be read', async () => {
		await write('articles/1.md', article('1'));
		for (const name of ['closed', 'gone', 'gone too/deep']) await write(`articles/${name}/2.md`, article('2'));
		const files: FileSystem = {
			...nodeFileSystem,
			async readDirectory(uri) {
				if (uri.endsWith('/closed')) return undefined;
				if (uri.endsWith('/gone')) await rm(join(folder, 'articles/gone'), { recursive: true });
				if (uri.endsWith('/deep')) await rm(join(folder, 'articles/gone too'), { recursive: true });
				return nodeFileSystem.readDirectory(uri);
			},
		};
		const { archives: made, results } = archives(files);
		assert.deepEqual(await held(made), ['1']);
		assert.deepEqual(
			results.map(({ unreadable }) => unreadable),
			[[join(folder, 'articles/closed')]],
		);
	});

	it('stops without complaint when the folder is removed from the workspace', async () => {
		for (const path of ['articles/a/1.md', 'articles/b/2.md', 'articles/c/3.md']) await write(path, article(path));
		let folders: readonly string[] = [pathToFileURL(folder).href];
		const reach = () => createReach({ folders: folders.map(uri => URI.parse(uri)), documents: [] });
		const read: string[] = [];
		const files = filesWithin(
			{
				...nodeFileSystem,
				async readDirectory(uri) {
					if (uri.endsWith('/b')) folders = [];
					read.push(uri.slice(-1));
					return nodeFileSystem.readDirectory(uri);
				},
			},
			reach,
		);
		const { archives: made, results } = archives(files, () => false, { folders: () => folders });
		await held(made);
		assert.deepEqual(read.at(-1), 'b');
		assert.deepEqual(results, [{ articles: 1, cancelled: false, unreadable: [], error: undefined }]);
	});

	it('reports an error, and keeps the entries found before', async () => {
		await write('articles/1.md', article('1'));
		await write('articles/2.md', article('2'));
		const files: FileSystem = {
			...nodeFileSystem,
			readHead: async (uri, length) => {
				if (uri.endsWith('2.md')) throw new Error('disk on fire');
				return nodeFileSystem.readHead(uri, length);
			},
		};
		const { archives: made, results } = archives(files);
		assert.deepEqual(await held(made), ['1']);
		assert.match(String(results[0]?.error), /disk on fire/);
	});

	it('stops when it is cancelled', async () => {
		for (const id of ['1', '2', '3']) await write(`articles/${id}.md`, article(id));
		let asked = 0;
		const { archives: made, results } = archives(nodeFileSystem, () => ++asked > 1);
		assert.deepEqual(await held(made), ['1']);
		assert.equal(results[0]?.cancelled, true);
	});

	it('is updated when files and folders change', async () => {
		await write('articles/1.md', article('1'));
		await write('articles/a/2.md', article('2'));
		const { archives: made, results } = archives();
		assert.deepEqual(await held(made), ['1', '2']);
		await write('articles/1.md', article('one'));
		await rm(join(folder, 'articles/a'), { recursive: true });
		await write('articles/b/c/3.md', article('3'));
		await made.refresh(['articles/1.md', 'articles/a', 'articles/b'].map(uriOf));
		assert.deepEqual(await held(made), ['3', 'one']);
		await unlink(join(folder, 'articles/1.md'));
		await write('articles/b/c/3.md', 'no article any more');
		await made.refresh(['articles/1.md', 'articles/b/c/3.md'].map(uriOf));
		assert.deepEqual(await held(made), []);
		assert.equal(results.length, 1);
	});

	it('prefers an open document to its file', async () => {
		await write('articles/1.md', article('1'));
		const uri = uriOf('articles/1.md');
		opened.add(uri);
		try {
			const { archives: made } = archives();
			await made.put(uri, root => indexDocument(uri, root, parseDocument(article('edited'))));
			assert.deepEqual(await held(made), ['edited']);
			await made.refresh([uri]);
			assert.deepEqual(await held(made), ['edited']);
			opened.delete(uri);
			await made.refresh([uri]);
			assert.deepEqual(await held(made), ['1']);
		} finally {
			opened.clear();
		}
	});

	it('skips files excluded by the settings of the editor, even after changes', async () => {
		for (const path of ['articles/1.md', 'articles/old/2.md', 'articles/x.tmp', 'articles/old/3.bak', 'articles/4.bak'])
			await write(path, article(path));
		const excludes = async () => ['**/*.{tmp,swp}', 'articles/*.bak', 'articles/ol?'];
		const folders = (): string[] => [pathToFileURL(folder).href];
		const { archives: made } = archives(nodeFileSystem, () => false, { folders, excludes });
		assert.deepEqual(await held(made), ['articles/1.md']);
		await made.refresh(['articles/old/2.md', 'articles/4.bak', 'articles/x.tmp'].map(uriOf));
		assert.deepEqual(await held(made), ['articles/1.md']);
	});

	it('reads only the open folder of an archive whose root is above it', async () => {
		await write('articles/1.md', article('1'));
		await write('articles/a/2.md', article('2'));
		await write('lists/a.md', 'A\n------\n\n9-1 [2](/articles/a/2.md)\n');
		const { archives: made } = archives(nodeFileSystem, () => false, { folders: () => [uriOf('articles/a')] });
		const archive = await made.of(uriOf('articles/a/2.md'));
		assert.deepEqual([archive?.root, archive?.size], [uriOf('').replace(/\/$/, ''), 1]);
	});

	it('indexes articles and lists with merge conflicts or a damaged header', async () => {
		const conflict = (ours: string, theirs: string): string => `<<<<<<< HEAD\n${ours}=======\n${theirs}>>>>>>> other\n`;
		const [time = '', title = '', ...rest] = article('1').split('\n');
		await write(
			'articles/1.md',
			conflict(`${time}\n${title}\n`, '<!--NaN-->\n[B](https://a.example/b)\n') + rest.join('\n'),
		);
		const long = (id: string): string => article(id).replace('<p>x', `<p>${'潮水 '.repeat(20_000)}`);
		await write('articles/2.md', conflict(long('2'), long('3')));
		await write('articles/4.md', article('4').replace('-->\n', ' -->\n\n'));
		await write('lists/a.md', `A\n------\n\n${conflict('9-1 [1](/articles/1.md)\n', '9-2 [1](/articles/1.md)\n')}`);
		await write('README.md', '[Boats](https://git.example/boats/boats)\n------\n\n<p>Rows.</p>\n\n## Use\n');
		const { archives: made } = archives();
		const archive = await made.of(uriOf('articles/1.md'));
		assert.deepEqual(
			['articles/1.md', 'articles/2.md', 'articles/4.md', 'lists/a.md'].map(
				path => archive?.entry(uriOf(path))?.title?.value,
			),
			['Title 1', 'Title 2', 'Title 4', 'A'],
		);
		assert.equal(archive?.size, 4);
		const head = await readHead(uriOf('articles/2.md'), nodeFileSystem);
		assert.deepEqual([head?.title, head?.source], ['Title 2', '//a.example/2']);
	});

	it('scans again after forget', async () => {
		await write('articles/1.md', article('1'));
		const { archives: made, results } = archives();
		assert.deepEqual(await held(made), ['1']);
		await write('articles/2.md', article('2'));
		made.forget();
		assert.deepEqual([await held(made), results.length], [['1', '2'], 2]);
	});

	it('returns no archive for a file outside the open folders', async () => {
		const { archives: made, results } = archives();
		assert.equal(await made.of('file:///elsewhere/articles/1.md'), undefined);
		assert.equal(await made.of('untitled:Untitled-1'), undefined);
		assert.deepEqual(results, []);
	});
});
