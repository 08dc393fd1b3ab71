import * as vscode from 'vscode';
import { EXTENSION_COMMANDS } from '../../../server/src/protocol/commands.ts';
import { documentSelector } from '../article/documents.ts';
import type { ServerState } from './launcher.ts';
import type { Server } from './server.ts';

const TEXT: Readonly<Record<ServerState, string>> = {
	idle: 'Not started',
	starting: 'Starting…',
	running: 'Running',
	stopped: 'Stopped',
	failed: 'Failed',
};

/** Shows the state of the language server in the language status of articles, with a matching command. */
export function showServerStatus(context: vscode.ExtensionContext, server: Server): void {
	const item = vscode.languages.createLanguageStatusItem('marginalia.server', documentSelector());
	item.name = 'Marginalia';
	item.detail = 'Marginalia language server';
	const show = (state: ServerState): void => {
		const down = state === 'failed' || state === 'stopped';
		item.text = TEXT[state];
		item.busy = state === 'starting';
		item.severity = down ? vscode.LanguageStatusSeverity.Error : vscode.LanguageStatusSeverity.Information;
		item.command = down
			? { title: 'Restart', command: EXTENSION_COMMANDS.restartServer }
			: { title: 'Show Output', command: EXTENSION_COMMANDS.showOutput };
	};
	show(server.state);
	context.subscriptions.push(item, server.onDidChangeState(show));
}
