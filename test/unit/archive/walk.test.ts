import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { excludesOf, NOTHING_EXCLUDED } from '../../../server/src/archive/excludes.ts';
import { isExcluded, isSkipped, walk } from '../../../server/src/archive/walk.ts';
import { nodeFileSystem } from '../../../server/src/node/fileSystem.ts';
import type { FileSystem, FolderEntry } from '../../../server/src/platform.ts';
import { walked, walkedFolder } from '../../support/walks.ts';

// test/lsp/gitIgnore.test.ts compares with git.
describe('walking a folder', () => {
	const { at, put, uriOf, byCommandLine, opened, byIndex } = walkedFolder();

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
		symlinkSync('../a/patterns', at('b/.gitignore'));
		symlinkSync('../a', at('b/folder'));
		symlinkSync('../a/1.md', at('b/link.md'));
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

	it('excludes nothing by a glob that stands for too many', () => {
		const excludes = excludesOf(uriOf(''), ['{a,b}'.repeat(40), `{${'x{a,b}'.repeat(40)},a}`, '{,{a.bak,{c,d}.bak}}']);
		assert.equal(excludes(at('a'.repeat(40)), false), false);
		assert.deepEqual(
			['a.bak', 'c.bak', 'd.bak', 'b.bak'].filter(name => excludes(at(name), false)),
			['a.bak', 'c.bak', 'd.bak'],
		);
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
