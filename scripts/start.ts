import { randomBytes } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { withLock } from '../server/src/node/lock.ts';
import { runCommand, UsageError } from './host/command.ts';
import { type Desktop, findDesktop } from './host/desktop.ts';
import { CACHE, messageOf, ROOT } from './host/paths.ts';
import { isEnding, run } from './host/processes.ts';
import { installServed } from './host/served.ts';
import { installExtension, startServer, workbenchUrl, writeUserSettings } from './host/server.ts';
import { QUIET_SETTINGS } from './host/settings.ts';
import { packageExtension } from './package.ts';

const EXAMPLES = join(ROOT, 'examples/archive');

const USAGE = `Usage: npm start -- [--served] [--folder DIR] [--port N]

Packs the extension, installs it into a VS Code with a profile of its own, and opens a folder there:
in desktop VS Code if it is available, otherwise in VS Code served to your browser.

  --served      serve VS Code to the browser even if desktop VS Code is available
  --folder DIR  folder to open instead of examples/archive
  --port N      port of the served VS Code on 127.0.0.1 (implies --served; default: any free one)
  --help        show this`;

interface StartOptions {
	readonly served: boolean;
	/** Absolute path of a folder. */
	readonly folder: string;
	/** Port for the served VS Code; 0 for any. */
	readonly port: number;
}

/** Parses the command line; `undefined` if only help was requested. */
function readOptions(): StartOptions | undefined {
	const { values } = parseArgs({
		options: {
			served: { type: 'boolean' },
			folder: { type: 'string' },
			port: { type: 'string' },
			help: { type: 'boolean' },
		},
	});
	if (values.help === true) return undefined;
	// npm runs scripts in the folder of the package, and sets INIT_CWD to that of the user.
	const folder = values.folder === undefined ? EXAMPLES : resolve(process.env.INIT_CWD ?? '.', values.folder);
	if (!existsSync(folder)) throw new UsageError(`--folder: ${folder} does not exist`);
	if (!statSync(folder).isDirectory()) throw new UsageError(`--folder: ${folder} is not a folder`);
	const port = values.port === undefined ? 0 : Number(values.port);
	if (!Number.isInteger(port) || port < 0 || port > 65_535 || values.port?.trim() === '') {
		throw new UsageError(`--port: ${values.port} is not a port number`);
	}
	return { served: values.served === true || values.port !== undefined, folder, port };
}

/** Opens the folder in a desktop VS Code, which keeps running after this script has ended. */
async function openDesktop({ cli }: Desktop, folder: string, vsix: string): Promise<void> {
	const profile = join(CACHE, 'desktop');
	await writeUserSettings(join(profile, 'user-data'), QUIET_SETTINGS, false);
	const args = [
		...['--extensions-dir', join(profile, 'extensions')],
		...['--user-data-dir', join(profile, 'user-data')],
		// VS Code does not start as root otherwise.
		...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
	];
	const steps = [
		[...args, '--install-extension', vsix, '--force'],
		[...args, '--new-window', ...trustArguments(folder), folder],
	];
	for (const step of steps) {
		const { code, output } = await run(cli, step, { timeoutMs: 120_000 });
		if (code !== 0) throw new Error(`${cli} ended with code ${code}: ${output.trim()}`);
	}
}

/** The example archive is trusted; for any other folder VS Code asks. */
function trustArguments(folder: string): string[] {
	return folder === EXAMPLES ? ['--disable-workspace-trust'] : [];
}

/** Serves VS Code to the browser until the server ends; Ctrl-C ends both. Resolves to the exit code. */
async function serve(folder: string, port: number, vsix: string): Promise<number> {
	const program = await installServed(line => console.log(line));
	const dataDir = join(CACHE, 'served-profile');
	await writeUserSettings(join(dataDir, 'data'), QUIET_SETTINGS, false);
	// Two processes at once would unpack into one folder.
	const onWait = (): void => console.log('Waiting for another process to finish installing the extension…');
	await withLock(`${dataDir}.lock`, { onWait }, () => installExtension({ program, dataDir }, vsix));
	const trust = folder === EXAMPLES;
	const server = await startServer({ program, dataDir, port, token: randomBytes(16).toString('hex'), trust });
	console.log(
		`\nVS Code with Marginalia is at\n\n    ${workbenchUrl(server, folder)}\n\nOpen this address in your browser. Ctrl-C ends it.`,
	);
	const code = await server.ended;
	if (isEnding()) return 0;
	console.error(`VS Code's server exited with code ${code}.\n${server.log()}`);
	return 1;
}

await runCommand(USAGE, async () => {
	const options = readOptions();
	if (options === undefined) {
		console.log(USAGE);
		return 0;
	}
	console.log('Packing the extension…');
	const vsix = await packageExtension();
	if (!options.served) {
		const found = await findDesktop(line => console.log(line));
		if ('cli' in found) {
			try {
				await openDesktop(found, options.folder, vsix);
				console.log(`Opened ${options.folder} in desktop VS Code (${found.cli}).`);
				return 0;
			} catch (error) {
				console.log(`Desktop VS Code did not open (${messageOf(error)}); serving it to the browser instead.`);
			}
		} else {
			console.log(`No desktop VS Code: ${found.reason}. Serving it to the browser instead.`);
		}
	}
	return await serve(options.folder, options.port, vsix);
});
