import { stat } from 'node:fs/promises';
import type { ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { languageClientOptions, prepareClient } from '../lsp/clientOptions.ts';
import type { Channels, ClientOptions, Launch } from '../lsp/launcher.ts';

/**
 * Creates a client whose server is a Node process connected over IPC.
 *
 * @throws if the server's bundle is missing
 */
export async function launch(context: ExtensionContext, channels: Channels, options: ClientOptions): Promise<Launch> {
	const module = context.asAbsolutePath('server/dist/node.js');
	await stat(module).catch(() => {
		throw new Error(`${module} is missing; reinstall the extension, or build it with “npm run build”`);
	});
	const run = { module, transport: TransportKind.ipc };
	const debug = { ...run, options: { execArgv: ['--nolazy', '--inspect=6009'] } };
	const client = new LanguageClient(
		'marginalia',
		'Marginalia',
		{ run, debug },
		languageClientOptions(channels, options),
	);
	prepareClient(client, options);
	return { client, dispose: () => client.dispose() };
}
