import * as vscode from 'vscode';
import { ARTICLE_LANGUAGE } from './detection.ts';

/** `marginalia.newArticle`: an untitled article with the header filled in as far as it is known. */
export function registerNewArticle(): vscode.Disposable {
	return vscode.commands.registerCommand('marginalia.newArticle', async () => {
		const document = await vscode.workspace.openTextDocument({ language: ARTICLE_LANGUAGE, content: '' });
		const editor = await vscode.window.showTextDocument(document);
		const header = `<!--${Date.now()}-->\n[\${1:Title}](\${2:https://})\n------\n\n<p>$0</p>\n`;
		await editor.insertSnippet(new vscode.SnippetString(header));
	});
}
