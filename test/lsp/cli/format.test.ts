import assert from 'node:assert/strict';
import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { article, LIST, marginalia, type Outcome, temporaryFolder } from './support.ts';

const COLLAPSED = article('<section><p>The boat</p><p>船</p></section>');
const EXPANDED = article('<section>\n\t<p>The boat</p>\n\t<p>船</p>\n</section>');

describe('marginalia format', () => {
	const folder = temporaryFolder();
	const format = (...args: string[]): Promise<Outcome> => marginalia(['format', ...args], { cwd: folder.path });
	const read = (name: string): string => readFileSync(join(folder.path, name), 'utf8');

	it('expands and lists the articles of a folder, and changes no other files', async () => {
		folder.put({ 'a/1.md': COLLAPSED, 'a/2.txt': EXPANDED, 'lists/x.md': LIST, 'notes.md': '# Notes\n' });
		const first = await format();
		assert.deepEqual(first, { stdout: 'a/1.md\n', stderr: 'marginalia: 1 of 2 articles changed\n', code: 0 });
		assert.equal(read('a/1.md'), EXPANDED);
		assert.equal(read('lists/x.md'), LIST);
		assert.equal(read('notes.md'), '# Notes\n');
		assert.deepEqual((await format()).stdout, '');
		assert.deepEqual(readdirSync(join(folder.path, 'a')), ['1.md', '2.txt']);
	});

	it('collapses them again, byte for byte', async () => {
		const marked = `\uFEFF${COLLAPSED.replaceAll('\n', '\r\n')}`;
		folder.put({ '1.md': EXPANDED, 'marked.md': marked });
		await format('--indent', '4', 'marked.md');
		assert.equal(read('marked.md'), `\uFEFF${EXPANDED.replaceAll('\n', '\r\n').replaceAll('\t', '    ')}`);
		assert.equal((await format('--collapse', '1.md', 'marked.md')).stdout, '1.md\nmarked.md\n');
		assert.equal(read('1.md'), COLLAPSED);
		assert.equal(read('marked.md'), marked);
	});

	it('reports what would change with --check', async () => {
		folder.put({ '1.md': COLLAPSED });
		assert.deepEqual(await format('--check'), {
			stdout: '1.md\n',
			stderr: 'marginalia: 1 of 1 article would change\n',
			code: 1,
		});
		assert.equal(read('1.md'), COLLAPSED);
		assert.equal((await format('--check', '--collapse')).code, 0);
	});

	it('does not format articles with merge conflicts, reports them, and fails', async () => {
		const conflict = '<<<<<<< HEAD\n<p>a</p>\n=======\n<p>b</p>\n>>>>>>> other';
		const broken = article(`<div><p>x</p></div>\n${conflict}`);
		const inHeader = `<<<<<<< HEAD\n${COLLAPSED}=======\n${EXPANDED}>>>>>>> other\n`;
		folder.put({ '1.md': broken, '2.md': COLLAPSED, '3.md': inHeader });
		const reason = (path: string, line: number): string =>
			`marginalia: ${path}: was not formatted: it has a merge conflict on line ${line}; resolve it first\n`;
		const stderr = `${reason('1.md', 6)}${reason('3.md', 1)}marginalia: 1 of 3 articles`;
		assert.deepEqual(await format('--check'), { stdout: '2.md\n', stderr: `${stderr} would change\n`, code: 2 });
		assert.deepEqual(await format(), { stdout: '2.md\n', stderr: `${stderr} changed\n`, code: 2 });
		assert.equal((await format('--collapse')).code, 2);
		assert.deepEqual([read('1.md'), read('2.md'), read('3.md')], [broken, COLLAPSED, inHeader]);
	});

	it('does not format Markdown bodies, reports them, and fails only for named files', async () => {
		const markdown = article('First **words**.\n\n## Head\n\nMore.');
		folder.put({ '1.md': markdown, '2.md': EXPANDED });
		const reason = 'was not formatted: it has a body in Markdown instead of HTML';
		for (const options of [[], ['--collapse'], ['--check'], ['--check', '--collapse']]) {
			const { stderr, code } = await format(...options, '1.md');
			assert.deepEqual([stderr.split('\n')[0], code], [`marginalia: 1.md: ${reason}`, 2]);
		}
		const { stdout, stderr, code } = await format();
		assert.deepEqual(
			[stdout, stderr, code],
			['', `marginalia: 1.md: ${reason}\nmarginalia: 0 of 2 articles changed\n`, 0],
		);
		assert.equal(read('1.md'), markdown);
	});

	it('never writes through a symbolic link, and keeps permissions', async () => {
		folder.put({ 'real.md': COLLAPSED });
		chmodSync(join(folder.path, 'real.md'), 0o640);
		symlinkSync('real.md', join(folder.path, 'link.md'));
		assert.deepEqual(await format('link.md'), {
			stdout: '',
			stderr: `marginalia: link.md: could not be formatted: it is a symbolic link to ${folder.path}/real.md, and files are not written through symbolic links\nmarginalia: 0 of 1 article changed\n`,
			code: 2,
		});
		assert.ok(lstatSync(join(folder.path, 'link.md')).isSymbolicLink());
		assert.equal(read('real.md'), COLLAPSED);
		assert.equal((await format('real.md')).code, 0);
		assert.equal(read('real.md'), EXPANDED);
		assert.equal(statSync(join(folder.path, 'real.md')).mode & 0o777, 0o640);
	});

	it('does not write files in other encodings, and continues with the others', async () => {
		const latin = Buffer.concat([Buffer.from(COLLAPSED), Buffer.from([0xe9])]);
		folder.put({ '1.md': latin, '2.md': COLLAPSED });
		const { stdout, stderr, code } = await format();
		assert.equal(stdout, '2.md\n');
		assert.match(stderr, /^marginalia: 1\.md: is not UTF-8: byte 0xE9 in line 6$/m);
		assert.equal(code, 2);
		assert.deepEqual(readFileSync(join(folder.path, '1.md')), latin);
	});

	it('reports why there is nothing to do', async () => {
		folder.put({ 'notes.md': '# Notes\n' });
		const none = await format();
		assert.match(none.stderr, /no articles or lists found \(1 other file skipped\)/);
		assert.equal(none.code, 2);
		const named = await format('notes.md', 'missing.md');
		assert.match(named.stderr, /notes\.md: is neither an article nor a list/);
		assert.match(named.stderr, /missing\.md: does not exist/);
		assert.equal(named.code, 2);
		assert.equal((await format('--indent', 'x')).code, 2);
	});

	it('reads the files from a list', async () => {
		folder.put({ '1.md': COLLAPSED, '2.md': COLLAPSED });
		const { stdout } = await marginalia(['format', '--files-from', '-'], { cwd: folder.path, input: '2.md\0' });
		assert.equal(stdout, '2.md\n');
		assert.equal(read('1.md'), COLLAPSED);
	});
});
