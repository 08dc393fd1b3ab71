import { DidChangeWatchedFilesNotification, LSPErrorCodes, MessageType, ResponseError } from 'vscode-languageserver';
import type { ScanListener, ScanResult } from '../archive/archives.ts';
import type { Navigation } from '../services/navigation.ts';
import { stackOf } from '../util/errors.ts';
import type { Documents } from './admission.ts';
import type { Answer } from './answer.ts';
import type { ClientSupport } from './capabilities.ts';
import { type RemoteClient, registrationOf } from './client.ts';
import type { Handlers } from './connection.ts';
import { showProgress } from './progress.ts';

/** The number of files between two progress reports. */
const STEP = 100;

/** Registers the handlers for features that use the whole archive. `client` is called for each request, because the client is unknown before initialization. */
export function serveNavigation(
	connection: Handlers,
	remote: RemoteClient,
	documents: Documents,
	answer: Answer,
	navigation: Navigation,
	client: () => ClientSupport,
): void {
	const logged = (what: string, run: Promise<void>): void => {
		run.catch(error => remote.log.error(`${what} failed: ${stackOf(error)}`));
	};
	documents.onDidOpen(({ document: { uri } }) => logged(`Reading the archive of ${uri}`, navigation.start(uri)));
	documents.onDidChangeContent(({ document: { uri } }) => navigation.opened(uri));
	documents.onDidClose(({ document: { uri } }) => logged(`Reading ${uri}`, navigation.closed(uri)));

	connection.onDefinition(({ textDocument: { uri }, position }, token) =>
		answer('textDocument/definition', uri, token, async document => {
			const links = await navigation.definition(document, position, token);
			if (client().linksDefinitions) return links;
			return links.map(({ targetUri, targetSelectionRange }) => ({ uri: targetUri, range: targetSelectionRange }));
		}),
	);
	connection.onReferences(({ textDocument: { uri }, position, context: { includeDeclaration } }, token) =>
		answer('textDocument/references', uri, token, document =>
			navigation.references(document, position, includeDeclaration, token),
		),
	);
	connection.onDocumentHighlight(({ textDocument: { uri }, position }, token) =>
		answer('textDocument/documentHighlight', uri, token, document =>
			navigation.documentHighlights(document, position, token),
		),
	);
	connection.onPrepareRename(({ textDocument: { uri }, position }, token) =>
		answer('textDocument/prepareRename', uri, token, document => navigation.prepareRename(document, position, token)),
	);
	connection.onRenameRequest(({ textDocument: { uri }, position, newName }, token) =>
		answer('textDocument/rename', uri, token, document => navigation.rename(document, position, newName, token)),
	);
	connection.workspace.onWillRenameFiles(async ({ files }, token) => {
		try {
			return (
				(await navigation.willRenameFiles(files, warning => remote.show(MessageType.Warning, warning), token)) ?? null
			);
		} catch (error) {
			if (error instanceof ResponseError) throw error;
			// The files are moved anyway: the client only asks for edits.
			remote.log.error(`workspace/willRenameFiles failed: ${stackOf(error)}`);
			remote.show(MessageType.Error, `Links to moved files could not be updated: ${error}`);
			return null;
		}
	});
	connection.onWorkspaceSymbol(async ({ query }, token) => {
		try {
			return await navigation.workspaceSymbols(query, token);
		} catch (error) {
			if (error instanceof ResponseError) throw error;
			remote.log.error(`workspace/symbol failed: ${stackOf(error)}`);
			throw new ResponseError(LSPErrorCodes.RequestFailed, `workspace/symbol failed: ${error}`);
		}
	});
}

/** Asks the client, if it supports that, to report all file changes. */
export async function watchFiles(remote: RemoteClient, client: ClientSupport): Promise<void> {
	if (!client.watchesFiles) return;
	const watchers = [{ globPattern: '**/*' }];
	await remote.register([registrationOf(DidChangeWatchedFilesNotification.type, { watchers })]);
}

/** Reports the progress of indexing archives, and logs folders that could not be read, once; then calls `onEnded`. */
export function scanReports(
	remote: RemoteClient,
	client: () => ClientSupport,
	onEnded: () => void,
): (root: string) => ScanListener {
	return root => {
		const progress = showProgress(remote, client().showsProgress, 'Reading the archive', false);
		return {
			isCancelled: () => progress.isCancelled,
			looked(count) {
				if (count % STEP === 0) progress.report(`${count} files`);
			},
			ended(result) {
				progress.done();
				for (const line of summary(root, result)) remote.log.warn(line);
				onEnded();
			},
		};
	};
}

/** Messages about an incomplete index. */
function summary(root: string, { articles, cancelled, unreadable, error }: ScanResult): readonly string[] {
	const lines: string[] = [];
	if (unreadable.length > 0) lines.push(`Folders that cannot be read: ${unreadable.join(', ')}`);
	if (cancelled)
		lines.push(`Reading ${root} was cancelled after ${articles} articles and lists; the remaining ones were not read`);
	if (error !== undefined) lines.push(`Reading ${root} failed after ${articles} articles and lists: ${stackOf(error)}`);
	return lines;
}
