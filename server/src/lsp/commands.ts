import { type CancellationToken, ErrorCodes, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { isUri } from '../util/uri.ts';
import { isRecord } from '../util/value.ts';
import type { Handlers } from './connection.ts';

/** The handler of a command. Its arguments are unchecked. */
export type Command = (given: readonly unknown[], token: CancellationToken) => Promise<unknown>;

/** The commands of a server, by name. */
export type Commands = Map<string, Command>;

/** Registers the handler for `workspace/executeCommand`. */
export function serveCommands(connection: Handlers, commands: Commands): void {
	connection.onExecuteCommand(({ command, arguments: given = [] }, token) => {
		const run = commands.get(command);
		if (!run) throw new ResponseError(LSPErrorCodes.RequestFailed, `Unknown command ${command}`);
		const uri = subjectOf(given);
		if (uri !== undefined && !isUri(uri))
			throw new ResponseError(ErrorCodes.InvalidParams, `${command}: not a URI: ${uri}`);
		return run(given, token);
	});
}

/** The URI that a command is about: its first argument, or a property of that. */
function subjectOf([first]: readonly unknown[]): string | undefined {
	const uri = isRecord(first) ? first.uri : first;
	return typeof uri === 'string' ? uri : undefined;
}
