import * as vscode from 'vscode';
import { readSetting, type SettingName } from '../../../server/src/protocol/settings.ts';
import { settingOf } from '../util/settings.ts';
import type { HostCommand } from './page/messages.ts';
import type { Reader, ReaderContext } from './reader.ts';
import { changeSetting } from './settings.ts';

const FONT_SIZE = 'marginalia.reader.fontSize' satisfies SettingName;
const REMOTE_IMAGES = 'marginalia.reader.remoteImages' satisfies SettingName;

/** Runs a command requested by a reader's page or by the user. */
export function runHostCommand(command: HostCommand, reader: Reader, { server, log }: ReaderContext): void {
	const resize = (by: number): Promise<void> =>
		changeSetting(FONT_SIZE, readSetting(FONT_SIZE, settingOf(FONT_SIZE) + by));
	const actions: Readonly<Record<HostCommand, () => unknown>> = {
		openArticle: () => vscode.commands.executeCommand('workbench.action.showAllSymbols'),
		openSource: () =>
			reader.head?.source !== undefined && vscode.env.openExternal(vscode.Uri.parse(reader.head.source, true)),
		restart: () => server.restart(),
		retry: () => reader.refresh(),
		showOutput: () => log.show(),
		alwaysLoadImages: () => changeSetting(REMOTE_IMAGES, 'allow'),
		larger: () => resize(1),
		smaller: () => resize(-1),
		resetSize: () => changeSetting(FONT_SIZE, undefined),
		pictureSettings: () => vscode.commands.executeCommand('workbench.action.openSettings', REMOTE_IMAGES),
	};
	Promise.resolve(actions[command]()).catch(error => log.error(`${command} failed`, error));
}
