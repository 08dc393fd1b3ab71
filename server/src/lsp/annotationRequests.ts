import { CancellationToken } from 'vscode-languageserver';
import { articleOf, SIDECAR_SUFFIX, sidecarOf } from '../annotations/sidecarName.ts';
import { noteOfSymbol } from '../languageFeatures/workspaceSymbol.ts';
import {
	AnnotatedArticlesRequest,
	AnnotationsChangedNotification,
	AnnotationsRequest,
} from '../protocol/annotations.ts';
import { ANNOTATION_COMMANDS } from '../protocol/commands.ts';
import { onRequest } from '../protocol/method.ts';
import type { Service } from '../service.ts';
import { createDebouncer } from '../util/debounce.ts';
import { messageOf, stackOf } from '../util/errors.ts';
import type { Documents } from './admission.ts';
import type { Attempt } from './answer.ts';
import type { RemoteClient } from './client.ts';
import type { Commands } from './commands.ts';
import type { Handlers } from './connection.ts';

/** Matches all sidecars in any folder. */
export const SIDECAR_PATTERN = `**/*${SIDECAR_SUFFIX}`;

/** Notifies a client of changed notes. */
export interface NoteNotices {
	/** The notes of an article, or their diagnostics, may have changed. */
	changed(article: string): void;
	/** The client has requested the notes of an article, and is notified of changes from now on. */
	follow(article: string): void;
}

/** Registers the handlers for notes. */
export function serveAnnotations(
	connection: Handlers,
	remote: RemoteClient,
	documents: Documents,
	attempt: Attempt,
	service: Pick<Service, 'annotations' | 'navigation' | 'sidecarDiagnostics'>,
	commands: Commands,
): NoteNotices {
	const { annotations } = service;
	const followed = new Set<string>();
	const { schedule, cancel } = createDebouncer();
	const tell = (uri: string): void => {
		cancel(uri);
		if (followed.has(uri)) remote.notify(AnnotationsChangedNotification, { uri });
	};
	documents.onDidChangeContent(({ document: { uri } }) => {
		if (followed.has(uri)) schedule(uri, () => tell(uri));
	});
	documents.onDidClose(({ document: { uri } }) => tell(uri));
	documents.onDidSave(async ({ document: { uri } }) => {
		try {
			await annotations.saved(uri);
		} catch (error) {
			// The notes are still in both places, so nothing is lost.
			remote.log.error(`Notes of ${uri} could not be moved: ${messageOf(error)}`);
		}
	});
	onRequest(connection, AnnotationsRequest, ({ textDocument: { uri } }, token) =>
		attempt(AnnotationsRequest.method, uri, token, async () => {
			followed.add(uri);
			return (await annotations.notes(uri, token)) ?? null;
		}),
	);
	onRequest(connection, AnnotatedArticlesRequest, (_, token) =>
		attempt(AnnotatedArticlesRequest.method, 'the archive', token, () => service.navigation.annotated()),
	);
	connection.onWorkspaceSymbolResolve((symbol, token) =>
		attempt('workspaceSymbol/resolve', symbol.name, token, async () => {
			const note = noteOfSymbol(symbol);
			const location = note && (await annotations.locate(note.article, note.note));
			return location ? { ...symbol, location } : symbol;
		}),
	);
	for (const command of Object.values(ANNOTATION_COMMANDS))
		commands.set(command, ([given], token) => attempt(command, '', token, () => annotations.run(command, given)));
	const report = sidecarDiagnosticsOf(remote, documents, service);
	documents.onDidChangeContent(({ document: { uri } }) => report(articleOf(uri) ?? uri));
	documents.onDidClose(({ document: { uri } }) => report(articleOf(uri) ?? uri));
	return {
		changed(article) {
			tell(article);
			report(article);
		},
		follow: article => followed.add(article),
	};
}

/**
 * Publishes diagnostics for sidecars while they or their articles are open. They are pushed, never pulled.
 *
 * @returns a function to call for each article that has changed, or whose sidecar has
 */
function sidecarDiagnosticsOf(
	remote: RemoteClient,
	documents: Documents,
	service: Pick<Service, 'sidecarDiagnostics'>,
): (article: string) => void {
	/** Sidecars that have diagnostics. */
	const faulty = new Set<string>();
	const { schedule } = createDebouncer();
	const send = async (article: string, sidecar: string): Promise<void> => {
		const isOpen = documents.get(article) !== undefined || documents.get(sidecar) !== undefined;
		if (!isOpen && !faulty.has(sidecar)) return;
		try {
			const diagnostics = isOpen ? await service.sidecarDiagnostics(sidecar, CancellationToken.None) : [];
			if (diagnostics.length === 0 && !faulty.has(sidecar)) return;
			if (diagnostics.length > 0) faulty.add(sidecar);
			else faulty.delete(sidecar);
			remote.publishDiagnostics({ uri: sidecar, diagnostics });
		} catch (error) {
			remote.log.error(`Checking ${sidecar} failed: ${stackOf(error)}`);
		}
	};
	return article => {
		const sidecar = sidecarOf(article);
		if (sidecar !== undefined) schedule(article, () => send(article, sidecar));
	};
}
