import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { URI } from 'vscode-uri';
import { removeFolder } from '../../../scripts/host/temporary.ts';
import { excludesOf, NOTHING_EXCLUDED } from '../../../server/src/archive/excludes.ts';
import { isExcluded, isSkipped, walk } from '../../../server/src/archive/walk.ts';
import { findFiles } from '../../../server/src/cli/files.ts';
import { filesWithin } from '../../../server/src/links/filesWithin.ts';
import { createReach } from '../../../server/src/links/reach.ts';
import { decodeName, nativePath } from '../../../server/src/node/fileName.ts';
import { nodeFileSystem } from '../../../server/src/node/fileSystem.ts';
import type { FileSystem, FolderEntry } from '../../../server/src/platform.ts';
import { byteString } from '../../../server/src/util/nameBytes.ts';
import { joinUri } from '../../../server/src/util/uri.ts';

/** How many random folders are walked. */
const WALKS = Number(process.env.WALKS ?? 12);

/** Git without what the user and the machine have set. */
const GIT_ENVIRONMENT = {
	...process.env,
	GIT_CONFIG_GLOBAL: '/dev/null',
	GIT_CONFIG_NOSYSTEM: '1',
	XDG_CONFIG_HOME: '/nowhere',
	GIT_CEILING_DIRECTORIES: tmpdir(),
};

