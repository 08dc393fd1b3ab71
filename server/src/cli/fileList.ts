import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { decodeName, nativePath } from '../node/fileName.ts';

/**
 * Reads a list of paths from a file, or from standard input for `-`. Paths are separated by NUL if there is one (`find -print0`,
 * `git ls-files -z`), otherwise by line breaks.
 *
 * @throws Error of the file system if the file cannot be read
 */
export async function readFileList(file: string): Promise<string[]> {
	const list = file === '-' ? await buffer(process.stdin) : await readFile(nativePath(file));
	const text = decodeName(list);
	return text.split(text.includes('\0') ? '\0' : /\r?\n/).filter(path => path !== '');
}
