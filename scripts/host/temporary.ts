import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for temporary files. */
export interface TemporaryFolder {
	readonly path: string;
	/** Removes it with its content; otherwise this happens when the process ends. */
	remove(): Promise<void>;
}

/**
 * Creates a folder for temporary files, which is removed with this process.
 * @param name a word for its purpose
 */
export async function temporaryFolder(name: string): Promise<TemporaryFolder> {
	const path = await mkdtemp(join(tmpdir(), `marginalia-${name}-`));
	const removeNow = (): void => rmSync(path, { recursive: true, force: true });
	process.once('exit', removeNow);
	return {
		path,
		remove: async () => {
			process.off('exit', removeNow);
			await removeFolder(path);
		},
	};
}

/**
 * Removes a folder with its content, if it exists. Tries again for some seconds, since a process that was just ended may still be
 * writing to it.
 */
export async function removeFolder(path: string): Promise<void> {
	await rm(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}
