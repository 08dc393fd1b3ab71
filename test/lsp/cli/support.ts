import assert from 'node:assert/strict';
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { ROOT } from '../../../scripts/host/paths.ts';
import { removeFolder } from '../../../scripts/host/temporary.ts';

/** The built program. */
export const BIN = join(ROOT, 'server/dist/cli.js');

/** What a run of the command printed and ended with. */
export interface Outcome {
	readonly stdout: string;
	readonly stderr: string;
	readonly code: number | null;
}

/** Where to run, with what variables and what standard input. */
export interface RunOptions {
	readonly cwd?: string;
	readonly env?: NodeJS.ProcessEnv;
	readonly input?: string;
}

/** Starts `marginalia`, the built one, without colours unless `env` asks for them. */
export function start(args: readonly string[], { cwd, env = {} }: RunOptions = {}): ChildProcessWithoutNullStreams {
	const { NO_COLOR: _, FORCE_COLOR: __, ...plain } = process.env;
	return spawn(process.execPath, [BIN, ...args], { cwd, env: { ...plain, ...env } });
}

/** Runs `marginalia` to its end. */
export async function marginalia(args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
	const child = start(args, options);
	const closed = once(child, 'close');
	child.stdin.end(options.input ?? '');
	const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
	return { stdout, stderr, code: code as number | null };
}

/** An article without faults around some body. */
export function article(body: string, title = 'The night ferry'): string {
	return `<!--1639640221000-->\n[${title}](https://harbour.example/2021/12/16/ferry/)\n------\n\n${body}\n`;
}

/** An article as if it were from another page of the site, so that it is no copy of the first one. */
export function fromPage(text: string, page: string): string {
	return text.replace('/ferry/', `/${page}/`);
}

/** An article in which no rule finds anything; one in which one rule does; a list. */
export const CLEAN = article('<p>The last boat leaves at eleven.</p>');
export const MISSPELT = article(
	'<time pudate="2021-12-16" datetime="2021-12-16">16 December</time><p>It leaves at eleven.</p>',
);
export const LIST = 'Harbour\n------\n\n12-16 [The night ferry](/articles/harbour/1001.md)\n';

/** A temporary folder for each test of a suite. */
export interface Folder {
	readonly path: string;
	/** Writes files into it, by their paths. */
	put(files: Readonly<Record<string, string | Uint8Array>>): void;
	/** Runs `marginalia check` in it. */
	check(...args: string[]): Promise<Outcome>;
	/** Runs `marginalia check` in it, which must tell of no failure. */
	report(args: readonly string[], input?: string): Promise<Report>;
	/** The paths of the files that were checked, in their order. */
	checked(args: readonly string[], input?: string): Promise<string[]>;
}

/** Makes a folder before each test of the suite that calls it, and removes it afterwards. */
export function temporaryFolder(): Folder {
	let path = '';
	beforeEach(() => {
		path = mkdtempSync(join(tmpdir(), 'marginalia-cli-'));
	});
	afterEach(() => removeFolder(path));
	const folder: Folder = {
		get path() {
			return path;
		},
		put(files) {
			for (const [name, content] of Object.entries(files)) {
				mkdirSync(dirname(join(path, name)), { recursive: true });
				writeFileSync(join(path, name), content);
			}
		},
		check: (...args) => marginalia(['check', ...args], { cwd: path }),
		async report(args, input = '') {
			const outcome = await marginalia(['check', '--format', 'json', ...args], { cwd: path, input });
			assert.equal(outcome.stderr, '');
			return readReport(outcome);
		},
		async checked(args, input) {
			const { files } = await folder.report(args, input);
			return files.map(file => file.path);
		},
	};
	return folder;
}

/** The JSON report, as far as the tests look at it. */
export interface Report {
	readonly version: number;
	readonly files: readonly {
		readonly path: string;
		readonly kind: string;
		readonly problems: readonly {
			readonly rule: string;
			readonly offset: number;
			readonly line: number;
			readonly column: number;
			readonly endOffset: number;
			readonly endLine: number;
			readonly endColumn: number;
		}[];
	}[];
	readonly failures: readonly { readonly path: string; readonly reason: string }[];
	readonly summary: Readonly<Record<string, number>> & {
		readonly articles: number;
		readonly lists: number;
		readonly errors: number;
		readonly warnings: number;
		readonly failures: number;
	};
}

/** Reads a JSON report, which must tell of no failure. */
export function readReport({ stdout }: Outcome): Report {
	const read = JSON.parse(stdout) as Report;
	assert.equal(read.version, 1);
	assert.deepEqual(read.failures, []);
	return read;
}
