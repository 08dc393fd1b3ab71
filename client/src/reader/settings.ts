import * as vscode from 'vscode';
import type { ReaderSettings } from './page/messages.ts';

/** The section of the settings. */
export const SECTION = 'marginalia.reader';

/** The size of the text, in CSS pixels, that the commands for larger and smaller text keep to. */
export const SIZES = { least: 10, most: 40, usual: 17 } as const;

/** What the page is told of the settings that hold for an article. */
export function readSettings(uri: vscode.Uri | undefined, isLoaded: boolean): ReaderSettings {
	const settings = vscode.workspace.getConfiguration(SECTION, uri);
	const remote = settings.get<'allow' | 'ask' | 'block'>('remoteImages', 'ask');
	const isAllowed = vscode.workspace.isTrusted && remote !== 'block' && (remote === 'allow' || isLoaded);
	return {
		fontSize: Math.min(Math.max(settings.get('fontSize', SIZES.usual), SIZES.least), SIZES.most),
		lineHeight: Math.min(Math.max(settings.get('lineHeight', 1.6), 1), 3),
		width: settings.get<ReaderSettings['width']>('width', 'medium'),
		font: settings.get<ReaderSettings['font']>('font', 'serif'),
		pictures: isAllowed ? 'shown' : remote === 'ask' && vscode.workspace.isTrusted ? 'ask' : 'blocked',
		sync: settings.get('sync', true),
	};
}

/** Changes a setting where it is set now, else for the user. */
export async function changeSetting(name: string, value: unknown): Promise<void> {
	const settings = vscode.workspace.getConfiguration(SECTION);
	const isOfWorkspace = settings.inspect(name)?.workspaceValue !== undefined;
	await settings.update(
		name,
		value,
		isOfWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global,
	);
}
