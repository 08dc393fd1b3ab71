import * as vscode from 'vscode';
import { EXTENSION_COMMANDS } from '../../../server/src/protocol/commands.ts';
import type { Server } from '../lsp/server.ts';
import { removeFurniture } from './removeFurniture.ts';

/** Registers the commands for the page around an article. */
export function registerFurniture(server: Server): vscode.Disposable {
	return vscode.commands.registerCommand(EXTENSION_COMMANDS.removePageFurniture, (given?: unknown) =>
		removeFurniture(server, given),
	);
}
