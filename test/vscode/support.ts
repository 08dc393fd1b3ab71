import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Marginalia } from '../../client/src/extension.ts';
import { removeFolder } from '../../scripts/host/temporary.ts';

/** The path of the fixture archive, relative to the folder of the compiled suites. */
export const ARCHIVE = join(__dirname, '../../../test/fixtures/archive');

/** A short article in archive form. */
export const ARTICLE =
	'<!--1639640221000-->\n[渡轮复航](https://harbour.example/a)\n------\n\n<h2>Boats</h2><p>正文 <a href="ttps://harbour.example/b">link</a></p>\n';

/** The timeout of waits in tests, which allows for a busy machine. */
const LIMIT_MS = 120_000;

/** Activates the extension and returns what it exports. */
export async function activate(): Promise<Marginalia> {
	const extension = vscode.extensions.getExtension<Marginalia>('marginalia.marginalia');
	if (!extension) throw new Error('the extension marginalia.marginalia is not there');
	return extension.activate();
}

/** Waits until `condition` holds. Checks it now and whenever `event` fires. Rejects with `what` on a timeout. */
export function until<T>(event: vscode.Event<T>, condition: () => boolean, what: () => string): Promise<void> {
	return new Promise((resolve, reject) => {
		if (condition()) {
			resolve();
			return;
		}
		const timer = setTimeout(() => {
			listener.dispose();
			reject(new Error(`waited in vain until ${what()}`));
		}, LIMIT_MS);
		const listener = event(() => {
			if (!condition()) return;
			clearTimeout(timer);
			listener.dispose();
			resolve();
		});
	});
}

/** Returns the open document with a URI. */
export function documentAt(uri: vscode.Uri): vscode.TextDocument | undefined {
	return vscode.workspace.textDocuments.find(document => document.uri.toString() === uri.toString());
}

/** Waits until a document has a language. Extensions see a language change as a document being opened. */
export function untilLanguage(uri: vscode.Uri, language: string): Promise<void> {
	return until(
		vscode.workspace.onDidOpenTextDocument,
		() => documentAt(uri)?.languageId === language,
		() => `${uri} is ${language}; it is ${documentAt(uri)?.languageId}`,
	);
}

/**
 * Opens a file in an editor and returns its document. Does not use `openTextDocument`, which would keep the document open for
 * minutes after its editor is closed.
 */
export async function open(...path: string[]): Promise<vscode.TextDocument> {
	const uri = vscode.Uri.file(join(...path));
	await vscode.commands.executeCommand('vscode.open', uri, { preview: false });
	const active = (): vscode.TextDocument | undefined => vscode.window.activeTextEditor?.document;
	await until(
		vscode.window.onDidChangeActiveTextEditor,
		() => active()?.uri.toString() === uri.toString(),
		() => `the editor of ${uri} is active; active is ${active()?.uri}`,
	);
	const document = active();
	if (!document) throw new Error('no editor is active');
	return document;
}

/** Opens an article by its path, and waits until it is recognised. */
export async function openArticle(...path: string[]): Promise<vscode.TextDocument> {
	const document = await open(...path);
	await untilLanguage(document.uri, 'article');
	return document;
}

/**
 * Waits until all documents opened before have been examined, by opening another article and waiting until it is recognised.
 */
export async function settle(): Promise<void> {
	const document = await vscode.workspace.openTextDocument({ content: ARTICLE });
	await untilLanguage(document.uri, 'article');
}

/** Closes all editors without saving. */
export async function closeAll(): Promise<void> {
	while (vscode.window.activeTextEditor) {
		await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
	}
	await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/** Waits until the document with a URI is closed. */
export function untilClosed(uri: vscode.Uri): Promise<void> {
	return until(
		vscode.workspace.onDidCloseTextDocument,
		() => documentAt(uri) === undefined,
		() => `${uri} is closed`,
	);
}

/** Creates a folder that is removed after the suite, with a function that writes a file in it and returns its path. */
export function temporaryFolder(): (name: string, content: string | Uint8Array) => string {
	const folder = mkdtempSync(join(tmpdir(), 'marginalia-vscode-'));
	after(() => removeFolder(folder));
	return (name, content) => {
		const path = join(folder, name);
		writeFileSync(path, content);
		return path;
	};
}

/** Waits until the language server is in a state. */
export async function untilServer(state: Marginalia['serverState']): Promise<void> {
	const marginalia = await activate();
	await until(
		marginalia.onDidChangeServerState,
		() => marginalia.serverState === state,
		() => `the server is ${state}; it is ${marginalia.serverState}`,
	);
}
