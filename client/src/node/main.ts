import type { ExtensionContext } from 'vscode';
import { activateExtension, type Marginalia } from '../extension.ts';

export { deactivate } from '../extension.ts';

/** Activates the extension in the desktop's and the remote server's extension host. */
export function activate(context: ExtensionContext): Marginalia {
	return activateExtension(context, () => import('./nodeLauncher.ts'));
}
