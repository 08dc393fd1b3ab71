import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';

/** Processes started here that have not been seen to end; ended with this one, however it ends. */
const running = new Set<ChildProcess>();
let watching = false;
let ending = false;

/** Whether this process has been asked to end, by Ctrl-C or otherwise, and is ending its children. */
export function isEnding(): boolean {
	return ending;
}

const ENDING_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Makes sure that no child survives this process: not on return, not on an uncaught error, not on Ctrl-C. */
function watchForEnd(): void {
	if (watching) return;
	watching = true;
	// Nothing can be waited for any more. A child that is one of these scripts ends its own children when it is asked to end.
	process.on('exit', () => {
		for (const child of running) signalTree(child, 'SIGTERM');
	});
	for (const signal of ENDING_SIGNALS) {
		process.once(signal, async () => {
			ending = true;
			await Promise.all([...running].map(child => endTree(child)));
			process.exit(128 + constants.signals[signal]);
		});
	}
}

/** Signals a child and all that it started. A tree that has already gone is not an error. */
function signalTree(child: ChildProcess, signal: NodeJS.Signals): void {
	if (child.pid === undefined) return;
	if (process.platform === 'win32') {
		spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore' });
		return;
	}
	try {
		process.kill(-child.pid, signal);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
	}
}

/**
 * Starts a program in a process group of its own, which ends with this process at the latest.
 * @param options as for `child_process.spawn`; `detached` is set here
 */
export function spawnTree(program: string, args: readonly string[], options: SpawnOptions): ChildProcess {
	watchForEnd();
	const child = spawn(program, args, { ...options, detached: process.platform !== 'win32' });
	running.add(child);
	child.once('exit', () => {
		// What the program started may outlive it: the group goes as one.
		signalTree(child, 'SIGKILL');
		running.delete(child);
	});
	child.once('error', () => running.delete(child));
	return child;
}

/**
 * Ends a child of `spawnTree` and all that it started, and waits until it is gone.
 * @param graceMs how long it may take to end by itself before it is killed, in milliseconds
 */
export async function endTree(child: ChildProcess, graceMs = 5000): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
	const ended = once(child, 'exit');
	signalTree(child, 'SIGTERM');
	const timer = setTimeout(() => signalTree(child, 'SIGKILL'), graceMs);
	await ended;
	clearTimeout(timer);
}

/** How a program ended. */
export interface ProcessResult {
	/** Exit code; 128 + signal number when a signal ended it. */
	readonly code: number;
	/** What it printed, standard output and error in order; empty when these were inherited. */
	readonly output: string;
}

/** Options of `run`. */
export interface RunOptions {
	readonly cwd?: string;
	readonly env?: NodeJS.ProcessEnv;
	/** `inherit` prints as the program prints; `collect`, the default, returns the text. */
	readonly output?: 'inherit' | 'collect';
	/** Gives up, ending the program, after so many milliseconds. */
	readonly timeoutMs?: number;
}

/**
 * Runs a program to its end, without standard input.
 * @throws Error when it cannot be started or takes longer than `timeoutMs`
 */
export async function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<ProcessResult> {
	const stream = options.output === 'inherit' ? 'inherit' : 'pipe';
	const child = spawnTree(program, args, {
		cwd: options.cwd,
		env: options.env ?? process.env,
		stdio: ['ignore', stream, stream],
		windowsHide: true,
		// Windows starts batch files, such as `code.cmd`, only through its shell.
		shell: process.platform === 'win32' && /\.(cmd|bat)$/i.test(program),
	});
	let output = '';
	for (const pipe of [child.stdout, child.stderr]) {
		pipe?.setEncoding('utf8').on('data', (text: string) => {
			output += text;
		});
	}
	let late = false;
	const timer =
		options.timeoutMs === undefined
			? undefined
			: setTimeout(() => {
					late = true;
					signalTree(child, 'SIGKILL');
				}, options.timeoutMs);
	try {
		const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
		if (late) throw new Error(`${program} took longer than ${options.timeoutMs} ms\n${output}`);
		return { code: code ?? 128 + (signal === null ? 0 : constants.signals[signal]), output };
	} finally {
		clearTimeout(timer);
	}
}
