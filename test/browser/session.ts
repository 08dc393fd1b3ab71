import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packagePath } from '../../scripts/host/paths.ts';
import { installServed } from '../../scripts/host/served.ts';
import { installExtension } from '../../scripts/host/server.ts';
import { temporaryFolder } from '../../scripts/host/temporary.ts';
import { sharedBrowser } from '../support/browser.ts';
import { openSession, type Session, type SessionOptions } from '../support/servedSession.ts';
import { PATIENCE_MS } from './waitFor.ts';

/** The folder in which the packaged extension is installed, for all sessions of this process. */
let installation: Promise<string> | undefined;

/**
 * Starts VS Code with the packaged extension and opens a copy of a folder in a browser.
 * @throws if a part does not start, after stopping the others
 */
export async function startSession(options: SessionOptions): Promise<Session> {
	installation ??= installPackage(await installServed(line => console.log(line)));
	const session = await openSession(await sharedBrowser(), await installation, options);
	session.page.setDefaultTimeout(PATIENCE_MS);
	return session;
}

async function installPackage(program: string): Promise<string> {
	const vsix = await packagePath();
	if (!existsSync(vsix)) throw new Error(`${vsix} is missing: run “npm run package” first`);
	const { path: directory } = await temporaryFolder('extensions');
	const extensionsDir = join(directory, 'extensions');
	await installExtension({ program, dataDir: join(directory, 'server'), extensionsDir }, vsix);
	return extensionsDir;
}
