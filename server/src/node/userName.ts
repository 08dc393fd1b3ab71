import { execFile } from 'node:child_process';
import { homedir } from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Timeout for git, in milliseconds. */
const PATIENCE = 5000;

/** The `user.name` configured in git for a file; `undefined` if there is none, or git is not installed. */
export async function userName(uri: string): Promise<string | undefined> {
	if (!uri.startsWith('file:')) return undefined;
	const folder = dirname(fileURLToPath(uri));
	return new Promise(resolve => {
		// Not run in the folder itself, where Windows would first look for a program called git.
		const options = { cwd: homedir(), timeout: PATIENCE, windowsHide: true };
		execFile('git', ['-C', folder, 'config', '--get', 'user.name'], options, (error, stdout) => {
			resolve(error ? undefined : stdout.trim() || undefined);
		});
	});
}
