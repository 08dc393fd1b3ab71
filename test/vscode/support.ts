import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Marginalia } from '../../client/src/extension.ts';

/** The hand-written archive of the tests, seen from the folder that the suites are compiled to. */
export const ARCHIVE = join(__dirname, '../../../test/fixtures/archive');

/** A short article in archive form. */
export const ARTICLE =
	'<!--1639640221000-->\n[渡轮复航](https://harbour.example/a)\n------\n\n<h2>Boats</h2><p>正文 <a href="ttps://harbour.example/b">link</a></p>\n';

/** How long anything may take that a test waits for, on a machine that is busy with much else. */
const LIMIT_MS = 120_000;

/** Activates the extension and returns what it exports. */
export async function activate(): Promise<Marginalia> {
	const extension = vscode.extensions.getExtension<Marginalia>('marginalia.marginalia');
	if (!extension) throw new Error('the extension marginalia.marginalia is not there');
	return extension.activate();
}

/** Waits until `condition` holds; looks now, and whenever `event` fires. Rejects with `what` when that takes too long. */
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

/** The open document at an address, as it is now. */
export function documentAt(uri: vscode.Uri): vscode.TextDocument | undefined {
	return vscode.workspace.textDocuments.find(document => document.uri.toString() === uri.toString());
}

/** Waits until a document has a language; a language switch reaches extensions as an opened document. */
export function untilLanguage(uri: vscode.Uri, language: string): Promise<void> {
	return until(
		vscode.workspace.onDidOpenTextDocument,
		() => documentAt(uri)?.languageId === language,
		() => `${uri} is ${language}; it is ${documentAt(uri)?.languageId}`,
	);
}

/**
 * Opens an editor on a file, by its path, and returns its document. It is opened as a user does it, not through
 * `openTextDocument`, which keeps the document for minutes after its editor was closed.
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
 * Waits until everything that was opened before has been looked at: opens one more article, and waits until that one is
 * recognised.
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

/** Waits until no document of that address is open any more. */
export function untilClosed(uri: vscode.Uri): Promise<void> {
	return until(
		vscode.workspace.onDidCloseTextDocument,
		() => documentAt(uri) === undefined,
		() => `${uri} is closed`,
	);
}

/** A folder that is removed after the suite, with a function that writes a file in it and returns its path. */
export function temporaryFolder(): (name: string, content: string | Uint8Array) => string {
	const folder = mkdtempSync(join(tmpdir(), 'marginalia-vscode-'));
	after(() => rmSync(folder, { recursive: true, force: true }));
	return (name, content) => {
		const path = join(folder, name);
		writeFileSync(path, content);
		return path;
	};
}

/** Waits until the language server does what `state` says. */
export async function untilServer(state: Marginalia['serverState']): Promise<void> {
	const marginalia = await activate();
	await until(
		marginalia.onDidChangeServerState,
		() => marginalia.serverState === state,
		() => `the server is ${state}; it is ${marginalia.serverState}`,
	);
}
