import type { ChildProcess } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { endTree, run, spawnTree } from './processes.ts';

/** A running server of VS Code for the browser. */
export interface Server {
	readonly port: number;
	/** Its data folder, as given to `startServer`. */
	readonly dataDir: string;
	/** The connection token; `undefined` if none is required. */
	readonly token: string | undefined;
	/** Returns its output so far, standard output and error. */
	log(): string;
	/** Resolves to the exit code when the server ends. */
	readonly ended: Promise<number>;
	/** Ends it and its descendants. */
	stop(): Promise<void>;
}

/** How to start a server. */
export interface ServerOptions {
	/** Folder of VS Code, as returned by `installServed`. */
	readonly program: string;
	/** Folder for its settings, state and (unless `extensionsDir` is given) extensions. */
	readonly dataDir: string;
	readonly extensionsDir?: string;
	/** Port on 127.0.0.1; 0, the default, for any free one. */
	readonly port?: number;
	/** The connection token that a browser must send; if absent, none is required. */
	readonly token?: string;
	/** Opens every folder as trusted. */
	readonly trust?: boolean;
	/** Accepts options for extension development and tests in the URL. */
	readonly testDriver?: boolean;
	readonly env?: NodeJS.ProcessEnv;
}

/** The time limit for a server to listen, in milliseconds; it usually takes less than one second. */
const START_TIMEOUT_MS = 180_000;

/**
 * Starts VS Code for the browser on 127.0.0.1 and waits until it listens.
 * @throws Error with the server's output if it ends or does not listen in time, for instance because the port is in use
 */
export async function startServer(options: ServerOptions): Promise<Server> {
	await mkdir(options.dataDir, { recursive: true });
	const args = [
		join(options.program, 'out/server-main.js'),
		...['--host', '127.0.0.1', '--port', String(options.port ?? 0)],
		...(options.token === undefined ? ['--without-connection-token'] : ['--connection-token', options.token]),
		...dataArguments(options),
		'--disable-telemetry',
		...(options.trust === true ? ['--disable-workspace-trust'] : []),
		...(options.testDriver === true ? ['--enable-smoke-test-driver'] : []),
	];
	const child = spawnTree(process.execPath, args, {
		cwd: options.program,
		env: serverEnvironment(options.env),
		stdio: ['ignore', 'pipe', 'pipe'],
		windowsHide: true,
	});
	const ended = new Promise<number>(resolve => child.once('exit', code => resolve(code ?? 1)));
	const output = collect(child);
	const port = await listeningPort(child, ended, output);
	return {
		port,
		dataDir: options.dataDir,
		token: options.token,
		log: () => output.text,
		ended,
		stop: () => endTree(child),
	};
}

/**
 * Installs a packaged extension for servers with this data folder, and replaces another version of it.
 * @throws Error with the output of VS Code if that fails
 */
export async function installExtension(
	options: Pick<ServerOptions, 'program' | 'dataDir' | 'extensionsDir'>,
	vsix: string,
): Promise<void> {
	await mkdir(options.dataDir, { recursive: true });
	const main = join(options.program, 'out/server-main.js');
	const args = [main, ...dataArguments(options), '--install-extension', vsix, '--force'];
	const { code, output } = await run(process.execPath, args, { cwd: options.program, env: serverEnvironment({}) });
	// VS Code exits with code 0 after some failures.
	if (code !== 0 || !/successfully installed/.test(output)) {
		throw new Error(`VS Code could not install ${vsix} (code ${code})\n${output}`);
	}
}

/**
 * Writes the user settings of a VS Code.
 * @param userDataDir its folder for user data; for a server, `data` in its data folder
 * @param overwrite `false` keeps an existing settings file
 */
export async function writeUserSettings(
	userDataDir: string,
	settings: Readonly<Record<string, unknown>>,
	overwrite: boolean,
): Promise<void> {
	const folder = join(userDataDir, 'User');
	await mkdir(folder, { recursive: true });
	try {
		const flag = overwrite ? 'w' : 'wx';
		await writeFile(join(folder, 'settings.json'), `${JSON.stringify(settings, undefined, '\t')}\n`, { flag });
	} catch (error) {
		if (overwrite || (error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
	}
}

/**
 * Returns the URL that opens a folder on a server.
 * @param folder absolute path
 * @param payload options of the workbench
 */
export function workbenchUrl(
	server: Server,
	folder: string,
	payload: readonly (readonly [string, string])[] = [],
): string {
	const url = new URL(`http://127.0.0.1:${server.port}/`);
	if (server.token !== undefined) url.searchParams.set('tkn', server.token);
	url.searchParams.set('folder', folderPath(folder));
	if (payload.length > 0) url.searchParams.set('payload', JSON.stringify(payload));
	return url.href;
}

/** Returns a path in the form of VS Code's URLs: `/c:/x` for `C:\x`. */
export function folderPath(path: string): string {
	return process.platform === 'win32' ? `/${path.replaceAll('\\', '/')}` : path;
}

function dataArguments(options: Pick<ServerOptions, 'dataDir' | 'extensionsDir'>): string[] {
	return [
		'--accept-server-license-terms',
		...['--server-data-dir', options.dataDir],
		...(options.extensionsDir === undefined ? [] : ['--extensions-dir', options.extensionsDir]),
	];
}

/** The environment without variables that would make VS Code run as a part of another instance. */
function serverEnvironment(extra: NodeJS.ProcessEnv | undefined): NodeJS.ProcessEnv {
	const inherited = Object.entries(process.env).filter(
		([name]) => !/^(VSCODE_|ELECTRON_|NODE_V8_COVERAGE$)/.test(name),
	);
	return { ...Object.fromEntries(inherited), ...extra };
}

/** Collects the output of a child. */
function collect(child: ChildProcess): { text: string } {
	const output = { text: '' };
	for (const pipe of [child.stdout, child.stderr]) {
		pipe?.setEncoding('utf8').on('data', (text: string) => {
			output.text += text;
		});
	}
	return output;
}

/** Waits for the line with the port of a server. */
async function listeningPort(child: ChildProcess, ended: Promise<number>, output: { text: string }): Promise<number> {
	let timer: NodeJS.Timeout | undefined;
	try {
		return await new Promise<number>((resolve, reject) => {
			const fail = (what: string): void => reject(new Error(`${what}\n${output.text}`));
			timer = setTimeout(() => fail(`VS Code's server did not listen within ${START_TIMEOUT_MS} ms`), START_TIMEOUT_MS);
			child.once('error', reject);
			const look = (): void => {
				const port = /Extension host agent listening on (\d+)/.exec(output.text)?.[1];
				if (port !== undefined) resolve(Number(port));
				// The server keeps running without a port after that.
				const taken = /address already in use (\S+)/.exec(output.text)?.[1];
				if (taken !== undefined) reject(new Error(`another program already listens on ${taken}`));
			};
			child.stdout?.on('data', look);
			child.stderr?.on('data', look);
			void ended.then(code => fail(`VS Code's server ended with code ${code}`));
		});
	} catch (error) {
		await endTree(child);
		throw error;
	} finally {
		clearTimeout(timer);
	}
}