describe('walking a folder', () => {
	let root: string;

	beforeEach(() => {
		root = mkdtempSync(join(tmpdir(), 'marginalia-walk-'));
	});
	afterEach(() => removeFolder(root));

	/** Writes files, by their paths; in path and content U+EF80 to U+EFFF stand for single bytes. */
	const put = (files: Readonly<Record<string, string>>, base = root): void => {
		for (const [path, content] of Object.entries(files)) {
			mkdirSync(nativePath(join(base, dirname(path))), { recursive: true });
			writeFileSync(nativePath(join(base, path)), Buffer.from(byteString(content), 'latin1'));
		}
	};
	const git = (args: readonly string[], cwd = root): string =>
		decodeName(execFileSync('git', args, { cwd, env: GIT_ENVIRONMENT, stdio: ['ignore', 'pipe', 'pipe'] }));
	const skipWithoutGit = (test: Mocha.Context): void => {
		if (spawnSync('git', ['--version']).error) {
			console.log('        git is not installed here');
			test.skip();
		}
	};
	const uriOf = (path: string): string => pathToFileURL(join(root, path)).href.replace(/\/$/, '');
	const listed = (...options: readonly string[]): readonly string[] =>
		git(['ls-files', '-co', ...options, '-z'])
			.split('\0')
			.filter(path => path !== '')
			.sort();
	/** What git would add, or has added. */
	const byGit = (): readonly string[] => listed('--exclude-standard');
	const byCommandLine = async (folder = '.'): Promise<readonly string[]> => {
		const found: string[] = [];
		const base = folder === '.' ? root : join(root, folder);
		for await (const { path, failure } of findFiles([base], true)) {
			assert.equal(failure, undefined);
			found.push(path.slice(base.length + 1));
		}
		return found;
	};
	const walked = async (folder: string, files: FileSystem, options = {}): Promise<readonly string[]> => {
		const found: string[] = [];
		for await (const { kind, uri, path } of walk(folder, files, options)) {
			assert.equal(kind, 'file');
			assert.equal(uri, path.split('/').reduce(joinUri, folder));
			found.push(path);
		}
		return found;
	};
	/** The files as an editor opens them, and the index sees them. */
	const opened = (): FileSystem => {
		const reach = createReach({ folders: [URI.file(root)], documents: [] });
		return filesWithin(nodeFileSystem, () => reach);
	};
	const byIndex = (folder = ''): Promise<readonly string[]> => walked(uriOf(folder), opened());
	it('finds the files that git would add, in command line and index', async function () {
		skipWithoutGit(this);
		this.timeout(WALKS > 100 ? 0 : 60_000);
		git(['init', '-q', '.']);
		await fc.assert(
			fc.asyncProperty(tree, patternFiles, fc.boolean(), async (paths, patterns, ignoreCase) => {
				git(['clean', '-ffdxq']);
				git(['config', 'core.ignoreCase', String(ignoreCase)]);
				for (const path of paths) {
					try {
						put({ [path]: '' });
					} catch {
						// A file has the name of the folder.
					}
				}
				put({ '.git/info/exclude': '' });
				for (const [folder, lines] of Object.entries(patterns)) {
					try {
						put({ [folder === '' ? '.git/info/exclude' : `${folder}/.gitignore`]: lines });
					} catch {
						// As above.
					}
				}
				const expected = byGit();
				const found = await byCommandLine();
				assert.deepEqual([...found].sort(), expected);
				assert.deepEqual(await byIndex(), found);
				const files = opened();
				for (const path of listed())
					assert.equal(
						await isExcluded(uriOf(path), files, NOTHING_EXCLUDED, uriOf('')),
						!expected.includes(path),
						path,
					);
				for (const folder of new Set(expected.flatMap(path => (path.includes('/') ? [dirname(path)] : [])))) {
					const below = found.filter(path => path.startsWith(`${folder}/`)).map(path => path.slice(folder.length + 1));
					assert.deepEqual(await byIndex(folder), below);
					assert.deepEqual(await byCommandLine(folder), below);
				}
			}),
			{ numRuns: WALKS },
		);
	});

	/** What is left of some empty files, by their `.gitignore` and other files with patterns. */
	const cases: readonly (readonly [
		title: string,
		patterns: Readonly<Record<string, string>>,
		files: string,
		left: string,
	])[] = [
		['tells capital letters apart', { '.gitignore': 'Drafts/\n' }, 'Drafts/1.md drafts/2.md', 'drafts/2.md'],
		['goes by the nearest patterns', { '.gitignore': '*.md', 'a/.gitignore': '!2.md' }, '1.md a/1.md a/2.md', 'a/2.md'],
		[
			'takes a folder that the nearest patterns take, and judges what is in it anew',
			{ '.gitignore': 'b*\n', 'a/.gitignore': '!b/\n' },
			'a/b/1.md a/b/b.md b/1.md',
			'a/b/1.md',
		],
		[
			'looks into no folder that is left out',
			{ '.gitignore': 'a/\n!a/1.md', 'a/.gitignore': '!*' },
			'a/1.md b.md',
			'b.md',
		],
		['takes what is left out only by a wildcard', { '.gitignore': 'a/*\n!a/1.md' }, 'a/1.md a/2.md', 'a/1.md'],
		['knows slashes', { '.gitignore': '/1.md\na/2.md\n3.md' }, '1.md b/1.md b/a/2.md a/2.md b/3.md', 'b/1.md b/a/2.md'],
		[
			'reads the byte order mark, and line ends of Windows',
			{ '.gitignore': '\ufeff1.md\r\n2.md\r\n' },
			'1.md 2.md 3.md',
			'3.md',
		],
		['knows spaces at the end', { '.gitignore': '1.md  \nx\\ \n' }, '1.md x y', 'x y'],
		['compares bytes', { '.gitignore': 'a?\ncaf\uefe9\n' }, 'aé ab caf\uefe9 café', 'aé café'],
		[
			'knows what a repository excludes for itself',
			{ '.git/info/exclude': '1.md\n2.md', '.gitignore': '!2.md' },
			'1.md 2.md',
			'2.md',
		],
		[
			'goes by the case of names where git does',
			{ '.git/config': '[core]\nignorecase', '.gitignore': 'drafts' },
			'DRAFTS/1.md 1.md',
			'1.md',
		],
	];
	for (const [title, patterns, files, left] of cases) {
		it(title, async function () {
			skipWithoutGit(this);
			git(['init', '-q', '.']);
			put(patterns);
			put(Object.fromEntries(files.split(' ').map(path => [path, ''])));
			const found = (await byIndex()).filter(path => !path.endsWith('.gitignore'));
			assert.deepEqual(found, left.split(' ').sort());
			assert.deepEqual(await byCommandLine(), await byIndex());
			assert.deepEqual([...(await byIndex())].sort(), byGit());
		});
	}

	it('uses the patterns of the repository of a worktree or submodule', async function () {
		skipWithoutGit(this);
		put({ 'main/1.md': '', 'outer/.gitignore': '2.md\n', 'outer/2.md': '' });
		git(['init', '-q', '.'], join(root, 'main'));
		git(['init', '-q', '.'], join(root, 'outer'));
		const commit = ['-c', 'user.name=A', '-c', 'user.email=a@example', 'commit', '-qm', 'One'];
		git(['add', '.'], join(root, 'main'));
		git(commit, join(root, 'main'));
		git(['worktree', 'add', '-q', '../tree'], join(root, 'main'));
		git(['-c', 'protocol.file.allow=always', 'submodule', '-q', 'add', '../main', 'sub'], join(root, 'outer'));
		put({ 'main/.git/info/exclude': '3.md\n', 'outer/.git/modules/sub/info/exclude': '4.md\n' });
		for (const folder of ['main', 'tree', 'outer/sub'])
			put({ [`${folder}/2.md`]: '', [`${folder}/3.md`]: '', [`${folder}/4.md`]: '' });
		assert.deepEqual(await byIndex('main'), ['1.md', '2.md', '4.md']);
		assert.deepEqual(await byIndex('tree'), ['.git', '1.md', '2.md', '4.md']);
		assert.deepEqual(await byIndex('outer/sub'), ['.git', '1.md', '2.md', '3.md']);
		assert.deepEqual(await byIndex('outer'), [
			'.gitignore',
			'.gitmodules',
			...['.git', '1.md', '2.md', '3.md'].map(name => `sub/${name}`),
		]);
	});

	it('uses the patterns below its start outside a repository', async () => {
		put({ '.gitignore': '1.md\n', 'a/.gitignore': '2.md\n', 'a/b/1.md': '', 'a/b/2.md': '', 'a/b/3.md': '' });
		assert.deepEqual(await byCommandLine('a/b'), ['1.md', '2.md', '3.md']);
		const start = uriOf('a');
		assert.deepEqual(await walked(uriOf('a/b'), nodeFileSystem, { start }), ['1.md', '3.md']);
		assert.equal(await isExcluded(uriOf('a/b/2.md'), nodeFileSystem, NOTHING_EXCLUDED, start), true);
		assert.equal(await isExcluded(uriOf('a/b/1.md'), nodeFileSystem, NOTHING_EXCLUDED, start), false);
		// What is open is all that is known of.
		assert.deepEqual(await byIndex('a/b'), ['3.md']);
	});

	it('walks an excluded folder only if it is named', async () => {
		put({ '.git/HEAD': '', '.gitignore': 'a/\n', 'a/b/1.md': '' });
		assert.deepEqual(await byIndex('a/b'), []);
		assert.deepEqual(await byCommandLine('a/b'), ['1.md']);
	});

	it('follows symbolic links to files, but not to .gitignore files', async () => {
		put({ '.git/HEAD': '', 'a/patterns': '1.md\n', 'a/1.md': '', 'b/1.md': '' });
		symlinkSync('../a/patterns', join(root, 'b/.gitignore'));
		symlinkSync('../a', join(root, 'b/folder'));
		symlinkSync('../a/1.md', join(root, 'b/link.md'));
		assert.deepEqual(await byIndex(), ['a/1.md', 'a/patterns', 'b/.gitignore', 'b/1.md', 'b/link.md']);
		// Where a link leads is known when it is read.
		assert.deepEqual(await byCommandLine(), [
			'a/1.md',
			'a/patterns',
			'b/.gitignore',
			'b/1.md',
			'b/folder',
			'b/link.md',
		]);
		assert.equal(await isExcluded(uriOf('b/1.md'), opened(), NOTHING_EXCLUDED, uriOf('')), false);
	});

	it('skips files excluded by settings, case-sensitively', async () => {
		put(
			Object.fromEntries(['a/1.md', 'A/1.md', 'b/x.bak', 'x.bak', '!1.md', '#2.md', 'b/!1.md'].map(path => [path, ''])),
		);
		const excludes = excludesOf(uriOf(''), ['a', '*.bak', '!1.md', '#2.md']);
		assert.deepEqual(await walked(uriOf(''), opened(), { excludes }), ['A/1.md', 'b/!1.md', 'b/x.bak']);
	});

	it('yields files in the same order, whatever the order of the file system', async () => {
		put(Object.fromEntries(['b/2.md', 'b/10.md', 'b.md', 'a/c/1.md', 'B.md', '渡.md'].map(path => [path, ''])));
		const backwards: FileSystem = {
			...nodeFileSystem,
			readDirectory: async uri => [...((await nodeFileSystem.readDirectory(uri)) ?? [])].reverse(),
		};
		const found = ['B.md', 'a/c/1.md', 'b/10.md', 'b/2.md', 'b.md', '渡.md'];
		assert.deepEqual(await walked(uriOf(''), backwards), found);
		assert.deepEqual(await byCommandLine(), found);
	});

	it('skips node_modules below the walked folder, not above it', async () => {
		put({ 'node_modules/a/1.md': '', 'node_modules/a/node_modules/b/2.md': '' });
		const folder = uriOf('node_modules/a');
		assert.deepEqual(await walked(folder, opened()), ['1.md']);
		assert.equal(isSkipped(`${folder}/1.md`, folder), false);
		assert.equal(isSkipped(`${folder}/node_modules/b/2.md`, folder), true);
	});

	it('reads folders lazily', async () => {
		put(Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`${10 + index}/1.md`, ''])));
		let read = 0;
		const files: FileSystem = {
			...nodeFileSystem,
			async readDirectory(uri): Promise<readonly FolderEntry[] | undefined> {
				read++;
				return nodeFileSystem.readDirectory(uri);
			},
		};
		for await (const { path } of walk(uriOf(''), files)) if (path === '12/1.md') break;
		assert.equal(read, 4);
	});
});

