import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';

/** Absolute path of the repository. */
export const ROOT: string = resolve(import.meta.dirname, '../..');

/** Folder, ignored by git, that holds everything these scripts download or install: VS Code, browsers, profiles. */
export const CACHE: string = join(ROOT, '.vscode-test');

/** Folder, ignored by git, that holds what a test run leaves behind: counts and screenshots. */
export const RESULTS: string = join(ROOT, 'test-results');

/** The fields of the extension manifest that the scripts use. */
export interface Manifest {
	readonly name: string;
	readonly publisher: string;
	readonly version: string;
}

/** Reads the extension manifest, the root `package.json`. */
async function readManifest(): Promise<Manifest> {
	return JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as Manifest;
}

/** Where `scripts/package.ts` puts the packaged extension of this version. */
export async function packagePath(): Promise<string> {
	const { name, version } = await readManifest();
	return join(ROOT, `${name}-${version}.vsix`);
}

/**
 * Finds a program the way a shell does.
 * @param name name without extension, such as `code`
 * @returns its absolute path, or undefined when no folder of PATH has it
 */
export function findOnPath(name: string): string | undefined {
	const extensions = process.platform === 'win32' ? ['.exe', '.cmd', '.bat'] : [''];
	for (const folder of (process.env.PATH ?? '').split(delimiter)) {
		for (const extension of extensions) {
			const file = join(folder, name + extension);
			if (folder !== '' && existsSync(file)) return file;
		}
	}
	return undefined;
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
