import * as vscode from 'vscode';
import { EXTENSION_COMMANDS } from '../../../server/src/protocol/commands.ts';
import { ARTICLE_LANGUAGE } from './detection.ts';

/** Registers `New Article`, which opens an untitled article with a header template and the current time. */
export function registerNewArticle(): vscode.Disposable {
	return vscode.commands.registerCommand(EXTENSION_COMMANDS.newArticle, async () => {
		const document = await vscode.workspace.openTextDocument({ language: ARTICLE_LANGUAGE, content: '' });
		const editor = await vscode.window.showTextDocument(document);
		const header = `<!--${Date.now()}-->\n[\${1:Title}](\${2:https://})\n------\n\n<p>$0</p>\n`;
		await editor.insertSnippet(new vscode.SnippetString(header));
	});
}
