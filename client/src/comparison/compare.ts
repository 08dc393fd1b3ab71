import * as vscode from 'vscode';
import { ARTICLE_LANGUAGE, hasArticleText } from '../article/detection.ts';
import { comparisonUri, forgetPreview, type Pair } from './side.ts';

/** Opens two versions of an article in a diff editor, block by block. Files that are not articles are compared as they are. */
export async function compare({ left, right, title }: Pair): Promise<void> {
	const sources = await Promise.all([left, right].map(({ uri }) => vscode.workspace.openTextDocument(uri)));
	if (!sources.some(source => source.languageId === ARTICLE_LANGUAGE || hasArticleText(source))) {
		await vscode.commands.executeCommand('vscode.diff', left.uri, right.uri, title);
		return;
	}
	const uris = [comparisonUri(left), comparisonUri(right)] as const;
	const texts: string[] = [];
	for (const uri of uris) {
		const document = await vscode.workspace.openTextDocument(uri);
		texts.push(document.getText());
		if (document.languageId !== ARTICLE_LANGUAGE)
			await vscode.languages.setTextDocumentLanguage(document, ARTICLE_LANGUAGE);
	}
	if (texts[0] === texts[1]) {
		void vscode.window.showInformationMessage(`There are no changes to show. ${title}: both versions say the same.`);
		return;
	}
	await vscode.commands.executeCommand('vscode.diff', ...uris, title);
}

/** Closes the diff editor of a preview, and forgets it. */
export async function closeComparison({ left, right }: Pair): Promise<void> {
	const [original, modified] = [comparisonUri(left).toString(), comparisonUri(right).toString()];
	const tabs = vscode.window.tabGroups.all.flatMap(group => group.tabs);
	const shown = tabs.filter(
		({ input }) =>
			input instanceof vscode.TabInputTextDiff &&
			input.original.toString() === original &&
			input.modified.toString() === modified,
	);
	await vscode.window.tabGroups.close(shown);
	forgetPreview(right);
}
