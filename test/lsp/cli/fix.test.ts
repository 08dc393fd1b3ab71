import assert from 'node:assert/strict';
import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { article, CLEAN, fromPage, LIST, MISSPELT, temporaryFolder } from './support.ts';

const INVALID = fromPage(article('<p><a href="ttps://harbour.example/">The harbour</a> <a href="">x</a></p>'), 'quay');
/** `CLEAN` from another page, to lie beside the others. */
const BESIDE = fromPage(CLEAN, 'boat');

describe('marginalia check --fix', () => {
	const folder = temporaryFolder();
	const read = (name: string): string => readFileSync(join(folder.path, name), 'utf8');

	it('applies safe fixes, reports the remaining problems, and is idempotent', async () => {
		folder.put({ '1.md': MISSPELT, '2.md': INVALID, '3.md': BESIDE, 'list.md': LIST });
		const { stdout, stderr, code } = await folder.check('--fix');
		assert.equal(stderr, 'marginalia: 2 problems fixed in 2 files\n');
		assert.match(
			stdout,
			/^2\.md\n {2}5:\d+ {2}warning {2}link\/empty .*\n.*\n.*\n\n3 articles and 1 list checked: 1 warning in 1 file\n$/,
		);
		assert.equal(code, 1);
		assert.equal(read('1.md'), MISSPELT.replace('pudate', 'pubdate'));
		assert.equal(read('2.md'), INVALID.replace('"ttps:', '"https:'));
		assert.equal(read('3.md'), BESIDE);
		assert.equal(read('list.md'), LIST);
		assert.deepEqual(await folder.check('--fix'), { stdout, stderr: '', code });
		assert.deepEqual(readdirSync(folder.path).sort(), ['1.md', '2.md', '3.md', 'list.md']);
	});

	it('does not fix files with merge conflicts, and reports them', async () => {
		const broken = MISSPELT.replace('\n\n', '\n\n<<<<<<< HEAD\n<p>a</p>\n=======\n<p>b</p>\n>>>>>>> other\n');
		const whole = fromPage(MISSPELT, 'barge');
		folder.put({ '1.md': broken, '2.md': whole });
		const { stdout, stderr, code } = await folder.check('--fix');
		assert.equal(
			stderr,
			'marginalia: 1.md: was not fixed: it has merge conflicts\nmarginalia: 1 problem fixed in 1 file\n',
		);
		assert.match(stdout, /^1\.md\n {2}5:1 +error +article\/conflict /);
		assert.equal(code, 1);
		assert.deepEqual([read('1.md'), read('2.md')], [broken, whole.replace('pudate', 'pubdate')]);
	});

	it('keeps byte order mark, CRLF and permissions', async () => {
		const before = `\ufeff${MISSPELT.replaceAll('\n', '\r\n')}`;
		folder.put({ 'real/1.md': before });
		chmodSync(join(folder.path, 'real/1.md'), 0o640);
		const { code } = await folder.check('--fix', 'real/1.md');
		assert.equal(code, 0);
		assert.equal(read('real/1.md'), before.replace('pudate', 'pubdate'));
		assert.equal(statSync(join(folder.path, 'real/1.md')).mode & 0o777, 0o640);
	});

	it('never writes through a symbolic link', async () => {
		folder.put({ 'outside/1.md': MISSPELT, 'archive/articles/a/2.md': MISSPELT });
		for (const [target, path] of [
			['../../outside/1.md', 'archive/articles/1.md'],
			['a/2.md', 'archive/articles/3.md'],
			['../../outside', 'archive/articles/linked'],
		] as const)
			symlinkSync(target, join(folder.path, path));
		const { stderr, code } = await folder.check('--fix', 'archive', 'archive/articles/linked/1.md');
		assert.equal(code, 2);
		assert.deepEqual(stderr.trimEnd().split('\n'), [
			`marginalia: archive/articles/1.md: could not be fixed: it is a symbolic link to ${folder.path}/outside/1.md, and files are not written through symbolic links`,
			`marginalia: archive/articles/3.md: could not be fixed: it is a symbolic link to ${folder.path}/archive/articles/a/2.md, and files are not written through symbolic links`,
			`marginalia: archive/articles/linked/1.md: could not be fixed: it is behind the symbolic link ${folder.path}/archive/articles/linked, which points outside the archive, to ${folder.path}/outside`,
			'marginalia: 1 problem fixed in 1 file',
		]);
		assert.equal(read('outside/1.md'), MISSPELT);
		assert.deepEqual(readdirSync(join(folder.path, 'outside')), ['1.md']);
		for (const path of ['archive/articles/1.md', 'archive/articles/3.md', 'archive/articles/linked'])
			assert.ok(lstatSync(join(folder.path, path)).isSymbolicLink(), path);
	});

	it('reports a file that cannot be written, and does not change it', async function () {
		if (process.getuid?.() === 0) return this.skip();
		folder.put({ '1.md': MISSPELT });
		chmodSync(join(folder.path, '1.md'), 0o440);
		const { stderr, code } = await folder.check('--fix');
		assert.match(stderr, /^marginalia: 1\.md: could not be fixed: .*permission denied\n$/);
		assert.equal(code, 2);
		assert.equal(read('1.md'), MISSPELT);
	});

	it('does not fix ignored URLs and rules that are off', async () => {
		folder.put({
			'marginalia.json': '{ "rules": { "html/misspelt": "off" }, "ignore": { "urls": ["ttps://harbour.example/"] } }',
			'1.md': MISSPELT,
			'2.md': INVALID,
		});
		const { stderr } = await folder.check('--fix');
		assert.equal(stderr, '');
		assert.deepEqual([read('1.md'), read('2.md')], [MISSPELT, INVALID]);
	});
});

