import { type CancellationToken, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
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
		return run(given, token);
	});
}
