import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { rmSync, symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { article, CLEAN, fromPage, MISSPELT, type Report, temporaryFolder } from './support.ts';

const NOT_AN_ARTICLE =
	'is neither an article nor a list: an article starts with <!--milliseconds--> or front matter, [title](URL) and a line of dashes; a list with its title, dashes and [title](/path) lines';

describe('files of marginalia check', () => {
	const folder = temporaryFolder();

	it('recognises articles by their content, whatever their names', async () => {
		folder.put({
			'1.md': CLEAN,
			'2.txt': CLEAN,
			'3': CLEAN,
			'4.html': CLEAN,
			'sub/page.html': '<!DOCTYPE html><title>x</title>',
			'picture.png': Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0xff, 0x00),
			'empty.md': '',
			'notes.md': '# Notes\n\nPlain Markdown.\n',
		});
		assert.deepEqual(await folder.checked([]), ['1.md', '2.txt', '3', '4.html']);
	});

	it('keeps the order of the arguments, sorts folders by name, and checks each file once', async () => {
		folder.put({ 'b/2.md': CLEAN, 'b/10.md': CLEAN, 'b/1/9.md': CLEAN, 'a/1.md': CLEAN, 'c.md': CLEAN });
		assert.deepEqual(await folder.checked(['c.md', 'b', './a/', 'b/2.md', '.']), [
			...['c.md', 'b/1/9.md', 'b/10.md', 'b/2.md', './a/1.md'],
		]);
		assert.deepEqual(await folder.checked([folder.path]), [
			...['a/1.md', 'b/1/9.md', 'b/10.md', 'b/2.md', 'c.md'].map(name => `${folder.path}/${name}`),
		]);
	});

	it('keeps the order while files are read in parallel', async () => {
		const names = Array.from({ length: 200 }, (_, index) => `${1000 + index}.md`);
		for (const [index, name] of names.entries())
			folder.put({ [name]: article('<p>渡轮</p>'.repeat((index * 7919) % 4000)) });
		assert.deepEqual(await folder.checked([]), names);
	});

	it('skips files ignored by .gitignore, node_modules and .git', async () => {
		folder.put({
			'.git/1.md': CLEAN,
			'node_modules/x/1.md': CLEAN,
			'.gitignore': '/out/\n*.draft.md\n!kept.draft.md\n',
			'out/1.md': CLEAN,
			'a/1.draft.md': CLEAN,
			'a/kept.draft.md': CLEAN,
			'a/out/1.md': CLEAN,
			'a/.gitignore': '# nothing but\n2.md\n',
			'a/2.md': CLEAN,
			'b/2.md': CLEAN,
			'.hidden/1.md': CLEAN,
		});
		assert.deepEqual(await folder.checked([]), ['.hidden/1.md', 'a/kept.draft.md', 'a/out/1.md', 'b/2.md']);
		assert.deepEqual(await folder.checked(['a']), ['a/kept.draft.md', 'a/out/1.md'], 'the root counts for a subfolder');
		assert.deepEqual(await folder.checked(['out', 'a/1.draft.md']), ['out/1.md', 'a/1.draft.md'], 'named ones count');
	});

	it('handles circular symbolic links, and follows links to files', async () => {
		folder.put({ 'a/1.md': CLEAN });
		symlinkSync('..', join(folder.path, 'a/loop'));
		symlinkSync('1.md', join(folder.path, 'a/2.md'));
		symlinkSync('a', join(folder.path, 'linked'));
		assert.deepEqual(await folder.checked([]), ['a/1.md', 'a/2.md']);
		assert.deepEqual(await folder.checked(['linked']), ['linked/1.md', 'linked/2.md']);
	});

	it('reads lists of files, separated by line breaks or NUL', async () => {
		folder.put({ '1.md': CLEAN, 'two words.md': CLEAN, 'line\nbreak.md': CLEAN, '-dash.md': CLEAN, 'x.txt': 'plain' });
		const lines = ['1.md\r\n', 'two words.md\n', 'x.txt\n', '\n', '-dash.md'].join('');
		assert.deepEqual(await folder.checked(['--files-from', '-'], lines), ['1.md', 'two words.md', '-dash.md']);
		folder.put({ 'files.list': 'line\nbreak.md\0two words.md\0' });
		assert.deepEqual(await folder.checked(['--files-from', 'files.list', '1.md']), [
			...['1.md', 'line\nbreak.md', 'two words.md'],
		]);
	});

	it('accepts an empty list of files', async () => {
		assert.deepEqual(await folder.check('--files-from', '-'), {
			stdout: '0 articles checked: no problems\n',
			stderr: '',
			code: 0,
		});
	});

	it('fails if there are no articles', async () => {
		folder.put({ 'README.md': '# Nothing here\n', 'empty/.keep': '' });
		const { stdout, stderr, code } = await folder.check();
		assert.equal(stdout, '0 articles checked: no problems\n');
		assert.match(
			stderr,
			/^marginalia: \.: no articles or lists found \(2 other files skipped\); an article starts with /,
		);
		assert.equal(code, 2);
		rmSync(join(folder.path, 'empty/.keep'));
		assert.match((await folder.check('empty')).stderr, /^marginalia: empty: no articles or lists found \(no files\); /);
	});
});

