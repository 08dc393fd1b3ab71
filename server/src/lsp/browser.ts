import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { NO_FILES } from '../platform.ts';
import { serve } from './server.ts';

/** The language server as a web worker, which reads no files: pictures are shown by their address alone, and links to files are not checked. */
const connection = createConnection(new BrowserMessageReader(globalThis), new BrowserMessageWriter(globalThis));
serve(connection, { files: NO_FILES, now: Date.now });
