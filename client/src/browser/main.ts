import * as vscode from 'vscode';
import { activateExtension, type Marginalia } from '../extension.ts';
import type { Launcher } from '../lsp/launcher.ts';

export { deactivate } from '../extension.ts';

/** Activates the extension in the web worker extension host of VS Code for the Web. */
export function activate(context: vscode.ExtensionContext): Marginalia {
	return activateExtension(context, () => loadLauncher(context.extensionUri));
}

/** Loads the launcher and its dependency. VS Code for the Web loads only an extension's entry point in this way. */
async function loadLauncher(extension: vscode.Uri): Promise<Launcher> {
	const languageClient = await load<unknown>(extension, 'languageClient.cjs', () => vscode);
	return load<Launcher>(extension, 'browserLauncher.cjs', name => (name === 'vscode' ? vscode : languageClient));
}

/**
 * Loads a CommonJS bundle from the folder of this one.
 *
 * @throws if it is missing
 */
async function load<T>(extension: vscode.Uri, name: string, require: (name: string) => unknown): Promise<T> {
	const file = vscode.Uri.joinPath(extension, 'client/dist', name);
	const source = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
	const module = { exports: {} };
	// The fragment tells VS Code's debugger to account for the lines that `Function` adds.
	const run = new Function('module', 'exports', 'require', `${source}\n//# sourceURL=${file}#vscode-extension`);
	run(module, module.exports, require);
	return module.exports as T;
}
