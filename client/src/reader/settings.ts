import * as vscode from 'vscode';
import type { SettingName, SettingValue } from '../../../server/src/protocol/settings.ts';
import { settingOf } from '../util/settings.ts';
import type { ReaderSettings } from './page/messages.ts';

/** Returns the settings for an article that the page needs. */
export function readSettings(uri: vscode.Uri | undefined, isLoaded: boolean): ReaderSettings {
	const remote = settingOf('marginalia.reader.remoteImages', uri);
	const isAllowed = vscode.workspace.isTrusted && remote !== 'block' && (remote === 'allow' || isLoaded);
	return {
		fontSize: settingOf('marginalia.reader.fontSize', uri),
		lineHeight: settingOf('marginalia.reader.lineHeight', uri),
		width: settingOf('marginalia.reader.width', uri),
		font: settingOf('marginalia.reader.font', uri),
		pictures: isAllowed ? 'shown' : remote === 'ask' && vscode.workspace.isTrusted ? 'ask' : 'blocked',
		sync: settingOf('marginalia.reader.sync', uri),
	};
}

/** Changes a setting in the workspace if it is set there, else in the user settings; `undefined` removes it. */
export async function changeSetting<N extends SettingName>(name: N, value: SettingValue<N> | undefined): Promise<void> {
	const settings = vscode.workspace.getConfiguration();
	const isOfWorkspace = settings.inspect(name)?.workspaceValue !== undefined;
	await settings.update(
		name,
		value,
		isOfWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global,
	);
}
