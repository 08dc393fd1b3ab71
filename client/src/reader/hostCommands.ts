import * as vscode from 'vscode';
import type { HostCommand } from './page/messages.ts';
import type { Reader, ReaderContext } from './reader.ts';
import { changeSetting, SECTION, SIZES } from './settings.ts';

/** Runs what the page of a reader asks for, or a command of the same name. */
export function runHostCommand(command: HostCommand, reader: Reader, { server, log }: ReaderContext): void {
	const size = vscode.workspace.getConfiguration(SECTION).get('fontSize', SIZES.usual);
	const actions: Readonly<Record<HostCommand, () => unknown>> = {
		openArticle: () => vscode.commands.executeCommand('workbench.action.showAllSymbols'),
		openSource: () =>
			reader.head?.source !== undefined && vscode.env.openExternal(vscode.Uri.parse(reader.head.source, true)),
		restart: () => server.restart(),
		retry: () => reader.refresh(),
		showOutput: () => log.show(),
		alwaysLoadPictures: () => changeSetting('remoteImages', 'allow'),
		larger: () => changeSetting('fontSize', Math.min(SIZES.most, size + 1)),
		smaller: () => changeSetting('fontSize', Math.max(SIZES.least, size - 1)),
		resetSize: () => changeSetting('fontSize', undefined),
		pictureSettings: () => vscode.commands.executeCommand('workbench.action.openSettings', `${SECTION}.remoteImages`),
	};
	Promise.resolve(actions[command]()).catch(error => log.error(`${command} failed`, error));
}