describe('errors of marginalia check', () => {
	const folder = temporaryFolder();

	/** Checks, beside a good article, one thing that cannot be checked. */
	async function failure(name: string, ...args: string[]): Promise<string> {
		folder.put({ 'zz.md': fromPage(MISSPELT, 'boat') });
		const { stdout, stderr, code } = await folder.check(...(args.length > 0 ? args : [name, 'zz.md']));
		assert.ok(stdout.endsWith('\n1 article checked: 1 hint in 1 file; 1 file could not be checked\n'), stdout);
		assert.equal(code, 2);
		const prefix = `marginalia: ${name}: `;
		assert.ok(stderr.startsWith(prefix) && stderr.indexOf('\n') === stderr.length - 1, stderr);
		return stderr.slice(prefix.length, -1);
	}

	it('reports a file that does not exist', async () => {
		assert.equal(await failure('no/such.md'), 'does not exist');
	});

	it('reports a file that is not an article', async () => {
		folder.put({ 'notes.md': '# Notes\n', 'picture.png': Uint8Array.of(0x89, 0x50, 0xff) });
		assert.equal(await failure('notes.md'), NOT_AN_ARTICLE);
		assert.equal(await failure('picture.png'), NOT_AN_ARTICLE);
	});

	it('reports broken and circular symbolic links, even in a folder', async () => {
		symlinkSync('nowhere.md', join(folder.path, 'dangling.md'));
		assert.equal(await failure('dangling.md'), 'is a broken symbolic link');
		assert.equal(await failure('dangling.md', '.'), 'is a broken symbolic link');
		rmSync(join(folder.path, 'dangling.md'));
		symlinkSync('circle.md', join(folder.path, 'circle.md'));
		assert.equal(await failure('circle.md'), 'is a symbolic link that points to itself');
	});

	it('does not wait for a named pipe', async function () {
		if (process.platform === 'win32') return this.skip();
		execFileSync('mkfifo', [join(folder.path, 'pipe.md')]);
		assert.equal(await failure('pipe.md'), 'is not a regular file');
		rmSync(join(folder.path, 'zz.md'));
		folder.put({ '1.md': CLEAN });
		assert.deepEqual(await folder.checked([]), ['1.md']);
	});

	it('reports an article that is not UTF-8', async () => {
		const [header = '', body = ''] = CLEAN.split('The last');
		folder.put({ 'gbk.md': Buffer.concat([Buffer.from(header), Uint8Array.of(0xb6, 0xc9), Buffer.from(body)]) });
		assert.equal(await failure('gbk.md'), 'is not UTF-8: byte 0xB6 in line 5');
		folder.put({ 'cut.md': Buffer.from(`${CLEAN}渡`).subarray(0, -1) });
		rmSync(join(folder.path, 'gbk.md'));
		assert.match(await failure('cut.md', '.'), /^is not UTF-8: byte 0xE6 in line 6$/);
		rmSync(join(folder.path, 'cut.md'));
	});

	it('reports an article that is too large, and reads only its start', async () => {
		folder.put({ 'huge.md': CLEAN });
		truncateSync(join(folder.path, 'huge.md'), 3 * 1024 ** 3);
		assert.equal(await failure('huge.md'), 'is too large to be an article: 3072 MB, where 50 MB is the limit');
	});

	it('skips other large files', async () => {
		folder.put({ 'film.mp4': Uint8Array.of(0, 0, 0, 0x18), '1.md': CLEAN });
		truncateSync(join(folder.path, 'film.mp4'), 3 * 1024 ** 3);
		assert.deepEqual(await folder.checked([]), ['1.md']);
	});

	it('lists failures in JSON', async () => {
		const { stdout, stderr, code } = await folder.check('--format', 'json', 'a', 'b');
		assert.equal(stderr, 'marginalia: a: does not exist\nmarginalia: b: does not exist\n');
		assert.equal(code, 2);
		const { files, failures, summary } = JSON.parse(stdout) as Report;
		assert.deepEqual(files, []);
		assert.deepEqual(failures, [
			{ path: 'a', reason: 'does not exist' },
			{ path: 'b', reason: 'does not exist' },
		]);
		assert.equal(summary.failures, 2);
	});

	it('fails if a list of files cannot be read', async () => {
		const outcome = await folder.check('--files-from', 'no.list');
		assert.deepEqual(outcome, { stdout: '', stderr: 'marginalia: no.list: does not exist\n', code: 2 });
	});
});
