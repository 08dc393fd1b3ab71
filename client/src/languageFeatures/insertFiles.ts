import * as vscode from 'vscode';
import { type FileInsertion, InsertFilesRequest } from '../../../server/src/protocol/editing.ts';
import { withoutLinks } from '../../../server/src/util/labels.ts';
import type { Server } from '../lsp/server.ts';
import { fromRange } from '../util/range.ts';
import { settingOf } from '../util/settings.ts';
import { filesIn, type SourceFile } from './transfer.ts';

/** The edits that insert the files of a data transfer. */
export interface FilesEdit {
	readonly kind: FileInsertion['kind'];
	readonly title: string;
	/** Whether other content of the transfer says more. */
	readonly isSecondary: boolean;
	readonly edit: vscode.WorkspaceEdit;
}

/** What comes with the files. */
interface Accompanying {
	readonly html?: string;
	readonly text?: string;
}

/**
 * Returns the edits that insert the files of a data transfer; `undefined` if there are none. Tells the user why files are left out.
 */
export async function filesEdit(
	server: Server,
	document: vscode.TextDocument,
	ranges: readonly vscode.Range[],
	dataTransfer: vscode.DataTransfer,
	{ html, text }: Accompanying,
	token: vscode.CancellationToken,
): Promise<FilesEdit | undefined> {
	const files = await filesIn(dataTransfer);
	if (token.isCancellationRequested || (files.length === 0 && !html?.includes('<img'))) return undefined;
	const answer = await server.request(
		InsertFilesRequest,
		{
			textDocument: { uri: document.uri.toString() },
			ranges: ranges.map(fromRange),
			files: files.map(({ data: _, ...file }) => file),
			...(html === undefined ? {} : { html }),
			destination: settingOf('marginalia.copyFiles.destination', document),
			overwriteBehavior: settingOf('marginalia.copyFiles.overwriteBehavior', document),
		},
		token,
	);
	if (!answer) return undefined;
	const { insertion, refusals } = answer;
	// Text that comes with a picture is inserted in its place.
	if (refusals.length > 0 && (insertion || !(html || text)))
		void vscode.window.showWarningMessage(withoutLinks(refusals.join(' ')));
	if (!insertion) return undefined;
	const { kind, title, isSecondary = false } = insertion;
	return { kind, title, isSecondary, edit: toWorkspaceEdit(document, insertion, files) };
}

/** Creates the files first: if that fails, nothing is inserted. */
function toWorkspaceEdit(
	document: vscode.TextDocument,
	{ edits, copies }: FileInsertion,
	files: readonly SourceFile[],
): vscode.WorkspaceEdit {
	const whole = new vscode.WorkspaceEdit();
	for (const { file, uri, overwrite } of copies) {
		const contents = files[file]?.data;
		if (contents) whole.createFile(vscode.Uri.parse(uri), { contents, overwrite });
	}
	const snippets = edits.map(({ range: { start, end }, snippet }) => {
		const range = new vscode.Range(start.line, start.character, end.line, end.character);
		const edit = new vscode.SnippetTextEdit(range, new vscode.SnippetString(snippet));
		edit.keepWhitespace = true;
		return edit;
	});
	whole.set(document.uri, snippets);
	return whole;
}
