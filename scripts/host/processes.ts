import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';

/** Running children, which are ended with this process, however it ends. */
const running = new Set<ChildProcess>();
let watching = false;
let ending = false;

/** Whether this process was asked to end, for example by Ctrl-C, and is ending its children. */
export function isEnding(): boolean {
	return ending;
}

const ENDING_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Ends all children with this process: on return, on an uncaught error, and on Ctrl-C. */
function watchForEnd(): void {
	if (watching) return;
	watching = true;
	// It is too late to wait. A child that is one of these scripts ends its own children when asked to end.
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

/** Signals a child and its descendants. It is not an error if they have ended. */
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
 * Starts a program in its own process group, which ends with this process at the latest.
 * @param options as for `child_process.spawn`; `detached` is set here
 */
export function spawnTree(program: string, args: readonly string[], options: SpawnOptions): ChildProcess {
	watchForEnd();
	const child = spawn(program, args, { ...options, detached: process.platform !== 'win32' });
	running.add(child);
	child.once('exit', () => {
		// Descendants may outlive the program, so the whole group is ended.
		signalTree(child, 'SIGKILL');
		running.delete(child);
	});
	child.once('error', () => running.delete(child));
	return child;
}

/**
 * Ends a child of `spawnTree` and its descendants, and waits until it has ended.
 * @param graceMs how long to wait before it is killed, in milliseconds
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
	/** Exit code; 128 + signal number if a signal ended it. */
	readonly code: number;
	/** Its output, standard output and error in order; empty if inherited. */
	readonly output: string;
}

/** Options of `run`. */
export interface RunOptions {
	readonly cwd?: string;
	readonly env?: NodeJS.ProcessEnv;
	/** `inherit` passes output through; `collect`, the default, returns it. */
	readonly output?: 'inherit' | 'collect';
	/** Ends the program after so many milliseconds. */
	readonly timeoutMs?: number;
}

/**
 * Runs a program to its end, without standard input.
 * @throws Error if it cannot be started or takes longer than `timeoutMs`
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
