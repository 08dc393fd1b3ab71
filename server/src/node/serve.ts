import type { Connection } from 'vscode-languageserver';
import { serve } from '../lsp/server.ts';
import { stackOf } from '../util/errors.ts';
import { connectStreams } from './connection.ts';
import { nodePlatformWith } from './platform.ts';

/**
 * Serves a connection in a process of its own. Unhandled errors are logged and do not end the process:
 * document texts only change in connection handlers, which catch their own errors, so the state stays consistent.
 */
export function serveProcess(connection: Connection): void {
	const log = serve(connection, nodePlatformWith);
	const unhandled = (error: unknown): void => log.error(`Unhandled error: ${stackOf(error)}`);
	process.on('unhandledRejection', unhandled);
	process.on('uncaughtException', unhandled);
}

/** Serves the client on standard input and output. Nothing but protocol messages may be written to standard output. */
export function serveStandardStreams(): void {
	console.log = console.info = console.debug = console.error;
	serveProcess(connectStreams(process.stdin, process.stdout));
}
