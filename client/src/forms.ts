import * as vscode from 'vscode';
import type { ExecuteCommandMiddleware, Location as ProtocolLocation } from 'vscode-languageclient';
import { ARTICLE_LANGUAGE } from './detection.ts';

/** Commands of the server that work on a document: the one given, or that of the active editor. */
const FORM_COMMANDS = new Set(['marginalia.expand', 'marginalia.collapse']);

/** Gives the server's commands the document and the indentation that they are meant for. */
export const formCommands: ExecuteCommandMiddleware = {
	executeCommand(command, args, next) {
		if (!FORM_COMMANDS.has(command)) return next(command, args);
		const [given] = args;
		const uri = given instanceof vscode.Uri ? given.toString() : typeof given === 'string' ? given : undefined;
		const editors = [vscode.window.activeTextEditor, ...vscode.window.visibleTextEditors];
		const editor = editors.find(one => one && (uri === undefined ? true : one.document.uri.toString() === uri));
		const document = uri ?? editor?.document.uri.toString();
		if (document === undefined || (uri === undefined && editor?.document.languageId !== ARTICLE_LANGUAGE)) {
			void vscode.window.showInformationMessage('Open an article to expand or collapse it.');
			return undefined;
		}
		const { tabSize, insertSpaces } = editor?.options ?? {};
		return next(command, typeof tabSize === 'number' ? [document, { tabSize, insertSpaces }] : [document]);
	},
};

/** `marginalia.showPlaces`: peeks at places of an article, which a lens of the server counts. */
export function registerShowPlaces(): vscode.Disposable {
	return vscode.commands.registerCommand(
		'marginalia.showPlaces',
		async (uri: string, { line, character }: vscode.Position, locations: readonly ProtocolLocation[]) => {
			await vscode.commands.executeCommand(
				'editor.action.peekLocations',
				vscode.Uri.parse(uri),
				new vscode.Position(line, character),
				locations.map(
					({ uri: place, range: { start, end } }) =>
						new vscode.Location(
							vscode.Uri.parse(place),
							new vscode.Range(start.line, start.character, end.line, end.character),
						),
				),
				'peek',
			);
		},
	);
}
