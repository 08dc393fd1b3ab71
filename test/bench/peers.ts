import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { npm } from '../../scripts/host/npm.ts';
import { messageOf } from '../../scripts/host/paths.ts';

const HERE = import.meta.dirname;

/** Time that npm may take, in milliseconds. */
const INSTALL_TIMEOUT_MS = 5 * 60_000;

/**
 * Installs the peers beside the bench, in a folder that git ignores, unless they are there in the right versions.
 *
 * @throws Error with npm's output when they cannot be installed
 */
export async function installPeers(): Promise<void> {
	if (await areInstalled()) return;
	console.log('Installing what Marginalia is compared with …');
	const options = { cwd: HERE, timeoutMs: INSTALL_TIMEOUT_MS };
	const { code, output } = await npm(['ci', '--workspaces=false', '--no-audit', '--no-fund'], options).catch(error => ({
		code: 1,
		output: messageOf(error),
	}));
	if (code !== 0) throw new Error(`The peers could not be installed: npm ended with code ${code}\n${output}`);
}

async function areInstalled(): Promise<boolean> {
	const { dependencies } = JSON.parse(await readFile(join(HERE, 'package.json'), 'utf8')) as {
		dependencies: Record<string, string>;
	};
	for (const [name, version] of Object.entries(dependencies)) {
		const manifest = join(HERE, 'node_modules', name, 'package.json');
		if (!existsSync(manifest)) return false;
		const installed = JSON.parse(await readFile(manifest, 'utf8')) as { version: string };
		if (installed.version !== version) return false;
	}
	return true;
}
