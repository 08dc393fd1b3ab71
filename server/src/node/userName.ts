import { execFile } from 'node:child_process';
import { homedir } from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** How long git may take, in milliseconds. */
const PATIENCE = 5000;

/** The `user.name` that git has for a file; `undefined` where there is none, or no git. */
export async function userName(uri: string): Promise<string | undefined> {
	if (!uri.startsWith('file:')) return undefined;
	const folder = dirname(fileURLToPath(uri));
	return new Promise(resolve => {
		// Not started in the folder itself: Windows would look for a program called git there first.
		const options = { cwd: homedir(), timeout: PATIENCE, windowsHide: true };
		execFile('git', ['-C', folder, 'config', '--get', 'user.name'], options, (error, stdout) => {
			resolve(error ? undefined : stdout.trim() || undefined);
		});
	});
}
