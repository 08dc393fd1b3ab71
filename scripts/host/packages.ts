import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { npm } from './npm.ts';
import { messageOf } from './paths.ts';

/** The time limit of npm, in milliseconds. */
const INSTALL_TIMEOUT_MS = 5 * 60_000;

/**
 * Installs the packages of a folder with its own `package.json` and lock file, which `npm ci` of the repository does not, unless the right
 * versions are installed.
 *
 * @throws Error with npm's output if they cannot be installed
 */
export async function installPackages(folder: string): Promise<void> {
	if (await areInstalled(folder)) return;
	console.log(`Installing the packages of ${folder} …`);
	const options = { cwd: folder, timeoutMs: INSTALL_TIMEOUT_MS };
	const { code, output } = await npm(['ci', '--workspaces=false', '--no-audit', '--no-fund'], options).catch(error => ({
		code: 1,
		output: messageOf(error),
	}));
	if (code !== 0)
		throw new Error(`The packages of ${folder} could not be installed: npm ended with code ${code}\n${output}`);
}

async function areInstalled(folder: string): Promise<boolean> {
	const { dependencies } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
		dependencies: Record<string, string>;
	};
	for (const [name, version] of Object.entries(dependencies)) {
		const manifest = join(folder, 'node_modules', name, 'package.json');
		if (!existsSync(manifest)) return false;
		const installed = JSON.parse(await readFile(manifest, 'utf8')) as { version: string };
		if (installed.version !== version) return false;
	}
	return true;
}
