import { cp } from 'node:fs/promises';
import { basename, delimiter, dirname, join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { runCommand } from '../host/command.ts';
import { downloadDesktop, whyNoDisplay } from '../host/desktop.ts';
import { messageOf, ROOT } from '../host/paths.ts';
import { temporaryFolder } from '../host/temporary.ts';
import { COMPILED_SUITES, compileSuites } from './compile.ts';

const USAGE = `Usage: node scripts/suites/vscode.ts

Runs test/vscode/suite inside the real VS Code: a downloaded desktop one where it can be had and there is a display, else the served one.
MARGINALIA_VSCODE=desktop or =served chooses; MARGINALIA_TEST_FILES, MARGINALIA_TEST_GREP select tests.`;

/** The program to run the tests in. */
async function findExecutable(): Promise<string> {
	const wanted = process.env.MARGINALIA_VSCODE ?? '';
	if (wanted !== 'served') {
		const found = await findDesktopExecutable();
		if ('executable' in found) return found.executable;
		if (wanted === 'desktop') throw new Error(`no desktop VS Code: ${found.reason}`);
		console.log(`No desktop VS Code: ${found.reason}. Testing in the served one.`);
	}
	const name = process.platform === 'win32' ? 'served-executable.cmd' : 'served-executable';
	return join(ROOT, 'scripts/host', name);
}

async function findDesktopExecutable(): Promise<{ readonly executable: string } | { readonly reason: string }> {
	const reason = whyNoDisplay();
	return reason === undefined ? await downloadDesktop(line => console.log(line)) : { reason };
}

await runCommand(USAGE, async () => {
	await compileSuites();
	const vscodeExecutablePath = await findExecutable();
	const temporary = await temporaryFolder('test');
	try {
		// Tests write files, so they get a copy with a descriptive name.
		const folder = join(temporary.path, 'archive');
		await cp(join(ROOT, 'examples/archive'), folder, { recursive: true });
		await runTests({
			vscodeExecutablePath,
			extensionDevelopmentPath: ROOT,
			extensionTestsPath: join(COMPILED_SUITES, 'index.cjs'),
			launchArgs: [folder, '--disable-extensions'],
			extensionTestsEnv: {
				// The served executable is a Node script, and runs with the same Node as this process.
				PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
				MARGINALIA_TEST_COLOR: process.stdout.isTTY ? '1' : '0',
				MARGINALIA_TEST_FOLDER: basename(folder),
			},
		});
		return 0;
	} catch (error) {
		console.error(messageOf(error));
		return 1;
	} finally {
		await temporary.remove();
	}
});
