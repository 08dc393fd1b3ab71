import { existsSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { packagePath } from '../../scripts/host/paths.ts';
import { installServed } from '../../scripts/host/served.ts';
import {
	installExtension,
	type Server,
	startServer,
	workbenchUrl,
	writeUserSettings,
} from '../../scripts/host/server.ts';
import { QUIET_SETTINGS } from '../../scripts/host/settings.ts';
import { temporaryFolder } from '../../scripts/host/temporary.ts';
import { sharedBrowser } from '../support/browser.ts';
import { type DelayedConnection, delayConnection } from '../support/delayedConnection.ts';
import { PATIENCE_MS } from './waitFor.ts';

/** A running VS Code with the packaged extension, opened in a browser on a copy of a folder. */
export interface Session {
	readonly page: Page;
	/** The copy, which tests may change. */
	readonly folder: string;
	/** The connection between page and server; `undefined` unless it is delayed. */
	readonly connection: DelayedConnection | undefined;
	/** Closes page and server, and removes everything that they wrote. */
	close(): Promise<void>;
}

/** What to open and how. */
export interface SessionOptions {
	/** Folder to copy and open. */
	readonly folder: string;
	/** User settings, which override the defaults for tests. */
	readonly settings?: Readonly<Record<string, unknown>>;
	/** Whether the folder is trusted; it is by default. */
	readonly trust?: boolean;
	/** Whether the browser accepts invalid certificates; false by default. */
	readonly trustsHosts?: boolean;
	/** Size of the page in pixels. */
	readonly size?: { readonly width: number; readonly height: number };
	/** Whether the page is connected through a `DelayedConnection`; false by default. */
	readonly delayed?: boolean;
}

/** The folder in which the packaged extension is installed, for all sessions of this process. */
let installation: Promise<string> | undefined;

/**
 * Starts VS Code with the packaged extension and opens a copy of a folder in a browser.
 * @throws if a part does not start, after stopping the others
 */
export async function startSession(options: SessionOptions): Promise<Session> {
	const program = await installServed(line => console.log(line));
	installation ??= installPackage(program);
	const extensionsDir = await installation;
	const temporary = await temporaryFolder('browser');
	const directory = temporary.path;
	const folder = join(directory, basename(options.folder));
	let server: Server | undefined;
	let context: BrowserContext | undefined;
	let connection: DelayedConnection | undefined;
	const close = async (): Promise<void> => {
		await context?.close();
		await connection?.close();
		await server?.stop();
		await temporary.remove();
	};
	try {
		await cp(options.folder, folder, { recursive: true });
		await writeUserSettings(join(directory, 'server/data'), { ...QUIET_SETTINGS, ...options.settings }, true);
		server = await startServer({
			program,
			dataDir: join(directory, 'server'),
			extensionsDir,
			trust: options.trust ?? true,
		});
		context = await (await sharedBrowser()).newContext({
			viewport: options.size ?? { width: 1440, height: 900 },
			ignoreHTTPSErrors: options.trustsHosts ?? false,
		});
		const page = await context.newPage();
		page.setDefaultTimeout(PATIENCE_MS);
		if (options.delayed) connection = await delayConnection(server.port);
		await page.goto(workbenchUrl({ ...server, port: connection?.port ?? server.port }, folder));
		return { page, folder, connection, close };
	} catch (error) {
		await close();
		throw error;
	}
}

async function installPackage(program: string): Promise<string> {
	const vsix = await packagePath();
	if (!existsSync(vsix)) throw new Error(`${vsix} is missing: run “npm run package” first`);
	const { path: directory } = await temporaryFolder('extensions');
	const extensionsDir = join(directory, 'extensions');
	await installExtension({ program, dataDir: join(directory, 'server'), extensionsDir }, vsix);
	return extensionsDir;
}
