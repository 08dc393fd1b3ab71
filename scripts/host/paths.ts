import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';

/** Absolute path of the repository. */
export const ROOT: string = resolve(import.meta.dirname, '../..');

/** Folder, ignored by git, for everything that the scripts download or install: VS Code, browsers, profiles. */
export const CACHE: string = join(ROOT, '.vscode-test');

/** Folder, ignored by git, for the artifacts of a test run: counts and screenshots. */
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

/** The path of the packaged extension of this version, written by `scripts/package.ts`. */
export async function packagePath(): Promise<string> {
	const { name, version } = await readManifest();
	return join(ROOT, `${name}-${version}.vsix`);
}

/**
 * Finds a program like a shell.
 * @param name name without extension, such as `code`
 * @returns its absolute path, or `undefined` if it is not on PATH
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

/** Returns the message of a thrown value. */
export function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
