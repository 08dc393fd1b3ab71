import * as vscode from 'vscode';
import { isArticle } from '../article/documents.ts';

interface Choice extends vscode.QuickPickItem {
	/** Absent for the choice of a file that is not open. */
	readonly uri?: vscode.Uri;
}

/** Asks for an article to compare with another: one that is open, or any file. */
export async function chooseOther(uri: vscode.Uri): Promise<vscode.Uri | undefined> {
	const open: Choice[] = vscode.workspace.textDocuments
		.filter(document => isArticle(document) && document.uri.toString() !== uri.toString())
		.map(document => ({
			label: vscode.workspace.asRelativePath(document.uri),
			iconPath: vscode.ThemeIcon.File,
			uri: document.uri,
		}));
	const browse: Choice = { label: 'Choose a File…', iconPath: new vscode.ThemeIcon('folder-opened') };
	if (open.length > 0) {
		const title = 'Compare with File';
		const choice = await vscode.window.showQuickPick([...open, browse], { title, placeHolder: 'Open articles' });
		if (!choice) return undefined;
		if (choice.uri) return choice.uri;
	}
	const [chosen] =
		(await vscode.window.showOpenDialog({
			defaultUri: vscode.Uri.joinPath(uri, '..'),
			title: 'Compare with File',
			openLabel: 'Compare',
		})) ?? [];
	return chosen;
}
