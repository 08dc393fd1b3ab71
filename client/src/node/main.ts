import { homedir } from 'node:os';
import type { ExtensionContext } from 'vscode';
import { activateExtension, type Marginalia } from '../extension.ts';

export { deactivate } from '../extension.ts';

/** Activates the extension in the Node extension host, on the desktop or on a remote server. */
export function activate(context: ExtensionContext): Marginalia {
	return activateExtension(context, () => import('./nodeLauncher.ts'), homedir());
}
