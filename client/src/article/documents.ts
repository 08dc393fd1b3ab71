import * as vscode from 'vscode';
import { fileSchemes, standsForFile } from '../../../server/src/util/schemes.ts';
import { ARTICLE_LANGUAGE } from './detection.ts';

/** Whether a URI identifies a file, as opposed to a version of one (such as a `git:` URI) or no file at all. */
export function isFile({ scheme }: vscode.Uri): boolean {
	return standsForFile(scheme, folderSchemes());
}

/** Sets the context key with the schemes of files, so that menus and keybindings are disabled for versions of articles. */
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
 * Whether a document is an article or list in a file. A version of one, as in a diff editor, has the language but is not
 * accepted here. The server provides it only with features based on its text: colours, folding, outline, hovers.
 */
export function isArticle({ languageId, uri }: vscode.TextDocument): boolean {
	return languageId === ARTICLE_LANGUAGE && isFile(uri);
}

/**
 * Returns the selector of documents synchronised with the server: all articles and lists, with any scheme. For versions of
 * articles, as in a diff editor, the server provides only features based on their text (`server/src/util/schemes.ts`).
 */
export function documentSelector(): { language: string }[] {
	return [{ language: ARTICLE_LANGUAGE }];
}
