import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { lifecycle } from '../lsp/lifecycle.ts';
import { serve } from '../lsp/server.ts';
import { stackOf } from '../util/errors.ts';

/** The language server as a web worker. It only reads files through its client. */
const worker = globalThis as typeof globalThis & DedicatedWorkerGlobalScope;
const [reader, writer] = [new BrowserMessageReader(worker), new BrowserMessageWriter(worker)];
const connection = createConnection(reader, writer, lifecycle());
const log = serve(connection, files => ({ files, now: Date.now }));
addEventListener('unhandledrejection', ({ reason }) => {
	log.error(`Unhandled error: ${stackOf(reason)}`);
});