const FOLDERS = ['a', 'b', 'Drafts', 'drafts', '渡轮', '.hidden', 'a b', 'x[1]', 'caf\uefe9', '!c', '#d'];
const FILES = [
	'1.md',
	'2.txt',
	'Kept.md',
	'kept.md',
	'é.md',
	'a b ',
	'a',
	'x*y',
	'#1',
	'!1',
	'caf\uefe9.md',
	'\\n',
	'q?',
	'.md',
];
const folderPath = fc.array(fc.constantFrom(...FOLDERS), { minLength: 1, maxLength: 3 }).map(names => names.join('/'));
const tree = fc.array(
	fc
		.tuple(fc.option(folderPath, { nil: undefined }), fc.constantFrom(...FILES))
		.map(([folder, name]) => (folder === undefined ? name : `${folder}/${name}`)),
	{ minLength: 1, maxLength: 25 },
);
const segment = fc.oneof(
	{ weight: 3, arbitrary: fc.constantFrom(...FOLDERS, ...FILES) },
	{
		weight: 2,
		arbitrary: fc.constantFrom(
			...[
				'*',
				'**',
				'***',
				'*.md',
				'?.md',
				'??.md',
				'[a-c]',
				'[!a]*',
				'[^1]*',
				'[[:upper:]]*',
				'[]1]*',
				'd*s',
				'D*',
				'caf?',
				'caf?.md',
			],
			...[
				'渡?',
				'渡???',
				'\\#d',
				'\\!c',
				'a\\ b',
				'x\\[1\\]',
				'x\\*y',
				'*.txt',
				'a**',
				'.*',
				'k[!f]pt.md',
				'[',
				'a\\',
				'渡[轮]',
				'[é]*',
			],
		),
	},
);
const pattern = fc
	.tuple(
		fc.constantFrom('', '', '', '!', '!', '\\!', '#', ' '),
		fc.constantFrom('', '', '/', '**/'),
		fc.array(segment, { minLength: 1, maxLength: 3 }),
		fc.constantFrom('', '', '', '/', '/', '/*', '/**', ' ', '\\ ', '  ', '/ ', '\t', '\r'),
	)
	.map(([sign, start, names, end]) => sign + start + names.join('/') + end);
const patternText = fc
	.tuple(
		fc.constantFrom('', '\ufeff'),
		fc.array(pattern, { minLength: 1, maxLength: 6 }),
		fc.constantFrom('\n', '\r\n'),
		fc.boolean(),
	)
	.map(([mark, lines, newline, ends]) => mark + lines.join(newline) + (ends ? newline : ''));
/** What is in `.gitignore` files by folder; for no folder, in `.git/info/exclude`. */
const patternFiles = fc.dictionary(fc.oneof(fc.constantFrom('.', '.', ''), folderPath), patternText, { maxKeys: 5 });
