import type { Connection } from 'vscode-languageserver';
import { serve } from '../lsp/server.ts';
import { stackOf } from '../util/errors.ts';
import { connectStreams } from './connection.ts';
import { nodePlatformWith } from './platform.ts';

/**
 * Serves a connection in a process of its own. What nobody handled is logged, and no reason to leave the client without its
 * server: texts change only in handlers of the connection, which catch their own errors, so what is known of them is right.
 */
export function serveProcess(connection: Connection): void {
	const log = serve(connection, nodePlatformWith);
	const unhandled = (error: unknown): void => log.error(`Unhandled error: ${stackOf(error)}`);
	process.on('unhandledRejection', unhandled);
	process.on('uncaughtException', unhandled);
}

/** Serves whoever is at the other end of standard input and output. What an editor does not read must not get between the messages. */
export function serveStandardStreams(): void {
	console.log = console.info = console.debug = console.error;
	serveProcess(connectStreams(process.stdin, process.stdout));
}
