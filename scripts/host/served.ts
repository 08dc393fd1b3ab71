import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { installOnce, npmInstall } from './cache.ts';
import { CACHE } from './paths.ts';

/** The version of the npm package `code-server` with the served VS Code; 4.139.1 is VS Code 1.139.1. */
const SERVED_VERSION = '4.139.1';

/**
 * Installs the served VS Code (about 600 MB, 15 s) into the cache unless it is installed.
 * @param log receives one line when an installation starts, and one if another process is installing it
 * @returns the folder of VS Code itself, in which `out/server-main.js` is the server
 * @throws Error with npm's output if the installation fails
 */
export async function installServed(log: (line: string) => void): Promise<string> {
	const folder = join(CACHE, 'served', SERVED_VERSION);
	const inside = 'node_modules/code-server/lib/vscode';
	const make = async (partial: string): Promise<void> => {
		log(`Installing the served VS Code ${SERVED_VERSION} into ${folder} (once, about 15 s and 600 MB)…`);
		await npmInstall([`code-server@${SERVED_VERSION}`], partial);
		await npmInstall([], join(partial, inside));
		await copyFile(
			join(import.meta.dirname, 'spdlog.cjs'),
			join(partial, inside, 'node_modules/@vscode/spdlog/index.js'),
		);
	};
	await installOnce(folder, make, log);
	return join(folder, inside);
}
