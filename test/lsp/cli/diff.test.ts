import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { article, BIN, marginalia, type Outcome, temporaryFolder } from './support.ts';

const README = resolve(import.meta.dirname, '../../../README.md');
const BEFORE = article(
	'<h2>The harbour</h2><p>One boat left at eleven.</p><!-- note: ask the pilot --><figure><img src="a.jpg"><figcaption>The dike at low tide.</figcaption></figure><p>Nobody was on the pier.</p>',
);
const AFTER = article(
	'<h2>The harbour</h2><p>One boat left at noon.</p><!-- note: ask the pilot --><figure><img src="a.jpg"><figcaption>The dike at high tide.</figcaption></figure><p>Nobody was on the pier.</p>',
);
const BLOCKS = [
	'@@ -5:21 +5:21 @@ The harbour',
	'<h2>The harbour</h2>',
	'<p>One boat left at [-eleven-]{+noon+}.</p>',
	'<!-- note: ask the pilot -->',
	'<figure><img src="a.jpg">',
	'<figcaption>The dike at [-low-]{+high+} tide.</figcaption>',
	'</figure>',
	'<p>Nobody was on the pier.</p>',
];

describe('marginalia diff', () => {
	const folder = temporaryFolder();
	const diff = (args: readonly string[], input?: string, env?: NodeJS.ProcessEnv): Promise<Outcome> =>
		marginalia(['diff', ...args], { cwd: folder.path, ...(input === undefined ? {} : { input }), ...(env && { env }) });

	it('shows the changed blocks of one-line articles, with the changed words marked', async () => {
		folder.put({ 'a.md': BEFORE, 'b.md': AFTER });
		const { stdout, stderr, code } = await diff(['-U1', 'a.md', 'b.md']);
		assert.deepEqual(stdout.split('\n'), ['--- a.md', '+++ b.md', ...BLOCKS.slice(0, -1), '']);
		assert.deepEqual([stderr, code], ['', 1]);
	});

	it('reads one version from standard input, and colours changes, notes and captions', async () => {
		folder.put({ 'a.md': BEFORE });
		const { stdout, code } = await diff(['a.md', '-'], AFTER, { FORCE_COLOR: '1' });
		assert.equal(code, 1);
		const control = '\u001b[';
		for (const [name, text] of [
			['31', 'eleven'],
			['32', 'noon'],
			['35', '<!-- note: ask the pilot -->'],
			['33', ' tide.</figcaption>'],
		])
			assert.ok(stdout.includes(`${control}${name}m${text}${control}39m`), `${text} in colour ${name}: ${stdout}`);
	});

	it('says that a version differs only in its lines', async () => {
		folder.put({
			'a.md': BEFORE,
			'b.md': BEFORE,
			'crlf.md': BEFORE.replaceAll('\n', '\r\n'),
			'open.md': BEFORE.trimEnd(),
		});
		await marginalia(['format', 'b.md'], { cwd: folder.path });
		for (const name of ['b.md', 'crlf.md', 'open.md'])
			assert.deepEqual(await diff(['a.md', name]), {
				stdout: '',
				stderr: `marginalia: ${name}: differs only in line breaks and indentation\n`,
				code: 0,
			});
		assert.deepEqual(await diff(['a.md', 'a.md']), { stdout: '', stderr: '', code: 0 });
	});

	it('colours a line full of comments without an end in linear time', async () => {
		const body = '<!-- '.repeat(100_000);
		folder.put({ 'a.md': article(body), 'b.md': article(`${body}x`) });
		const started = performance.now();
		assert.equal((await diff(['-U0', 'a.md', 'b.md'], undefined, { FORCE_COLOR: '1' })).code, 1);
		assert.ok(performance.now() - started < 30_000);
	});

	it('shows no control characters of an article', async () => {
		folder.put({ 'a.md': BEFORE, 'b.md': BEFORE.replace('pier', '\u001b[2Jpier') });
		const { stdout } = await diff(['-U0', 'a.md', 'b.md']);
		assert.ok(stdout.includes('\\u001b'), stdout);
		assert.ok(!stdout.includes('\u001b'));
	});

	it('says what cannot be compared, and why', async () => {
		folder.put({ 'a.md': BEFORE, 'gbk.md': Buffer.from([...Buffer.from(BEFORE), 0xb5, 0xc6, 0xcb, 0xfe]) });
		assert.deepEqual(await diff(['a.md', 'missing.md']), {
			stdout: '',
			stderr: 'marginalia: missing.md: does not exist\n',
			code: 2,
		});
		assert.equal((await diff(['a.md', '.'])).stderr, 'marginalia: .: is a folder\n');
		assert.match((await diff(['a.md', 'gbk.md'])).stderr, /^marginalia: gbk\.md: is not UTF-8: byte 0xB5 in line 6\n$/);
		assert.equal((await diff(['--encoding', 'gbk', '-U0', 'a.md', 'gbk.md'])).code, 1);
		assert.match((await diff(['-', '-'], BEFORE)).stderr, /only one version can be read from standard input/);
		assert.equal((await diff(['-U', 'x', 'a.md', 'a.md'])).code, 2);
	});
});

