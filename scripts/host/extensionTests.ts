import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { format, parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { runCommand, UsageError } from './command.ts';
import { RESULTS } from './paths.ts';
import { installServed } from './served.ts';
import { folderPath, type Server, startServer, workbenchUrl, writeUserSettings } from './server.ts';
import { QUIET_SETTINGS } from './settings.ts';
import { temporaryFolder } from './temporary.ts';

const USAGE = `Usage: served-executable --extensionDevelopmentPath=DIR --extensionTestsPath=FILE [--extensionDevelopmentKind=web] FOLDER

Runs the tests of an extension in a VS Code that is served to a browser without a window, and ends with their exit code.
Other arguments of desktop VS Code are accepted and mean nothing here.`;

/** The time limit of the tests, in milliseconds. */
const TESTS_TIMEOUT_MS = 40 * 60_000;

/** The prefix that marks output of tests in the console of VS Code. */
const MARK = '[test] ';

/** The file for the log of VS Code itself. */
const LOG_FILE = join(RESULTS, 'vscode.log');

interface TestRun {
	readonly extension: string;
	readonly tests: string;
	readonly folder: string;
	/** Runs the browser build of the extension, in the web worker extension host. */
	readonly web: boolean;
}

function readOptions(): TestRun {
	// `runTests` passes arguments that only the desktop program supports, such as `--no-sandbox`.
	const { values, positionals } = parseArgs({
		options: {
			extensionDevelopmentPath: { type: 'string' },
			extensionTestsPath: { type: 'string' },
			extensionDevelopmentKind: { type: 'string' },
		},
		strict: false,
		allowPositionals: true,
	});
	const { extensionDevelopmentPath: extension, extensionTestsPath: tests } = values;
	const [folder] = positionals;
	if (typeof extension !== 'string' || typeof tests !== 'string' || folder === undefined) {
		throw new UsageError('give an extension, its tests and a folder');
	}
	return {
		extension: resolve(extension),
		tests: resolve(tests),
		folder: resolve(folder),
		web: values.extensionDevelopmentKind === 'web',
	};
}

/** Opens the workbench, which runs the tests. Resolves to their exit code. */
async function runInPage(page: Page, server: Server, options: TestRun): Promise<number> {
	const remote = (path: string) => `vscode-remote://127.0.0.1:${server.port}${folderPath(path)}`;
	const payload: [string, string][] = [
		['extensionDevelopmentPath', remote(options.extension)],
		['extensionTestsPath', remote(options.tests)],
		['skipWelcome', 'true'],
	];
	if (options.web) payload.push(['extensionDevelopmentKind', 'web']);
	const exited = new Promise<number>((resolveExit, reject) => {
		const ready = Promise.all([
			page.exposeFunction('codeAutomationLog', splitLog(LOG_FILE)),
			page.exposeFunction('codeAutomationExit', (code: number) => resolveExit(code)),
		]);
		page.on('crash', () => reject(new Error('the page with VS Code crashed')));
		page.on('close', () => reject(new Error('the page with VS Code was closed')));
		void server.ended.then(code => reject(new Error(`VS Code's server ended with code ${code}\n${server.log()}`)));
		setTimeout(
			() => reject(new Error(`the tests did not end within ${TESTS_TIMEOUT_MS / 60_000} minutes`)),
			TESTS_TIMEOUT_MS,
		).unref();
		ready.then(() => page.goto(workbenchUrl(server, options.folder, payload))).catch(reject);
	});
	return await exited;
}

/**
 * Splits the log of the workbench: the output of tests goes to the console, that of VS Code to a file.
 * @returns a function for `codeAutomationLog`
 */
function splitLog(file: string): (type: string, args: readonly unknown[]) => void {
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, '');
	return (type, args) => {
		const text = format(...args);
		if (text.startsWith(MARK)) console.log(text.slice(MARK.length));
		else appendFileSync(file, `${type}: ${text}\n`);
	};
}

await runCommand(USAGE, async () => {
	const options = readOptions();
	console.log(`VS Code's own log goes to ${relative(process.cwd(), LOG_FILE)}.`);
	const program = await installServed(line => console.log(line));
	const temporary = await temporaryFolder('vscode');
	const dataDir = temporary.path;
	try {
		await writeUserSettings(join(dataDir, 'data'), QUIET_SETTINGS, true);
		const server = await startServer({
			program,
			dataDir,
			trust: true,
			testDriver: true,
			env: { MARGINALIA_TEST_MARK: MARK },
		});
		try {
			const browser = await launchBrowser(line => console.log(line));
			try {
				return await runInPage(await browser.newPage(), server, options);
			} finally {
				await browser.close();
			}
		} finally {
			await server.stop();
		}
	} finally {
		await temporary.remove();
	}
});
