import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { ROOT } from '../../../scripts/host/paths.ts';
import { article, CLEAN, fromPage, LIST, MISSPELT, marginalia, start, temporaryFolder } from './support.ts';

describe('marginalia', () => {
	it('prints its version', async () => {
		const { version } = JSON.parse(readFileSync(join(ROOT, 'server/package.json'), 'utf8')) as { version: string };
		assert.deepEqual(await marginalia(['--version']), { stdout: `${version}\n`, stderr: '', code: 0 });
	});

	it('prints help', async () => {
		const help = await marginalia(['--help']);
		assert.equal(help.code, 0);
		assert.match(help.stdout, /^Usage: marginalia .*check \[options\] \[paths\.\.\.\].*lsp/s);
		assert.deepEqual(await marginalia(['help']), help);
		assert.match((await marginalia(['check', '--help'])).stdout, /Exit code: 0 no problems; 1 errors/);
	});

	it('prints usage without a command, and fails', async () => {
		const { stdout, stderr, code } = await marginalia([]);
		assert.deepEqual([stdout, code], ['', 2]);
		assert.match(stderr, /^Usage: marginalia /);
	});

	const wrong: [args: string[], message: RegExp][] = [
		[['chekc'], /^error: unknown command 'chekc'\n\(Did you mean check\?\)\n/],
		[['check', '--formt', 'json'], /^error: unknown option '--formt'\n\(Did you mean --format\?\)\n/],
		[
			['check', '--format', 'xml'],
			/^error: option '--format <format>' argument 'xml' is invalid\. Allowed choices are pretty, json, sarif, github\.\n/,
		],
		[['check', '--max-warnings', 'few'], /argument 'few' is invalid\. It must be a whole number\.\n/],
		[['check', '--timeout', '0'], /argument '0' is invalid\. It must be a whole number above 0\.\n/],
		[['check', '--max-warnings'], /^error: option '--max-warnings <n>' argument missing\n/],
		[['lsp', '--tcp'], /^error: unknown option '--tcp'\n/],
	];
	for (const [args, message] of wrong) {
		it(`rejects \`${args.join(' ')}\``, async () => {
			const { stdout, stderr, code } = await marginalia(args);
			assert.match(stderr, message);
			assert.deepEqual([stdout, code], ['', 2]);
		});
	}
});

