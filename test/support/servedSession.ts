import { cp } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { installServed } from '../../scripts/host/served.ts';
import { folderPath, type Server, startServer, workbenchUrl, writeUserSettings } from '../../scripts/host/server.ts';
import { QUIET_SETTINGS } from '../../scripts/host/settings.ts';
import { temporaryFolder } from '../../scripts/host/temporary.ts';
import { type DelayedConnection, delayConnection } from './delayedConnection.ts';

/** A running VS Code, opened in a browser on a copy of a folder. */
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
	/** Folder of another extension to load, from its sources. */
	readonly extension?: string;
}

/**
 * Starts VS Code with the extensions of a folder and opens a copy of a folder in a browser.
 * @param extensionsDir the folder of installed extensions, which may be empty or missing
 * @throws if a part does not start, after stopping the others
 */
export async function openSession(browser: Browser, extensionsDir: string, options: SessionOptions): Promise<Session> {
	const program = await installServed(line => console.log(line));
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
			testDriver: options.extension !== undefined,
		});
		context = await browser.newContext({
			viewport: options.size ?? { width: 1440, height: 900 },
			ignoreHTTPSErrors: options.trustsHosts ?? false,
		});
		const page = await context.newPage();
		if (options.delayed) connection = await delayConnection(server.port);
		const port = connection?.port ?? server.port;
		const extension = options.extension && `vscode-remote://127.0.0.1:${port}${folderPath(options.extension)}`;
		const payload = extension ? [['extensionDevelopmentPath', extension] as const] : [];
		await page.goto(workbenchUrl({ ...server, port }, folder, payload));
		return { page, folder, connection, close };
	} catch (error) {
		await close();
		throw error;
	}
}
