import * as vscode from 'vscode';
import { readSetting, type SettingName, type SettingValue } from '../../../server/src/protocol/settings.ts';

/** Returns the value of a setting, optionally for a file or document. */
export function settingOf<N extends SettingName>(name: N, scope?: vscode.ConfigurationScope): SettingValue<N> {
	return readSetting(name, vscode.workspace.getConfiguration(undefined, scope).get(name));
}
