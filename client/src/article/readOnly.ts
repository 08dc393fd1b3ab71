import * as vscode from 'vscode';

/** Whether a document cannot be edited, as far as extensions can know: they do not see what is set for a session. */
export async function isReadOnly(document: vscode.TextDocument): Promise<boolean> {
	if (document.isUntitled) return false;
	const { uri } = document;
	if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) === false) return true;
	if (matches(document, 'readonlyInclude')) return !matches(document, 'readonlyExclude');
	try {
		const { permissions } = await vscode.workspace.fs.stat(uri);
		return permissions === vscode.FilePermission.Readonly;
	} catch {
		// A file that was deleted can be written again.
		return false;
	}
}

/** Shows a message that a document cannot be edited. */
export function tellReadOnly({ uri }: vscode.TextDocument): void {
	void vscode.window.showWarningMessage(`${vscode.workspace.asRelativePath(uri)} is read-only.`);
}

/** Whether a setting with patterns of files applies to a document. */
function matches(document: vscode.TextDocument, setting: 'readonlyInclude' | 'readonlyExclude'): boolean {
	const patterns = vscode.workspace.getConfiguration('files', document).get<Record<string, boolean>>(setting, {});
	const folder = vscode.workspace.getWorkspaceFolder(document.uri);
	return Object.entries(patterns).some(([pattern, isOn]) => {
		if (!isOn) return false;
		const relative = folder ? new vscode.RelativePattern(folder, pattern) : pattern;
		return [pattern, relative].some(glob => vscode.languages.match({ pattern: glob }, document) > 0);
	});
}
