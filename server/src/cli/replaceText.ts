import { randomUUID } from 'node:crypto';
import { lstat, open, readFile, realpath, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Writes another text into a UTF-8 file: all of it or nothing, whatever happens. A byte order mark stays, so do the file's
 * permissions and a symbolic link that leads to it.
 *
 * @param before what was read, without byte order mark
 * @throws Error where the file holds something else by now, or cannot be written
 */
export async function replaceText(path: string, before: string, after: string): Promise<void> {
	const target = await realpath(path);
	const bytes = await readFile(target);
	const text = bytes.toString('utf8');
	const mark = text.startsWith('\ufeff') ? '\ufeff' : '';
	if (text.slice(mark.length) !== before) throw new Error('it was changed in the meantime');
	// A file that may not be written is not replaced by one that may.
	await (await open(target, 'r+')).close();
	const { mode } = await lstat(target);
	const temporary = join(dirname(target), `.${basename(target).slice(0, 40)}.${randomUUID()}`);
	try {
		const file = await open(temporary, 'wx', mode);
		try {
			await file.chmod(mode);
			await file.writeFile(mark + after);
			await file.sync();
		} finally {
			await file.close();
		}
		await rename(temporary, target);
	} catch (error) {
		await rm(temporary, { force: true });
		throw error;
	}
}
