import * as vscode from 'vscode';
import { readSetting, type SettingName, type SettingValue } from '../../../server/src/protocol/settings.ts';

/** The value of a setting, for a file or document where one is given. */
export function settingOf<N extends SettingName>(name: N, scope?: vscode.ConfigurationScope): SettingValue<N> {
	return readSetting(name, vscode.workspace.getConfiguration(undefined, scope).get(name));
}
