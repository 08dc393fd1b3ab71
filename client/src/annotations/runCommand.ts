import * as vscode from 'vscode';
import type { ExecuteCommandParams } from 'vscode-languageclient';
import type { AnnotationArguments } from '../../../server/src/protocol/annotations.ts';
import { ANNOTATION_COMMANDS } from '../../../server/src/protocol/commands.ts';
import type { RequestType } from '../../../server/src/protocol/method.ts';
import { withoutLinks } from '../../../server/src/util/labels.ts';
import type { Server } from '../lsp/server.ts';
import { type CommandOutcome, toVscodeRange } from './protocol.ts';

/** The result of a successful command. */
export type Done = Extract<CommandOutcome, { kind: 'done' }>;

/** `workspace/executeCommand`, with the result type of annotation commands. */
const EXECUTE_COMMAND: RequestType<ExecuteCommandParams, CommandOutcome> = {
	method: 'workspace/executeCommand',
	messageDirection: 'clientToServer',
};

/** Runs one of the server's annotation commands. */
export type Run = <N extends keyof AnnotationArguments>(
	name: N,
	given: AnnotationArguments[N],
) => Promise<Done | undefined>;

/** Returns a function that runs commands on a server. It resolves to `undefined` and shows a message if a command is refused. */
export function runOn(server: Server): Run {
	return async (name, given) => {
		const outcome = await server.request(EXECUTE_COMMAND, {
			command: ANNOTATION_COMMANDS[name],
			arguments: [given],
		});
		if (outcome?.kind === 'done') return outcome;
		if (outcome) void tell(outcome);
		else
			void vscode.window.showErrorMessage('Cannot change annotations: the Marginalia language server is not running.');
		return undefined;
	};
}

async function tell({ code, message, location }: Extract<CommandOutcome, { kind: 'refused' }>): Promise<void> {
	const show = 'Show';
	const isMistake = code === 'arguments' || code === 'not-possible';
	const say = isMistake ? vscode.window.showWarningMessage : vscode.window.showErrorMessage;
	const choice = await say(`${withoutLinks(message)}.`, ...(location ? [show] : []));
	if (choice !== show || !location) return;
	await vscode.window.showTextDocument(vscode.Uri.parse(location.uri), { selection: toVscodeRange(location.range) });
}

/** Shows a message with an Undo button if the editor's own Undo does not cover the change. */
export async function tellUndoable(run: Run, message: string, { undoable }: Done): Promise<void> {
	if (!undoable) return;
	const undo = 'Undo';
	if ((await vscode.window.showInformationMessage(message, undo)) === undo) await run('undo', {});
}