describe('marginalia textconv', () => {
	const folder = temporaryFolder();
	const git = (...args: readonly string[]): string =>
		execFileSync('git', ['-C', folder.path, '-c', 'user.name=A', '-c', 'user.email=a@b.example', ...args], {
			encoding: 'utf8',
		});

	it('makes git compare, log and show block by block', () => {
		folder.put({ 'a.md': BEFORE, '.gitattributes': '*.md diff=article\n' });
		git('init', '-q');
		// As the README tells, with this program.
		git('config', 'diff.article.textconv', `'${process.execPath}' '${BIN}' textconv --`);
		git('config', 'diff.article.xfuncname', '^(<h[1-6].*)');
		git('config', 'difftool.marginalia.cmd', `'${process.execPath}' '${BIN}' diff "$LOCAL" "$REMOTE"`);
		git('add', '.');
		git('commit', '-qm', 'one');
		folder.put({ 'a.md': AFTER });
		const changes = ['-<p>One boat left at eleven.</p>', '+<p>One boat left at noon.</p>'];
		const lines = git('diff', '-U0').split('\n');
		assert.deepEqual(lines.slice(4), [
			'@@ -6 +6 @@ <h2>The harbour</h2>',
			...changes,
			'@@ -9 +9 @@ <h2>The harbour</h2>',
			'-<figcaption>The dike at low tide.</figcaption>',
			'+<figcaption>The dike at high tide.</figcaption>',
			'',
		]);
		const words = git('difftool', '--no-prompt', '--tool=marginalia').split('\n').slice(3);
		// Three lines of context, as in git.
		assert.deepEqual(words, ['------', '', ...BLOCKS.slice(1), '']);
		git('commit', '-qam', 'two');
		for (const shown of [git('log', '-p', '-1', '-U0'), git('show', '-U0')])
			for (const change of changes) assert.ok(shown.split('\n').includes(change), shown);
	});

	it('compares files whose names look like options', () => {
		folder.put({ '-a.md': BEFORE, '.gitattributes': '*.md diff=article\n' });
		git('init', '-q');
		const [, command = ''] = /diff\.article\.textconv '(.*)'/.exec(readFileSync(README, 'utf8')) ?? [];
		git('config', 'diff.article.textconv', command.replace('marginalia', `'${process.execPath}' '${BIN}'`));
		git('add', '.');
		git('commit', '-qm', 'one');
		folder.put({ '-a.md': AFTER });
		assert.ok(git('diff', '-U0').includes('\n+<p>One boat left at noon.</p>\n'));
	});

	it('prints an article with each block on a line of its own, and other files as they are', async () => {
		folder.put({ 'a.md': article('<p>a</p><p>船</p>'), 'b.md': Buffer.from([0xff, 0x00, 0x0a]) });
		const textconv = (name: string): Promise<Outcome> => marginalia(['textconv', name], { cwd: folder.path });
		const laidOut = article('<p>a</p>\n<p>船</p>');
		assert.deepEqual(await textconv('a.md'), { stdout: laidOut, stderr: '', code: 0 });
		assert.equal((await textconv('b.md')).stdout, '\ufffd\u0000\n');
		assert.deepEqual(await textconv('c.md'), { stdout: '', stderr: 'marginalia: c.md: does not exist\n', code: 2 });
	});
});
