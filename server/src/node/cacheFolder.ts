import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * URI of the folder for what this user's Marginalia keeps between sessions, which is made.
 *
 * @returns `undefined` where it cannot be, as for a user without a home
 */
export async function cacheFolder(): Promise<string | undefined> {
	const folder = join(userCaches(), 'marginalia');
	try {
		// What somebody reads is nobody else's business.
		await mkdir(folder, { recursive: true, mode: 0o700 });
	} catch {
		return undefined;
	}
	return pathToFileURL(folder).href;
}

/** The folder for caches of this user's programs (XDG Base Directory Specification, and the customs of macOS and Windows). */
function userCaches(): string {
	const { XDG_CACHE_HOME = '', LOCALAPPDATA = '' } = process.env;
	if (isAbsolute(XDG_CACHE_HOME)) return XDG_CACHE_HOME;
	if (process.platform === 'win32') return LOCALAPPDATA || join(homedir(), 'AppData/Local');
	return process.platform === 'darwin' ? join(homedir(), 'Library/Caches') : join(homedir(), '.cache');
}
