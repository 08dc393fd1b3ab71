import { workspace } from 'vscode';
import {
	type BaseLanguageClient,
	CloseAction,
	ErrorAction,
	type ErrorHandler,
	type LanguageClientOptions,
	State,
} from 'vscode-languageclient';
import type { InitializationOptions } from '../../../server/src/protocol/lifecycle.ts';
import { tellCursors } from './cursors.ts';
import { documentCommands } from './documentCommands.ts';
import { keepFormOnSave } from './formatOnSave.ts';
import type { Channels, ClientOptions, ServerState } from './launcher.ts';
import { serveFiles } from './servedFiles.ts';
import { shownSnippets } from './shownSnippets.ts';
import { requestVisibleTokens, visibleTokens } from './visibleTokens.ts';
import { workNotifications } from './workNotifications.ts';

/** Returns the language client options that do not depend on the platform. */
export function languageClientOptions(channels: Channels, options: ClientOptions): LanguageClientOptions {
	return {
		documentSelector: options.selector,
		outputChannel: channels.output,
		traceOutputChannel: channels.trace,
		diagnosticCollectionName: 'marginalia',
		initializationOptions: {
			servesFiles: true,
			showsPlaces: true,
			opensReader: true,
			resolvesLinks: true,
			tellsCursors: true,
			untrusted: !workspace.isTrusted,
		} satisfies InitializationOptions,
		middleware: {
			...documentCommands,
			...visibleTokens,
			...shownSnippets,
			handleWorkDoneProgress: workNotifications(options.cancelWork),
			sendRequest: (type, params, token, next) => options.sendRequest(type, keepFormOnSave(type, params), token, next),
		},
		errorHandler: errorHandler(options),
	};
}

/**
 * Prepares a client before it is started: registers request handlers, and reports state changes to `options`. `running` is
 * reported once all features of the server are registered.
 */
export function prepareClient(client: BaseLanguageClient, options: ClientOptions): void {
	serveFiles(client);
	tellCursors(client);
	client.registerFeature(requestVisibleTokens);
	client.onDidChangeState(({ newState }) => {
		if (newState !== State.Running) options.onState(serverState(newState));
		// A failed start is reported as a state change.
		else
			client.start().then(
				() => options.onState('running'),
				() => undefined,
			);
	});
}

function serverState(state: Exclude<State, State.Running>): ServerState {
	switch (state) {
		case State.Starting:
			return 'starting';
		case State.Stopped:
			return 'stopped';
		case State.StartFailed:
			return 'failed';
	}
}

/** Restarts a crashed server, unless it crashed during startup or `onCrash` reports too many crashes. */
function errorHandler(options: ClientOptions): ErrorHandler {
	return {
		// After a crash, several messages fail in a row. `closed` decides what to do.
		error: () => ({ action: ErrorAction.Continue, handled: true }),
		closed: () => {
			// The client shows a failed start.
			if (options.state() !== 'running') return { action: CloseAction.DoNotRestart, handled: true };
			return { action: options.onCrash() ? CloseAction.Restart : CloseAction.DoNotRestart, handled: true };
		},
	};
}
