import * as vscode from 'vscode';
import type { CodeLensMiddleware, ExecuteCommandMiddleware } from 'vscode-languageclient';
import {
	ARCHIVE_COMMANDS,
	EXTENSION_COMMANDS,
	FORM_COMMANDS,
	FURNITURE_COMMANDS,
	LINK_COMMANDS,
} from '../../../server/src/protocol/commands.ts';
import { isArticle } from '../article/documents.ts';
import { tellToOpen } from '../article/editors.ts';
import { isReadOnly, tellReadOnly } from '../article/readOnly.ts';

/** Server commands that act on a document (the given one, or that of the active editor), with their purpose for messages. */
const DOCUMENT_COMMANDS: Readonly<Record<string, string>> = {
	[FORM_COMMANDS.expand]: 'expand or collapse it',
	[FORM_COMMANDS.collapse]: 'expand or collapse it',
	[LINK_COMMANDS.check]: 'check its links',
	[LINK_COMMANDS.checkAgain]: 'check its links',
	[LINK_COMMANDS.cancelCheck]: 'stop checking its links',
};

/** Commands that act on the archive of a document; without a document, on all workspace folders. */
const WHOLE_ARCHIVE: ReadonlySet<string> = new Set([
	LINK_COMMANDS.checkArchive,
	LINK_COMMANDS.updateMoved,
	ARCHIVE_COMMANDS.updateMovedFiles,
]);

/** Commands that change a document. */
const CHANGING: ReadonlySet<string> = new Set(Object.values(FORM_COMMANDS));

/**
 * Adds the target document and its indentation to the arguments of server commands, and does not offer those that would change a
 * document that is read-only.
 */
export const documentCommands: ExecuteCommandMiddleware & CodeLensMiddleware = {
	async provideCodeLenses(document, token, next) {
		const lenses = await next(document, token);
		const changes = ({ command }: vscode.CodeLens): boolean => command !== undefined && CHANGING.has(command.command);
		if (!lenses?.some(changes) || !(await isReadOnly(document))) return lenses;
		return lenses.filter(lens => !changes(lens));
	},
	async executeCommand(command, args, next) {
		// Code actions run it; users are asked first.
		if (command === FURNITURE_COMMANDS.remove)
			return vscode.commands.executeCommand(EXTENSION_COMMANDS.removePageFurniture, uriOf(args[0]));
		const purpose = Object.hasOwn(DOCUMENT_COMMANDS, command) ? DOCUMENT_COMMANDS[command] : undefined;
		const isForArchive = WHOLE_ARCHIVE.has(command);
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
		const target = vscode.workspace.textDocuments.find(one => one.uri.toString() === document);
		if (CHANGING.has(command) && target && (await isReadOnly(target))) {
			tellReadOnly(target);
			return undefined;
		}
		const { tabSize, insertSpaces } = editor?.options ?? {};
		return next(command, typeof tabSize === 'number' ? [document, { tabSize, insertSpaces }] : [document]);
	},
};

/** The URI in the argument of a command that takes an object. */
function uriOf(given: unknown): vscode.Uri | undefined {
	if (typeof given !== 'object' || given === null || !('uri' in given) || typeof given.uri !== 'string')
		return undefined;
	return vscode.Uri.parse(given.uri, true);
}
