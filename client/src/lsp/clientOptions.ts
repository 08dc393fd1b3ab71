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
import { documentCommands } from './documentCommands.ts';
import type { Channels, ClientOptions, ServerState } from './launcher.ts';
import { serveFiles } from './servedFiles.ts';
import { workNotifications } from './workNotifications.ts';

/** The language client's options that do not depend on the platform. */
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
			untrusted: !workspace.isTrusted,
		} satisfies InitializationOptions,
		middleware: {
			...documentCommands,
			handleWorkDoneProgress: workNotifications(options.cancelWork),
			sendRequest: options.sendRequest,
		},
		errorHandler: errorHandler(options),
	};
}

/**
 * Readies a client that is not started yet: answers what its server asks, and tells `options` about its states; about `running`
 * once all features of the server are there.
 */
export function prepareClient(client: BaseLanguageClient, options: ClientOptions): void {
	serveFiles(client);
	client.onDidChangeState(({ newState }) => {
		if (newState !== State.Running) options.onState(serverState(newState));
		// A start that fails is a state of its own.
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

/** Starts a crashed server again, unless it crashed right at its start or its owner says that it crashed too often. */
function errorHandler(options: ClientOptions): ErrorHandler {
	return {
		// Several messages fail one after the other when the server has crashed; what to do then is for `closed` to say.
		error: () => ({ action: ErrorAction.Continue, handled: true }),
		closed: () => {
			// A failed start is shown by the client.
			if (options.state() !== 'running') return { action: CloseAction.DoNotRestart, handled: true };
			return { action: options.onCrash() ? CloseAction.Restart : CloseAction.DoNotRestart, handled: true };
		},
	};
}
