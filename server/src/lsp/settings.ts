import { DidChangeConfigurationNotification } from 'vscode-languageserver';
import { pushAll } from '../article/lists.ts';
import type { OpenDocuments } from '../services/documents.ts';
import type { ClientSupport } from './capabilities.ts';
import { type RemoteClient, registrationOf } from './client.ts';
import type { Handlers } from './connection.ts';

/** The settings of an editor, as far as it can be asked for them. */
export interface Settings {
	/** The value of a setting, for a file or folder where one is given; `undefined` where the editor has none to tell. */
	get(section: string, scopeUri?: string): Promise<unknown>;
	/** Has a function called when one of these settings may have changed. Before `watch`. */
	onChange(sections: readonly string[], changed: () => void): void;
	/** Asks the editor to tell of changes. */
	watch(): Promise<void>;
}

/** Makes the settings of one connection. `client` is asked when needed, since it is known only once initialized. */
export function createSettings(
	connection: Handlers,
	remote: RemoteClient,
	documents: OpenDocuments,
	client: () => ClientSupport,
): Settings {
	/** What the editor told last, by section and scope: it holds as long as the editor tells nothing else. */
	const told = new Map<string, unknown>();
	const toldOf = documents.slot<Map<string, unknown>>();
	const tellings = (scopeUri: string | undefined): Map<string, unknown> => {
		const document = scopeUri === undefined ? undefined : documents.get(scopeUri);
		if (!document) return told;
		const known = toldOf.of(document) ?? new Map<string, unknown>();
		toldOf.keep(document, known);
		return known;
	};
	const sections: string[] = [];
	const listeners: (() => void)[] = [];
	// The protocol has one handler for all, and does not say what changed.
	connection.onDidChangeConfiguration(() => {
		for (const changed of listeners) changed();
	});
	return {
		async get(section, scopeUri) {
			if (!client().configures) return undefined;
			const key = `${section} ${scopeUri ?? ''}`;
			const last = tellings(scopeUri);
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
