import * as vscode from 'vscode';
import type { ExecuteCommandMiddleware } from 'vscode-languageclient';
import { FORM_COMMANDS, LINK_COMMANDS } from '../../../server/src/protocol/commands.ts';
import { isArticle } from '../article/documents.ts';
import { tellToOpen } from '../article/editors.ts';

/** Commands of the server that work on a document, the one given or that of the active editor; and what they are good for. */
const DOCUMENT_COMMANDS: Readonly<Record<string, string>> = {
	[FORM_COMMANDS.expand]: 'expand or collapse it',
	[FORM_COMMANDS.collapse]: 'expand or collapse it',
	[LINK_COMMANDS.check]: 'check its links',
	[LINK_COMMANDS.checkAgain]: 'check its links',
	[LINK_COMMANDS.cancelCheck]: 'stop checking its links',
};

/** Commands that work on the archive of a document; without one, on all that is open. */
const ARCHIVE_COMMANDS: ReadonlySet<string> = new Set([LINK_COMMANDS.checkArchive, LINK_COMMANDS.updateMoved]);

/** Gives the server's commands the document, and the indentation, that they are meant for. */
export const documentCommands: ExecuteCommandMiddleware = {
	executeCommand(command, args, next) {
		const purpose = Object.hasOwn(DOCUMENT_COMMANDS, command) ? DOCUMENT_COMMANDS[command] : undefined;
		const isForArchive = ARCHIVE_COMMANDS.has(command);
		if (purpose === undefined && !isForArchive) return next(command, args);
		const [given] = args;
		const uri = given instanceof vscode.Uri ? given.toString() : typeof given === 'string' ? given : undefined;
		const editors = [vscode.window.activeTextEditor, ...vscode.window.visibleTextEditors];
		const editor = editors.find(one => one && (uri === undefined ? true : one.document.uri.toString() === uri));
		const document = uri ?? (editor && isArticle(editor.document) ? editor.document.uri.toString() : undefined);
		if (document === undefined) {
			if (purpose === undefined) return next(command, []);
			tellToOpen(purpose);
			return undefined;
		}
		const { tabSize, insertSpaces } = editor?.options ?? {};
		return next(command, typeof tabSize === 'number' ? [document, { tabSize, insertSpaces }] : [document]);
	},
};
