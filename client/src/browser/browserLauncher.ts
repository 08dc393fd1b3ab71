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

/**
 * Creates a client whose server is a web worker.
 *
 * @throws if a bundle of the server is missing
 */
export async function launch(context: ExtensionContext, channels: Channels, options: ClientOptions): Promise<Launch> {
	const read = async (name: string): Promise<Uint8Array<ArrayBuffer>> =>
		Uint8Array.from(await workspace.fs.readFile(Uri.joinPath(context.extensionUri, 'server/dist', name)));
	const [engine, entry] = await Promise.all([read('engine.cjs'), read('browser.cjs')]);
	const source = new Blob([...workerScript(engine, entry)], { type: 'text/javascript' });
	// A blob, because VS Code cannot create workers from URLs on a remote server.
	const url = URL.createObjectURL(source);
	let worker: Worker | undefined;
	const start = async (): Promise<MessageTransports> => {
		worker?.terminate();
		worker = new Worker(url);
		// The library would do this itself, but does not recognise the object that VS Code's constructor returns as a worker.
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
				URL.revokeObjectURL(url);
			}
		},
	};
}
