import { type ExtensionContext, Uri, workspace } from 'vscode';
import {
	BrowserMessageReader,
	BrowserMessageWriter,
	LanguageClient,
	type MessageTransports,
} from 'vscode-languageclient/browser';
import { languageClientOptions, prepareClient } from '../lsp/clientOptions.ts';
import type { Channels, ClientOptions, Launch } from '../lsp/launcher.ts';
import { workerScript } from './workerScript.ts';

/** Makes a client whose server is a web worker. Throws if a bundle of the server is missing. */
export async function launch(context: ExtensionContext, channels: Channels, options: ClientOptions): Promise<Launch> {
	const read = async (name: string): Promise<Uint8Array<ArrayBuffer>> =>
		Uint8Array.from(await workspace.fs.readFile(Uri.joinPath(context.extensionUri, 'server/dist', name)));
	const [engine, entry] = await Promise.all([read('engine.cjs'), read('browser.cjs')]);
	const source = new Blob([...workerScript(engine, entry)], { type: 'text/javascript' });
	// By its content, since VS Code makes no workers from addresses on a remote server.
	const address = URL.createObjectURL(source);
	let worker: Worker | undefined;
	const start = async (): Promise<MessageTransports> => {
		worker?.terminate();
		worker = new Worker(address);
		// The library would do this, but does not take what VS Code's constructor makes for a worker.
		return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
	};
	const client = new LanguageClient('marginalia', 'Marginalia', start, languageClientOptions(channels, options));
	prepareClient(client, options);
	return {
		client,
		dispose: async () => {
			try {
				await client.dispose();
			} finally {
				worker?.terminate();
				URL.revokeObjectURL(address);
			}
		},
	};
}
