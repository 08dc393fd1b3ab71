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
	const options = { recursive: true, force: true } as const;
	const removeNow = (): void => rmSync(path, options);
	process.once('exit', removeNow);
	return {
		path,
		remove: async () => {
			process.off('exit', removeNow);
			await rm(path, options);
		},
	};
}
