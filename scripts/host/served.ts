import { existsSync } from 'node:fs';
import { link, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CACHE } from './paths.ts';
import { run } from './processes.ts';

/** Release of the npm package `code-server` that carries the served VS Code; 4.139.1 is VS Code 1.139.1. */
export const SERVED_VERSION = '4.139.1';

/**
 * Installs the served VS Code (about 600 MB, 15 s) into the cache unless it is there already.
 *
 * An installation is made in a folder beside its final one and moved there when it is complete, so a broken-off one is never used;
 * its remains are removed by the next.
 * @param log receives one line when an installation starts, and one when another process is making it
 * @returns the folder of VS Code itself, in which `out/server-main.js` is the server
 * @throws Error with npm's output when the installation fails
 */
export async function installServed(log: (line: string) => void): Promise<string> {
	const parent = join(CACHE, 'served');
	const folder = join(parent, SERVED_VERSION);
	const program = join(folder, 'node_modules/code-server/lib/vscode');
	if (existsSync(folder)) return program;
	await mkdir(parent, { recursive: true });
	await withLock(
		join(parent, `${SERVED_VERSION}.lock`),
		owner => log(`Waiting for process ${owner}, which is installing the served VS Code…`),
		async () => {
			if (existsSync(folder)) return;
			log(`Installing the served VS Code ${SERVED_VERSION} into ${folder} (once, about 15 s and 600 MB)…`);
			await removePartials(parent);
			const partial = `${folder}.partial-${process.pid}`;
			await mkdir(partial);
			// A package of its own, or npm would install into the workspace around it.
			await writeFile(join(partial, 'package.json'), '{ "private": true }\n');
			await npm(['install', `code-server@${SERVED_VERSION}`, '--save-exact'], partial);
			await npm(['install', '--omit=dev'], join(partial, 'node_modules/code-server/lib/vscode'));
			await rename(partial, folder);
		},
	);
	return program;
}

/** Runs npm, the one that runs this script if there is one, without scripts of packages. */
async function npm(args: readonly string[], cwd: string): Promise<void> {
	const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];
	const script = process.env.npm_execpath;
	const { code, output } =
		script !== undefined && /\.c?js$/.test(script)
			? await run(process.execPath, [script, ...args, ...flags], { cwd, env: plainEnvironment() })
			: await run(process.platform === 'win32' ? 'npm.cmd' : 'npm', [...args, ...flags], {
					cwd,
					env: plainEnvironment(),
				});
	if (code !== 0) throw new Error(`npm ${args.join(' ')} failed with code ${code} in ${cwd}\n${output}`);
}

/** The environment without what `npm run` adds to it: those settings would point npm back at this workspace. */
function plainEnvironment(): NodeJS.ProcessEnv {
	const inherited = Object.entries(process.env).filter(
		([name]) => !/^npm_(package_|lifecycle_|command|config_local_prefix|config_prefix)/.test(name),
	);
	return Object.fromEntries(inherited);
}

/** Removes what installations that were broken off have left. */
async function removePartials(parent: string): Promise<void> {
	for (const name of await readdir(parent)) {
		const owner = /\.partial-(\d+)$/.exec(name)?.[1];
		if (owner !== undefined && !isRunning(Number(owner)))
			await rm(join(parent, name), { recursive: true, force: true });
	}
}

/**
 * Runs `work` while no other process that uses the same lock file does. A lock whose owner is gone is taken over.
 * @param onWait called once, with the owner's process id, when another process has the lock
 */
async function withLock(file: string, onWait: (owner: number) => void, work: () => Promise<void>): Promise<void> {
	const mine = `${file}-${process.pid}`;
	await writeFile(mine, String(process.pid));
	try {
		let waiting = false;
		// A link, unlike a new file, is there at once with its content.
		while (!(await tryLink(mine, file))) {
			const owner = await ownerOf(file);
			if (owner === undefined) continue;
			if (!isRunning(owner)) {
				await rm(file, { force: true });
				continue;
			}
			if (!waiting) onWait(owner);
			waiting = true;
			await delay(250);
		}
		await work();
	} finally {
		if ((await ownerOf(file)) === process.pid) await rm(file);
		await rm(mine);
	}
}

/** Links `from` as `to`; false when `to` exists. */
async function tryLink(from: string, to: string): Promise<boolean> {
	try {
		await link(from, to);
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
		throw error;
	}
}

/** The process id in a lock file; undefined when the lock has just been given up. */
async function ownerOf(file: string): Promise<number | undefined> {
	try {
		return Number(await readFile(file, 'utf8'));
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
		throw error;
	}
}

/** Whether there is a process of this id. */
function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}