describe('marginalia check with a marginalia.json', () => {
	const folder = temporaryFolder();

	it('uses the nearest configuration', async () => {
		folder.put({
			'marginalia.json': '{ "rules": { "html/misspelt": "error" } } // 严格\n',
			'articles/old/1.md': MISSPELT,
			'articles/new/1.md': fromPage(MISSPELT, 'barge'),
			'articles/new/marginalia.json': '{ "ignore": { "rules": { "*": ["html/*"] } } }',
		});
		const { stdout, stderr, code } = await folder.check();
		assert.match(
			stdout,
			/^articles\/old\/1\.md\n {2}5:7 {2}error {2}html\/misspelt .*\n.*\n.*\n\n2 articles checked: 1 error in 1 file\n$/,
		);
		assert.deepEqual([stderr, code], ['', 1]);
		assert.equal((await folder.check('articles/new')).code, 0);
	});

	it('reports its faults, and continues', async () => {
		folder.put({
			'marginalia.json': '{\n\t"rules": { "link/splitt": "off", "html/misspelt": "off" }\n}\n',
			'1.md': MISSPELT,
		});
		assert.deepEqual(await folder.check(), {
			stdout: '1 article checked: no problems\n',
			stderr: 'marginalia: marginalia.json:2:13: warning: Unknown rule "link/splitt"\n',
			code: 0,
		});
	});

	it('fails if it is not valid JSON, uses the defaults, and fixes nothing', async () => {
		folder.put({ 'marginalia.json': '{\n\t"rules": off\n}\n', '1.md': MISSPELT, '2.md': MISSPELT });
		const { stdout, stderr, code } = await folder.check('--fix');
		assert.equal(
			stderr,
			'marginalia: marginalia.json:2:11: error: This is not valid JSON: invalid symbol; the defaults apply\n',
		);
		assert.equal(code, 2);
		assert.match(stdout, /2 hints in 2 files/);
		assert.equal(readFileSync(join(folder.path, '1.md'), 'utf8'), MISSPELT);
	});
});
