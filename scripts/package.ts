import { mkdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { withLock } from '../server/src/node/lock.ts';
import { build } from './build.ts';
import { runCommand } from './host/command.ts';
import { CACHE, packagePath, ROOT } from './host/paths.ts';
import { run } from './host/processes.ts';

const USAGE = `Usage: node scripts/package.ts

Builds for production and packs the extension into marginalia-<version>.vsix.`;

/**
 * Builds for production and packs the extension. `.vscodeignore` selects its files.
 * @returns the path of the .vsix
 * @throws Error with the output of vsce if it fails
 */
export async function packageExtension(): Promise<string> {
	const onWait = (): void => console.log('Waiting for another process to finish packing…');
	await mkdir(CACHE, { recursive: true });
	return await withLock(join(CACHE, 'package.lock'), { onWait }, buildAndPack);
}

async function buildAndPack(): Promise<string> {
	await build(true);
	const file = await packagePath();
	const vsce = fileURLToPath(import.meta.resolve('@vscode/vsce/vsce'));
	const args = [
		vsce,
		'package',
		'--no-dependencies',
		'--no-rewrite-relative-links',
		'--allow-missing-repository',
		'--out',
		file,
	];
	const { code, output } = await run(process.execPath, args, { cwd: ROOT });
	if (code !== 0) throw new Error(`vsce failed with code ${code}\n${output}`);
	return file;
}

if (import.meta.main) {
	await runCommand(USAGE, async () => {
		parseArgs({ options: {} });
		const file = await packageExtension();
		const { size } = await stat(file);
		console.log(`${relative(process.cwd(), file)}  ${Math.ceil(size / 1000)} kB`);
		return 0;
	});
}
