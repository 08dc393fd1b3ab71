import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { serve } from './server.ts';

/** A worker's own, which the types of Node do not have. */
declare function addEventListener(
	type: 'unhandledrejection',
	listener: (event: { readonly reason: unknown }) => void,
): void;

/** The language server as a web worker, which reads only the files that its client shows to it. */
const connection = createConnection(new BrowserMessageReader(globalThis), new BrowserMessageWriter(globalThis));
const log = serve(connection, files => ({ files, now: Date.now }));
addEventListener('unhandledrejection', ({ reason }) => {
	log.error(`Nobody handled an error: ${(reason instanceof Error && reason.stack) || reason}`);
});