describe('marginalia check', () => {
	const folder = temporaryFolder();

	it('reports no problems in a clean archive', async () => {
		folder.put({ 'articles/harbour/1001.md': CLEAN, 'lists/harbour.md': LIST, 'README.md': '# An archive\n' });
		assert.deepEqual(await folder.check(), {
			stdout: '1 article and 1 list checked: no problems\n',
			stderr: '',
			code: 0,
		});
	});

	it('checks files with merge conflicts', async () => {
		const conflict = (ours: string, theirs: string): string => `<<<<<<< HEAD\n${ours}=======\n${theirs}>>>>>>> other\n`;
		const [time = '', title = ''] = CLEAN.split('\n');
		const rest = CLEAN.slice(time.length + title.length + 2);
		folder.put({
			'a/1.md': `${conflict(`${time}\n${title}\n`, `<!--1639640222000-->\n[B](https://harbour.example/b)\n`)}${rest}`,
			'a/2.md': fromPage(CLEAN, '2').replace('<p>', `${conflict('<p>a</p>\n', '<p>b</p>\n')}<p>`),
			'a/3.md': fromPage(CLEAN, '3'),
			'a/3.md.annotations.jsonld': conflict('[]\n', '[ ]\n'),
			'a/4.md': conflict(fromPage(CLEAN, '4'), '# Notes\n'),
			'lists/harbour.md': LIST.replace(/^12-16.*\n/m, entry => conflict(entry, entry.replace('16', '17'))),
			'articles/harbour/1001.md': fromPage(CLEAN, '5'),
			'README.md': '# Notes\n',
		});
		const { stdout, stderr, code } = await folder.check('--format', 'json');
		assert.deepEqual([stderr, code], ['', 1]);
		const { files } = JSON.parse(stdout) as {
			files: { path: string; problems: { rule: string; line: number; severity: string }[] }[];
		};
		assert.deepEqual(
			Object.fromEntries(
				files.map(({ path, problems }) => [
					path,
					problems.map(({ rule, line, severity }) => `${line} ${severity} ${rule}`),
				]),
			),
			{
				'a/1.md': ['1 error article/conflict'],
				'a/2.md': ['5 error article/conflict'],
				'a/3.md': [],
				'a/3.md.annotations.jsonld': ['1 error article/conflict'],
				'a/4.md': ['1 error article/conflict'],
				'articles/harbour/1001.md': [],
				'lists/harbour.md': ['4 error article/conflict'],
			},
		);
		assert.equal((await folder.check('a/1.md')).code, 1);
	});

	it('reports merge conflicts in a configuration', async () => {
		folder.put({ '1.md': CLEAN, 'marginalia.json': '{\n<<<<<<< HEAD\n"rules": {}\n=======\n>>>>>>> other\n}\n' });
		const { stderr, code } = await folder.check();
		assert.match(
			stderr,
			/^marginalia: marginalia\.json:2:1: error: Unresolved merge conflict: .* \(article\/conflict\)\n$/,
		);
		assert.equal(code, 2);
	});

	it('finds articles with a damaged header in a folder, and fixes them', async () => {
		const damaged = CLEAN.replace('<!--1639640221000-->\n', '<!-- 1639640221000 -->\n\n');
		folder.put({ '1.md': damaged, '2.md': '[1.0.0](https://git.example/v1)\n---\n\n<a id="1"></a>\n### Fixed\n' });
		const { stdout, code } = await folder.check();
		assert.match(stdout, /header\/structure/);
		assert.match(stdout, /\n1 article checked/);
		assert.equal(code, 1);
		assert.equal((await folder.check('--fix')).code, 0);
		assert.equal(readFileSync(join(folder.path, '1.md'), 'utf8'), CLEAN);
	});

	it('shows each problem with its surrounding text', async () => {
		const chinese = article('<p>渡轮</p><time pudate="x">深夜</time>');
		folder.put({ 'a/1.md': MISSPELT, 'a/2.md': fromPage(CLEAN, 'boat'), 'b.txt': fromPage(chinese, '渡轮') });
		const { stdout, stderr, code } = await folder.check();
		assert.equal(
			stdout,
			[
				'a/1.md',
				'  5:7  hint  html/misspelt  The attribute pudate is misspelt. Did you mean pubdate?',
				'      <time pudate="2021-12-16" datetime="2021-12-16">16 December</time><p>It leaves …',
				'            ^^^^^^',
				'',
				'b.txt',
				'  5:16  hint  html/misspelt  The attribute pudate is misspelt. Did you mean pubdate?',
				'      <p>渡轮</p><time pudate="x">深夜</time>',
				'                       ^^^^^^',
				'',
				'3 articles checked: 2 hints in 2 files',
				'',
			].join('\n'),
		);
		assert.deepEqual([stderr, code], ['', 0]);
	});

	it('writes one JSON object, with one file per line', async () => {
		folder.put({ '1.md': MISSPELT, '2.md': fromPage(CLEAN, 'boat'), 'list.md': LIST });
		const { stdout, stderr, code } = await folder.check('--format', 'json', '.');
		const problem = {
			rule: 'html/misspelt',
			severity: 'hint',
			message: 'The attribute pudate is misspelt. Did you mean pubdate?',
			offset: MISSPELT.indexOf('pudate'),
			line: 5,
			column: 7,
			endOffset: MISSPELT.indexOf('pudate') + 6,
			endLine: 5,
			endColumn: 13,
			fixes: ['Change pudate to pubdate'],
		};
		assert.equal(
			stdout,
			[
				'{"version":1,"files":[',
				`${JSON.stringify({ path: '1.md', kind: 'article', problems: [problem] })},`,
				'{"path":"2.md","kind":"article","problems":[]},',
				'{"path":"list.md","kind":"list","problems":[]}',
				'],"failures":[',
				'],"summary":{"articles":2,"lists":1,"errors":0,"warnings":0,"information":0,"hints":1,"filesWithProblems":1,"failures":0}}',
				'',
			].join('\n'),
		);
		assert.deepEqual([stderr, code], ['', 0]);
	});

	it('exits with 1 after an error', async () => {
		folder.put({ 'a.md': article('<p><a href="ttps://harbour.example/">The harbour</a></p>') });
		const { stdout, stderr, code } = await folder.check();
		assert.match(
			stdout,
			/^a\.md\n {2}5:13 {2}error {2}link\/invalid-url {2}.*\n.*\n.*\n\n1 article checked: 1 error in 1 file\n$/,
		);
		assert.deepEqual([stderr, code], ['', 1]);
		assert.equal((await folder.check('--max-warnings', '-1')).code, 1);
	});

	it('exits with 1 after more warnings than allowed', async () => {
		folder.put({ 'a.md': article('<p>The <a href="">ferry</a> and the <a href=" ">pier</a>.</p>') });
		const { stdout, code } = await folder.check();
		assert.match(stdout, /\n1 article checked: 2 warnings in 1 file\n$/);
		assert.equal(code, 1);
		const few = await folder.check('--max-warnings', '1');
		assert.deepEqual([few.stderr, few.code], ['marginalia: 2 warnings, more than the 1 allowed\n', 1]);
		for (const enough of ['2', '3', '-1']) {
			const { stderr, code } = await folder.check('--max-warnings', enough);
			assert.deepEqual([stderr, code], ['', 0], enough);
		}
	});

	it('omits information and hints with --quiet, but counts them', async () => {
		folder.put({ '1.md': MISSPELT });
		const { stdout, code } = await folder.check('--quiet');
		assert.deepEqual([stdout, code], ['1 article checked: 1 hint in 1 file\n', 0]);
		const json = await folder.report(['--quiet']);
		assert.deepEqual([json.files[0]?.problems, json.summary.hints], [[], 1]);
	});

	it('counts columns in a line after CRLF, not a byte order mark', async () => {
		const crlf = MISSPELT.replaceAll('\n', '\r\n');
		const both = `\ufeff${article('<p>\n<i pudate>渡轮</i></p>').replaceAll('\n', '\r\n')}`;
		// Pages with names of the same length, which shift no offset.
		folder.put({
			'lf.md': MISSPELT,
			'crlf.md': fromPage(crlf, 'barge'),
			'bom.md': fromPage(`\ufeff${MISSPELT}`, 'canoe'),
		});
		folder.put({ 'both.md': fromPage(both, 'ketch') });
		const { files } = await folder.report(['lf.md', 'bom.md', 'crlf.md', 'both.md']);
		const places = files.map(({ problems: [at] }) => [at?.line, at?.column, at?.endLine, at?.endColumn]);
		assert.deepEqual(places, [
			[5, 7, 5, 13],
			[5, 7, 5, 13],
			[5, 7, 5, 13],
			[6, 4, 6, 10],
		]);
		const offsets = files.slice(0, 3).map(({ problems: [at] }) => at?.offset);
		assert.deepEqual(offsets, [MISSPELT.indexOf('pudate'), MISSPELT.indexOf('pudate'), crlf.indexOf('pudate')]);
	});

	it('writes colours only when requested', async () => {
		folder.put({ '1.md': MISSPELT });
		const coloured = await marginalia(['check'], { cwd: folder.path, env: { FORCE_COLOR: '1' } });
		const { stdout: none } = await marginalia(['check'], {
			cwd: folder.path,
			env: { FORCE_COLOR: '1', NO_COLOR: '1' },
		});
		const plain = await folder.check();
		assert.ok(coloured.stdout.startsWith('\u001b[1m1.md\u001b[22m\n'));
		// biome-ignore lint/suspicious/noControlCharactersInRegex: it is what is looked for
		assert.equal(coloured.stdout.replaceAll(/\u001b\[\d+m/g, ''), plain.stdout);
		// Node itself warns on standard error that both are set.
		assert.equal(none, plain.stdout);
	});

	it('escapes control characters of articles', async () => {
		folder.put({ 'a\u001b[31m\n.md': article('<i pudate>\u001b]0;title\u0007</i>') });
		const { stdout } = await folder.check();
		assert.ok(stdout.startsWith('a\\u001b[31m\\u000a.md\n'), stdout);
		assert.ok(stdout.includes('<i pudate>\\u001b]0;title\\u0007</i>'), stdout);
		assert.ok(!stdout.includes('\u001b'));
	});

	it('reports a closed pipe in one line', async () => {
		for (let index = 0; index < 300; index++) folder.put({ [`${index}.md`]: MISSPELT });
		const child = start(['check'], { cwd: folder.path });
		const closed = once(child, 'close');
		const [stderr, first] = await Promise.all([
			text(child.stderr),
			once(child.stdout, 'data').then(([chunk]) => {
				child.stdout.destroy();
				return String(chunk);
			}),
		]);
		assert.ok(first.startsWith('0.md\n'));
		assert.equal(stderr, 'marginalia: standard output was closed before everything was written\n');
		assert.deepEqual(await closed, [2, null]);
	});
});
