import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import type { FileSystem } from '../platform.ts';
import { serve } from './server.ts';

/** A web worker reads no files: pictures are shown by their address alone, and links to files are not checked. */
const noFiles: FileSystem = {
	stat: async () => undefined,
	readHead: async () => undefined,
	readFile: async () => undefined,
	readDirectory: async () => undefined,
};

/** The language server as a web worker. */
const connection = createConnection(new BrowserMessageReader(globalThis), new BrowserMessageWriter(globalThis));
serve(connection, { files: noFiles, now: Date.now });
