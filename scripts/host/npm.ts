import { type ProcessResult, type RunOptions, run } from './processes.ts';

/** Runs npm: the one that started this script, which needs no shell on Windows, else the one on PATH. */
export async function npm(args: readonly string[], options: RunOptions): Promise<ProcessResult> {
	const script = process.env.npm_execpath;
	if (script !== undefined && /\.c?js$/.test(script)) return await run(process.execPath, [script, ...args], options);
	return await run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, options);
}
