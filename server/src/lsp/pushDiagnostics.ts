import type { TextDocument } from 'vscode-languageserver-textdocument';
import { isSidecar } from '../annotations/sidecarName.ts';
import type { Service } from '../service.ts';
import type { Documents } from './admission.ts';
import type { Client } from './capabilities.ts';
import type { RemoteClient } from './client.ts';
import { isConfiguration } from './configurations.ts';
import { describe } from './describe.ts';

/** Time without a change after which a client that does not pull is sent diagnostics, in milliseconds. */
const QUIET = 200;

/** Sends diagnostics to a client that does not pull them, once its user pauses. `all` does so for all open documents. */
export function pushDiagnostics(
	remote: RemoteClient,
	documents: Documents,
	service: Service,
	client: () => Client,
): { all(): void } {
	const waiting = new Map<string, ReturnType<typeof setTimeout>>();
	const forget = (uri: string): void => {
		clearTimeout(waiting.get(uri));
		waiting.delete(uri);
	};
	const active = ({ uri }: TextDocument): boolean =>
		!client().pullsDiagnostics && !isConfiguration(uri) && !isSidecar(uri);
	const schedule = (document: TextDocument): void => {
		if (!active(document)) return;
		forget(document.uri);
		const send = async (): Promise<void> => {
			waiting.delete(document.uri);
			const { uri, version } = document;
			const isCurrent = (): boolean => documents.get(uri) === document;
			if (!client().watchesFiles) {
				service.forgetConfigurations();
				service.forgetSidecars();
			}
			try {
				const items = await service.diagnostics(document, {
					isCancellationRequested: false,
					onCancellationRequested: () => ({ dispose() {} }),
				});
				if (isCurrent()) remote.publishDiagnostics({ uri, version, diagnostics: items });
			} catch (error) {
				remote.log.error(`Checking ${document.uri} failed: ${describe(error)}`);
			}
		};
		waiting.set(document.uri, setTimeout(send, QUIET));
	};
	documents.onDidChangeContent(({ document }) => schedule(document));
	documents.onDidClose(({ document }) => {
		forget(document.uri);
		if (active(document)) remote.publishDiagnostics({ uri: document.uri, diagnostics: [] });
	});
	return { all: () => documents.all().forEach(schedule) };
}
