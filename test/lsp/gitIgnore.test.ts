import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import fc from 'fast-check';
import { NOTHING_EXCLUDED } from '../../server/src/archive/excludes.ts';
import { isExcluded } from '../../server/src/archive/walk.ts';
import { decodeName } from '../../server/src/node/fileName.ts';
import { runs } from '../support/runs.ts';
import { walkedFolder } from '../support/walks.ts';

/** Git without what the user and the machine have set. */
const GIT_ENVIRONMENT = {
	...process.env,
	GIT_CONFIG_GLOBAL: '/dev/null',
	GIT_CONFIG_NOSYSTEM: '1',
	XDG_CONFIG_HOME: '/nowhere',
	GIT_CEILING_DIRECTORIES: tmpdir(),
};

describe('walking a folder with patterns of git', () => {
	const { at, put, uriOf, byCommandLine, opened, byIndex } = walkedFolder();
	const git = (args: readonly string[], cwd = at()): string =>
		decodeName(execFileSync('git', args, { cwd, env: GIT_ENVIRONMENT, stdio: ['ignore', 'pipe', 'pipe'] }));
	const skipWithoutGit = (test: Mocha.Context): void => {
		if (spawnSync('git', ['--version']).error) {
			console.log('        git is not installed here');
			test.skip();
		}
	};
	const listed = (...options: readonly string[]): readonly string[] =>
		git(['ls-files', '-co', ...options, '-z'])
			.split('\0')
			.filter(path => path !== '')
			.sort();
	/** What git would add, or has added. */
	const byGit = (): readonly string[] => listed('--exclude-standard');

	it('finds the files that git would add, in command line and index', async function () {
		skipWithoutGit(this);
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
			{ numRuns: runs(12) },
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
		git(['init', '-q', '.'], at('main'));
		git(['init', '-q', '.'], at('outer'));
		const commit = ['-c', 'user.name=A', '-c', 'user.email=a@example', 'commit', '-qm', 'One'];
		git(['add', '.'], at('main'));
		git(commit, at('main'));
		git(['worktree', 'add', '-q', '../tree'], at('main'));
		git(['-c', 'protocol.file.allow=always', 'submodule', '-q', 'add', '../main', 'sub'], at('outer'));
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
