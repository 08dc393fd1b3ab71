import * as vscode from 'vscode';
import { fileSchemes, standsForFile } from '../../../server/src/util/schemes.ts';
import { ARTICLE_LANGUAGE } from './detection.ts';

/** Whether an address is that of a file, and not of a version of one, as git's, or of no file at all. */
export function isFile({ scheme }: vscode.Uri): boolean {
	return standsForFile(scheme, folderSchemes());
}

/** Tells menus and keys which documents are files: those of versions of articles offer nothing that would be refused. */
export function offerOnFiles(context: vscode.ExtensionContext): void {
	const tell = (): void =>
		void vscode.commands.executeCommand('setContext', 'marginalia.schemes', fileSchemes(folderSchemes()));
	context.subscriptions.push(vscode.workspace.onDidChangeWorkspaceFolders(tell));
	tell();
}

function folderSchemes(): readonly string[] {
	return (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.scheme);
}

/**
 * Whether a document is an article or list that something is done with. A version of one, as in a comparison, has the language
 * too, and gets what its own text says from the server: colours, folding, outline, hovers.
 */
export function isArticle({ languageId, uri }: vscode.TextDocument): boolean {
	return languageId === ARTICLE_LANGUAGE && isFile(uri);
}

/**
 * The documents that the server is told of: all articles and lists, wherever they lie. Of versions of them, as in a comparison, it says no
 * more than what their own text says (`server/src/util/schemes.ts`).
 */
export function documentSelector(): { language: string }[] {
	return [{ language: ARTICLE_LANGUAGE }];
}
