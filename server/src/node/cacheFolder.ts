import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * URI of the cache folder of Marginalia for this user; created if necessary.
 *
 * @returns `undefined` if that is not possible, for example if the user has no home directory
 */
export async function cacheFolder(): Promise<string | undefined> {
	const folder = join(userCaches(), 'marginalia');
	try {
		// Only readable by the user, since it reveals what they read.
		await mkdir(folder, { recursive: true, mode: 0o700 });
	} catch {
		return undefined;
	}
	return pathToFileURL(folder).href;
}

/** The user's folder for caches (XDG Base Directory Specification, and the conventions of macOS and Windows). */
function userCaches(): string {
	const { XDG_CACHE_HOME = '', LOCALAPPDATA = '' } = process.env;
	if (isAbsolute(XDG_CACHE_HOME)) return XDG_CACHE_HOME;
	if (process.platform === 'win32') return LOCALAPPDATA || join(homedir(), 'AppData/Local');
	return process.platform === 'darwin' ? join(homedir(), 'Library/Caches') : join(homedir(), '.cache');
}
