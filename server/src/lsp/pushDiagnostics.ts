import { isSidecar } from '../annotations/sidecarName.ts';
import type { Service } from '../service.ts';
import type { OpenDocument } from '../services/documents.ts';
import { QUIET_MS } from '../util/debounce.ts';
import { stackOf } from '../util/errors.ts';
import type { Documents } from './admission.ts';
import type { ClientSupport } from './capabilities.ts';
import type { RemoteClient } from './client.ts';
import { isConfiguration } from './configurations.ts';

/** Pushes diagnostics to a client that does not pull them, debounced. `all` updates all open documents. */
export function pushDiagnostics(
	remote: RemoteClient,
	documents: Documents,
	service: Service,
	client: () => ClientSupport,
): { all(): void } {
	const waiting = service.documents.slot<ReturnType<typeof setTimeout>>();
	const forget = (document: OpenDocument): void => {
		clearTimeout(waiting.of(document));
		waiting.drop(document);
	};
	const active = ({ uri }: OpenDocument): boolean =>
		!client().pullsDiagnostics && !isConfiguration(uri) && !isSidecar(uri);
	const schedule = (document: OpenDocument): void => {
		if (!active(document)) return;
		forget(document);
		const send = async (): Promise<void> => {
			waiting.drop(document);
			if (!client().watchesFiles) {
				service.forgetConfigurations();
				service.forgetSidecars();
			}
			try {
				const snapshot = await service.read(document.snapshot);
				const { uri } = snapshot;
				const items = await service.diagnostics(snapshot, {
					isCancellationRequested: false,
					onCancellationRequested: () => ({ dispose() {} }),
				});
				if (!document.closed.aborted && document.snapshot === snapshot)
					remote.publishDiagnostics({ uri, version: snapshot.version, diagnostics: items });
			} catch (error) {
				remote.log.error(`Checking ${document.uri} failed: ${stackOf(error)}`);
			}
		};
		waiting.keep(document, setTimeout(send, QUIET_MS));
	};
	documents.onDidChangeContent(({ document }) => schedule(document));
	documents.onDidClose(({ document }) => {
		forget(document);
		if (active(document)) remote.publishDiagnostics({ uri: document.uri, diagnostics: [] });
	});
	return { all: () => documents.all().forEach(schedule) };
}
