import type { ExtensionContext } from 'vscode';
import { activateExtension, type Marginalia } from './extension.ts';

export { deactivate } from './extension.ts';

/** Activates the extension in the web worker extension host of VS Code for the Web. */
export function activate(context: ExtensionContext): Marginalia {
	return activateExtension(context, () => import('./browserLauncher.ts'));
}
