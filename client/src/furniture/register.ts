import * as vscode from 'vscode';
import { EXTENSION_COMMANDS } from '../../../server/src/protocol/commands.ts';
import type { Server } from '../lsp/server.ts';
import { describePlace } from './describeSource.ts';
import { removeFurniture } from './removeFurniture.ts';

/** Registers the commands for the page around an article. */
export function registerFurniture(server: Server): vscode.Disposable {
	const { registerCommand } = vscode.commands;
	return vscode.Disposable.from(
		registerCommand(EXTENSION_COMMANDS.removePageFurniture, (given?: unknown) => removeFurniture(server, given)),
		registerCommand(EXTENSION_COMMANDS.notTheArticle, (given?: unknown) => describePlace(server, true, given)),
		registerCommand(EXTENSION_COMMANDS.theArticle, (given?: unknown) => describePlace(server, false, given)),
	);
}
