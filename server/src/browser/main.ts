import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { describe } from '../lsp/describe.ts';
import { lifecycle } from '../lsp/lifecycle.ts';
import { serve } from '../lsp/server.ts';

/** A worker's own, which the types of Node do not have. */
declare function addEventListener(
	type: 'unhandledrejection',
	listener: (event: { readonly reason: unknown }) => void,
): void;

/** The language server as a web worker, which reads only the files that its client shows to it. */
const [reader, writer] = [new BrowserMessageReader(globalThis), new BrowserMessageWriter(globalThis)];
const connection = createConnection(reader, writer, lifecycle());
const log = serve(connection, files => ({ files, now: Date.now }));
addEventListener('unhandledrejection', ({ reason }) => {
	log.error(`Nobody handled an error: ${describe(reason)}`);
});
