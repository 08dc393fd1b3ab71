import * as vscode from 'vscode';
import { EXTENSION_COMMANDS } from '../../../server/src/protocol/commands.ts';
import { messageOf } from '../../../server/src/util/errors.ts';
import { withoutLinks } from '../../../server/src/util/labels.ts';
import { isArticle } from '../article/documents.ts';
import { LONG_LINE } from '../util/longLine.ts';

/**
 * Registers `marginalia.rename`, which renames the id at the cursor. On a long line, the input box of VS Code's own command
 * would appear at the start of the line, out of sight. The new name is then requested in a quick input.
 */
export function registerRename(): vscode.Disposable {
	return vscode.commands.registerTextEditorCommand(EXTENSION_COMMANDS.rename, async ({ document, selection }) => {
		const position = selection.active;
		if (!isArticle(document) || document.lineAt(position).text.length <= LONG_LINE) {
			await vscode.commands.executeCommand('editor.action.rename');
			return;
		}
		try {
			await renameAt(document, position);
		} catch (error) {
			void vscode.window.showInformationMessage(withoutLinks(messageOf(error)));
		}
	});
}

async function renameAt(document: vscode.TextDocument, position: vscode.Position): Promise<void> {
	const { uri, version } = document;
	const { placeholder } = await vscode.commands.executeCommand<{ readonly placeholder: string }>(
		'vscode.prepareRename',
		uri,
		position,
	);
	const rename = (name: string): Thenable<vscode.WorkspaceEdit> =>
		vscode.commands.executeCommand<vscode.WorkspaceEdit>('vscode.executeDocumentRenameProvider', uri, position, name);
	const name = await vscode.window.showInputBox({
		title: `Rename the id ${placeholder}`,
		prompt: 'Also updates all links to it in the archive.',
		value: placeholder,
		async validateInput(value) {
			if (value === placeholder) return undefined;
			return rename(value).then(() => undefined, messageOf);
		},
	});
	if (name === undefined || name === placeholder) return;
	if (document.version !== version) throw new Error('The article has changed in the meantime. Rename the id again.');
	await vscode.workspace.applyEdit(await rename(name), { isRefactoring: true });
}
