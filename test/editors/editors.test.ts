import assert from 'node:assert/strict';
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../scripts/host/paths.ts';
import { removeFolder } from '../../scripts/host/temporary.ts';

const TEXT = [
	'<!--1639640221000-->',
	'[The last boat](http://127.0.0.1:1/2021/12/16/boat/)',
	'------',
	'',
	'<p>It left <a href="http://127.0.0.1:1/story">at noon</a>.</p>',
	'',
].join('\n');

/** Timeout for an editor to do everything, in milliseconds. */
const LIMIT_MS = 120_000;

/** Whether an editor is there and says what it is expected to say; says which tests are left out where it is not. */
function isThere(name: string, command: readonly string[], packages: string): boolean {
	const [program = '', ...args] = command;
	const isOk = spawnSync(program, args, { stdio: 'ignore' }).status === 0;
	if (!isOk) console.log(`${name} is not installed (apt-get install ${packages}): its tests are skipped.`);
	return isOk;
}

describe('the server in editors with their own LSP client', () => {
	let folder: string;
	let article: string;
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'marginalia-editors-'));
		mkdirSync(join(folder, 'archive/articles'), { recursive: true });
		article = join(folder, 'archive/articles/boat.md');
		writeFileSync(article, TEXT);
		writeFileSync(join(folder, 'archive/marginalia.json'), '{}');
	});
	afterEach(() => removeFolder(folder));

	/** Runs a script in an editor to its end, and returns the script's output. */
	function run<T>(program: string, args: readonly string[]): T {
		const settings = {
			cmd: [process.execPath, join(ROOT, 'server/dist/cli.js'), 'lsp', '--stdio'],
			folder: join(folder, 'archive'),
			article,
			position: { line: 4, character: TEXT.split('\n')[4]?.indexOf('story') },
		};
		const result = join(folder, 'result.json');
		const ended: SpawnSyncReturns<string> = spawnSync(program, args, {
			encoding: 'utf8',
			timeout: LIMIT_MS,
			// There is no user at the keyboard.
			input: '',
			env: {
				...process.env,
				HOME: folder,
				XDG_CACHE_HOME: join(folder, 'cache'),
				XDG_STATE_HOME: join(folder, 'state'),
				MARGINALIA_SETTINGS: JSON.stringify(settings),
				MARGINALIA_RESULT: result,
			},
		});
		assert.equal(ended.status, 0, `${ended.error ?? ''}\n${ended.stdout}\n${ended.stderr}`);
		return JSON.parse(readFileSync(result, 'utf8')) as T;
	}

	it('survives Ctrl-C at a Neovim prompt', function () {
		this.timeout(LIMIT_MS + 10_000);
		if (!isThere('Neovim', ['nvim', '--version'], 'neovim')) this.skip();
		const result = run<{
			prompts: string[];
			interrupted: number;
			hover?: unknown;
			exit?: number;
			failure?: string;
		}>('nvim', ['--headless', '-u', 'NONE', '-n', '-c', `luafile ${join(ROOT, 'test/editors/neovim.lua')}`]);
		assert.deepEqual([result.failure, result.exit, result.interrupted], [undefined, undefined, 1]);
		assert.equal(result.prompts.length, 1);
		assert.match(JSON.stringify(result.hover), /127\.0\.0\.1:1\/story/);
	});

	it('does not prompt Emacs users when they open and save an article', function () {
		this.timeout(LIMIT_MS + 10_000);
		const probe = "(progn (require 'package) (package-initialize) (require 'eglot))";
		if (!isThere('Emacs with eglot', ['emacs', '-q', '--batch', '--eval', probe], 'emacs-nox elpa-eglot')) this.skip();
		const result = run<{ before: string; after: string; running: boolean; prompts: string[] }>('emacs', [
			...['-q', '--batch', '-l', join(ROOT, 'test/editors/eglot.el')],
		]);
		assert.deepEqual([result.prompts, result.running], [[], true]);
		assert.match(result.before, /127\.0\.0\.1:1\/story/);
		assert.equal(result.after, result.before);
		assert.match(readFileSync(article, 'utf8'), /One more line/);
	});
});
