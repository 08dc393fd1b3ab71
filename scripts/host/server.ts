import type { ChildProcess } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { endTree, run, spawnTree } from './processes.ts';

/** A running server of VS Code for the browser. */
export interface Server {
	readonly port: number;
	/** Its folder on disk, as given to `startServer`. */
	readonly dataDir: string;
	/** The connection token; undefined when none is asked for. */
	readonly token: string | undefined;
	/** What it has printed so far, standard output and error. */
	log(): string;
	/** Resolves with the exit code when the server ends, for whatever reason. */
	readonly ended: Promise<number>;
	/** Ends it and everything that it started. */
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
	/** Connection token that a browser must bring; without it the server asks for none. */
	readonly token?: string;
	/** Opens every folder as a trusted one. */
	readonly trust?: boolean;
	/** Honours extension development and test options from the address. */
	readonly testDriver?: boolean;
	readonly env?: NodeJS.ProcessEnv;
}

/** Time in which a server must be listening, in milliseconds; it usually takes less than one second. */
const START_TIMEOUT_MS = 180_000;

/**
 * Starts VS Code for the browser on 127.0.0.1 and waits until it listens.
 * @throws Error with the server's own words when it ends or does not listen in time, for instance because the port is taken
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
 * Installs a packaged extension for servers with this data folder, in place of another version of it.
 * @throws Error with the output of VS Code when that fails
 */
export async function installExtension(
	options: Pick<ServerOptions, 'program' | 'dataDir' | 'extensionsDir'>,
	vsix: string,
): Promise<void> {
	await mkdir(options.dataDir, { recursive: true });
	const main = join(options.program, 'out/server-main.js');
	const args = [main, ...dataArguments(options), '--install-extension', vsix, '--force'];
	const { code, output } = await run(process.execPath, args, { cwd: options.program, env: serverEnvironment({}) });
	// VS Code ends with code 0 after some failures.
	if (code !== 0 || !/successfully installed/.test(output)) {
		throw new Error(`VS Code could not install ${vsix} (code ${code})\n${output}`);
	}
}

/**
 * Writes the user settings of a VS Code.
 * @param userDataDir its folder for user data; of a server, `data` in its data folder
 * @param overwrite false keeps a settings file that is there already
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
 * The address at which a browser opens a folder on a server.
 * @param folder absolute path
 * @param payload pairs that VS Code takes as options of the workbench
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

/** A path as VS Code writes it in an address: `/c:/x` for `C:\x`. */
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

/** This process's environment without what would make a VS Code take itself for a part of another one. */
function serverEnvironment(extra: NodeJS.ProcessEnv | undefined): NodeJS.ProcessEnv {
	const inherited = Object.entries(process.env).filter(
		([name]) => !/^(VSCODE_|ELECTRON_|NODE_V8_COVERAGE$)/.test(name),
	);
	return { ...Object.fromEntries(inherited), ...extra };
}

/** Gathers what a child prints. */
function collect(child: ChildProcess): { text: string } {
	const output = { text: '' };
	for (const pipe of [child.stdout, child.stderr]) {
		pipe?.setEncoding('utf8').on('data', (text: string) => {
			output.text += text;
		});
	}
	return output;
}

/** Waits for the line in which a server names its port. */
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
				// It goes on without a port after that.
				const taken = /address already in use (\S+)/.exec(output.text)?.[1];
				if (taken !== undefined) reject(new Error(`another program listens on ${taken} already`));
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
