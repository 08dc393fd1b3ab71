import { DidChangeConfigurationNotification } from 'vscode-languageserver';
import { pushAll } from '../article/lists.ts';
import type { OpenDocuments } from '../services/documents.ts';
import type { ClientSupport } from './capabilities.ts';
import { type RemoteClient, registrationOf } from './client.ts';
import type { Handlers } from './connection.ts';

/** The settings of an editor, if it supports requests for them. */
export interface Settings {
	/** The value of a setting, for a file or folder if one is given; `undefined` if the editor has none. */
	get(section: string, scopeUri?: string): Promise<unknown>;
	/** Registers a function that is called when one of these settings may have changed. Must be called before `watch`. */
	onChange(sections: readonly string[], changed: () => void): void;
	/** Asks the editor to report changes. */
	watch(): Promise<void>;
}

/** Creates the settings of a connection. `client` is called when needed, because the client is unknown before initialization. */
export function createSettings(
	connection: Handlers,
	remote: RemoteClient,
	documents: OpenDocuments,
	client: () => ClientSupport,
): Settings {
	/** The last values returned by the editor, by section and scope, for when it does not answer. Those of a document are kept while it is open. */
	const lastValues = new Map<string, unknown>();
	const documentValues = documents.slot<Map<string, unknown>>();
	const valuesFor = (scopeUri: string | undefined): Map<string, unknown> => {
		const document = scopeUri === undefined ? undefined : documents.get(scopeUri);
		if (!document) return lastValues;
		const known = documentValues.of(document) ?? new Map<string, unknown>();
		documentValues.keep(document, known);
		return known;
	};
	const sections: string[] = [];
	const listeners: (() => void)[] = [];
	// The protocol has one handler for all changes, and does not say what changed.
	connection.onDidChangeConfiguration(() => {
		for (const changed of listeners) changed();
	});
	return {
		async get(section, scopeUri) {
			if (!client().configures) return undefined;
			const key = `${section} ${scopeUri ?? ''}`;
			const last = valuesFor(scopeUri);
			const values = await remote.configuration([{ section, ...(scopeUri === undefined ? {} : { scopeUri }) }]);
			if (values) last.set(key, values[0] ?? undefined);
			return last.get(key);
		},
		onChange(named, changed) {
			pushAll(sections, named);
			listeners.push(changed);
		},
		async watch() {
			if (!client().watchesSettings) return;
			await remote.register([registrationOf(DidChangeConfigurationNotification.type, { section: sections })]);
		},
	};
}
