import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { withLock } from '../../server/src/node/lock.ts';
import { npm } from './npm.ts';

/**
 * Creates a folder of the cache unless it exists.
 *
 * It is created next to its final place and moved there when complete, so the remains of an interrupted installation are never used;
 * the next one removes them. Only one process creates it; others wait.
 * @param folder absolute path, different for each version
 * @param make fills the empty folder that it is given
 * @param log receives one line if another process is creating the folder
 * @throws Error that `make` throws
 */
export async function installOnce(
	folder: string,
	make: (partial: string) => Promise<void>,
	log: (line: string) => void,
): Promise<void> {
	if (existsSync(folder)) return;
	const onWait = (): void => log(`Waiting for another process to finish installing ${folder}…`);
	const parent = dirname(folder);
	await mkdir(parent, { recursive: true });
	await withLock(`${folder}.lock`, { onWait }, async () => {
		if (existsSync(folder)) return;
		await removePartials(parent, basename(folder));
		const partial = await mkdtemp(`${folder}.partial-`);
		await make(partial);
		await rename(partial, folder);
	});
}

/**
 * Installs packages without running their scripts.
 * @param packages as `name@version`; none for the dependencies in the folder's own `package.json`
 * @param folder the target; it gets a `package.json` if it has none, or npm would install into the workspace around it
 * @throws Error with npm's output if that fails
 */
export async function npmInstall(packages: readonly string[], folder: string): Promise<void> {
	const manifest = join(folder, 'package.json');
	if (!existsSync(manifest)) await writeFile(manifest, '{ "private": true }\n');
	const flags = [
		'--omit=dev',
		'--ignore-scripts',
		'--no-audit',
		'--no-fund',
		'--no-update-notifier',
		'--loglevel=error',
	];
	const args = ['install', ...packages, ...flags];
	const { code, output } = await npm(args, { cwd: folder, env: plainEnvironment() });
	if (code !== 0) throw new Error(`npm ${args.join(' ')} failed with code ${code} in ${folder}\n${output}`);
}

/** The environment without the settings of `npm run`, which would point npm back at this workspace. */
function plainEnvironment(): NodeJS.ProcessEnv {
	const inherited = Object.entries(process.env).filter(
		([name]) => !/^npm_(package_|lifecycle_|command|config_local_prefix|config_prefix)/.test(name),
	);
	return Object.fromEntries(inherited);
}

/** Removes the remains of interrupted installations of a folder. */
async function removePartials(parent: string, name: string): Promise<void> {
	for (const entry of await readdir(parent)) {
		if (entry.startsWith(`${name}.partial-`)) await rm(join(parent, entry), { recursive: true, force: true });
	}
}
