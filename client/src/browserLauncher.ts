import { type ExtensionContext, Uri, workspace } from 'vscode';
import { LanguageClient } from 'vscode-languageclient/browser';
import { type ClientOptions, followState, languageClientOptions } from './clientOptions.ts';
import type { Channels, Launch } from './server.ts';

/** Makes a client whose server is a web worker. Throws if the server's bundle is missing. */
export async function launch(context: ExtensionContext, channels: Channels, options: ClientOptions): Promise<Launch> {
	const module = Uri.joinPath(context.extensionUri, 'server/dist/browser.js');
	await workspace.fs.stat(module);
	let worker: Worker | undefined;
	const start = async (): Promise<Worker> => {
		worker?.terminate();
		worker = new Worker(module.toString(true));
		return worker;
	};
	const client = new LanguageClient('marginalia', 'Marginalia', start, languageClientOptions(channels, options));
	followState(client, options);
	return {
		client,
		dispose: async () => {
			try {
				await client.dispose();
			} finally {
				worker?.terminate();
			}
		},
	};
}
