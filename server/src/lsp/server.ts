import {
	type CancellationToken,
	CodeLensRefreshRequest,
	type Connection,
	DiagnosticRefreshRequest,
	DocumentDiagnosticReportKind,
	type DocumentSymbol,
	type InitializeResult,
	LSPErrorCodes,
	type Range,
	ResponseError,
	type SemanticTokens,
	type SymbolInformation,
} from 'vscode-languageserver';
import { articleOf } from '../annotations/sidecarName.ts';
import { isSkipped } from '../archive/walk.ts';
import { documentOfLink } from '../languageFeatures/documentLink.ts';
import { foldingRanges } from '../languageFeatures/foldingRange.ts';
import { selectionRanges } from '../languageFeatures/selectionRange.ts';
import type { Snapshot } from '../languageFeatures/snapshot.ts';
import type { FileSystem } from '../platform.ts';
import { MarginaliaErrorCodes } from '../protocol/errors.ts';
import { OutlinesChangedNotification, WorkspaceTrustNotification } from '../protocol/lifecycle.ts';
import { onNotification } from '../protocol/method.ts';
import { createService, type Platform } from '../service.ts';
import { createOpenDocuments, type OpenDocument, type OpenDocuments } from '../services/documents.ts';
import { throwIfCancelled } from '../util/cancellation.ts';
import { digest } from '../util/digest.ts';
import { messageOf, stackOf } from '../util/errors.ts';
import { folderAround } from '../util/uri.ts';
import { createAdmission } from './admission.ts';
import { SIDECAR_PATTERN, serveAnnotations } from './annotationRequests.ts';
import { type Answer, isOutdated, outdated, type Perform, pendingHandled } from './answer.ts';
import { serveArchiveLinks } from './archiveLinkRequests.ts';
import { readCapabilities, serverCapabilities } from './capabilities.ts';
import { createRemoteClient, type Log } from './client.ts';
import { createClientFileSystem } from './clientFileSystem.ts';
import { type Commands, serveCommands } from './commands.ts';
import { CONFIGURATION_PATTERN, configurationReports, isConfiguration } from './configurations.ts';
import { followDocuments } from './documents.ts';
import { serveEditing } from './editingRequests.ts';
import { createEditor } from './editor.ts';
import { excludesFrom } from './excludes.ts';
import { serveFormatting } from './formattingRequests.ts';
import { serveFurniture } from './furnitureRequests.ts';
import { furnitureSetting } from './furnitureSetting.ts';
import { serveLifecycle } from './lifecycle.ts';
import { serveLinks } from './linkRequests.ts';
import { serveMovedFiles } from './movedFileRequests.ts';
import { scanReports, serveNavigation, watchFiles } from './navigationRequests.ts';
import { reachOfOpen } from './openReach.ts';
import { pushDiagnostics } from './pushDiagnostics.ts';
import { serveReader } from './readerRequests.ts';
import { createSettings } from './settings.ts';
import { serveSources } from './sourceRequests.ts';
import { watchDocuments } from './watchedDocuments.ts';

/** The tokens of a document that is left alone. */
const NO_TOKENS: SemanticTokens = { data: [] };

/**
 * Serves the Language Server Protocol on a connection until it is closed. A failed request is logged and answered with an
 * error; it never stops the server.
 *
 * @param platformWith creates the platform, given the file system of the client
 * @param store the store for open documents and all data that depends on them
 * @returns the client's log, for errors outside of requests
 */
export function serve(
	connection: Connection,
	platformWith: (clientFiles: FileSystem) => Platform,
	store: OpenDocuments = createOpenDocuments(),
): Log {
	const remote = createRemoteClient(connection);
	const opened = followDocuments(store);
	const admission = createAdmission(store, opened, () => folders);
	const { documents, isFile } = admission;
	serveLifecycle(connection);
	const configurations = configurationReports(remote, () => platform.rulePages);
	const settings = createSettings(connection, remote, store, () => client);
	let folders: readonly string[] = [];
	const furniture = furnitureSetting(
		settings,
		uri => (isFile(uri) ? (folderAround(uri, folders) ?? uri) : undefined),
		() => readAgain(),
	);
	const platform = platformWith(createClientFileSystem(remote, () => client.servesFiles));
	const service = createService(platform, {
		reach: reachOfOpen(documents, () => folders),
		documents: store,
		isFile,
		onRead: configurations.report,
		navigation: {
			folders: () => folders,
			onScan: scanReports(remote, () => client, checkAgain),
			versionedEdits: () => client.codeActions?.versionedEdits === true,
			movesFiles: () => client.movesFiles,
			excludes: excludesFrom(settings, () => {
				service.navigation.forget();
				checkAgain();
			}),
			...(platform.indexCache ? { cache: platform.indexCache } : {}),
		},
		workspaceFolder: uri => folderAround(uri, folders),
		showsFurniture: furniture.isShown,
		editor: createEditor(remote, store, admission, settings, () => client),
		onSidecarChange: notesChanged,
	});
	let client = readCapabilities({});
	const commands: Commands = new Map();

	connection.onInitialize((params): InitializeResult => {
		client = readCapabilities(params.capabilities, params.initializationOptions);
		// Clients before LSP 3.6 have one folder.
		const root = params.rootUri ?? undefined;
		folders = params.workspaceFolders?.map(({ uri }) => uri) ?? (root === undefined ? [] : [root]);
		return { serverInfo: { name: 'marginalia' }, capabilities: serverCapabilities(client) };
	});

	onNotification(connection, WorkspaceTrustNotification, ({ trusted }) => {
		client = { ...client, trusted };
		links.configure();
	});

	connection.onInitialized(async () => {
		if (client.hasFolders)
			connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
				const gone = new Set(removed.map(({ uri }) => uri));
				folders = [...folders.filter(folder => !gone.has(folder)), ...added.map(({ uri }) => uri)];
				// Other files can be seen now.
				forgetFiles();
				furniture.forget();
				service.navigation.foldersChanged();
				checkAgain();
			});
		// In parallel, because a client may never answer one of them.
		await Promise.all([
			links.start(),
			watchDocuments(remote, client, [CONFIGURATION_PATTERN, SIDECAR_PATTERN], [SIDECAR_PATTERN]),
			watchFiles(remote, client),
			settings.watch(),
		]);
	});

	/** Updates the diagnostics of all documents after something else has changed. */
	function checkAgain(): void {
		if (!client.pullsDiagnostics) push.all();
		if (client.refreshesDiagnostics) remote.refresh(DiagnosticRefreshRequest.method);
	}

	/** Updates everything that is shown of documents after they are read in another way. */
	function readAgain(): void {
		checkAgain();
		if (client.refreshesLenses) remote.refresh(CodeLensRefreshRequest.method);
		for (const { uri } of documents.all()) notes.changed(uri);
		// LSP has no request for that.
		remote.notify(OutlinesChangedNotification, {});
	}

	/** Handles a change of a configuration, which can affect all documents. */
	async function configurationChanged(uri: string): Promise<void> {
		try {
			await configurations.changed(uri, service);
			// An incomplete edit is no reason to index all archives again.
			const file = await service.configuration(uri);
			if (!file?.faults.some(({ severity }) => severity === 'error')) await service.navigation.kindsChanged();
		} catch (error) {
			remote.log.error(`${uri} could not be read: ${stackOf(error)}`);
		}
		readAgain();
	}

	/** Handles a change of the sidecar of an article. */
	function notesChanged(article: string): void {
		notes.changed(article);
		checkAgain();
	}

	/** Handles a change of a file or document if it is a sidecar. */
	function sidecarChanged(uri: string): void {
		const article = articleOf(uri);
		if (article === undefined) return;
		service.forgetSidecars(uri);
		notesChanged(article);
	}

	/** Runs a request; an error only affects this request. */
	async function attempt<T>(
		method: string,
		about: string,
		token: CancellationToken,
		run: () => T | Promise<T>,
	): Promise<T> {
		throwIfCancelled(token);
		try {
			// The client does not report file changes.
			if (!client.watchesFiles) forgetFiles();
			return await run();
		} catch (error) {
			if (error instanceof ResponseError) throw error;
			remote.log.error(`${method} failed for ${about}: ${stackOf(error)}`);
			throw new ResponseError(LSPErrorCodes.RequestFailed, `${method} failed: ${messageOf(error)}`);
		}
	}

	function documentAt(uri: string): OpenDocument {
		const document = store.get(uri);
		if (!document) throw new ResponseError(MarginaliaErrorCodes.documentNotOpen, `${uri} is not open`);
		return document;
	}

	const answer: Answer = (method, uri, token, run) =>
		attempt(method, uri, token, async () => {
			const document = documentAt(uri);
			if (!admission.allows(document, method)) return null;
			const snapshot = await service.read(document.snapshot);
			const [answered] = await Promise.allSettled([(async () => run(snapshot))()]);
			await pendingHandled();
			throwIfCancelled(token);
			if (isOutdated(method, snapshot, document))
				throw outdated(method, `${uri} was changed or closed in the meantime`);
			if (answered.status === 'rejected') throw answered.reason;
			return answered.value;
		});

	const perform: Perform = (command, uri, token, run) =>
		attempt(command, uri, token, () => {
			const document = documentAt(uri);
			const refusal = admission.refusal(uri);
			if (refusal !== undefined) throw new ResponseError(LSPErrorCodes.RequestFailed, refusal);
			return service.read(document.snapshot).then(run);
		});

	function forgetFiles(): void {
		service.forgetConfigurations();
		service.forgetSidecars();
	}

	connection.onDocumentSymbol(({ textDocument: { uri } }, token) =>
		answer('textDocument/documentSymbol', uri, token, async document => {
			const symbols = await service.documentSymbols(document);
			return client.nestsSymbols ? symbols : flatten(symbols, uri);
		}),
	);

	connection.onHover(({ textDocument: { uri }, position }, token) =>
		answer('textDocument/hover', uri, token, document =>
			service.hover(document, position, { ...client.hover, loadsPictures: client.trusted }, token),
		),
	);

	connection.onDocumentLinks(({ textDocument: { uri } }, token) =>
		answer('textDocument/documentLink', uri, token, async document => {
			const links = await service.documentLinks(document, client.resolvesLinks, token);
			return client.showsTooltips ? links : links.map(({ tooltip: _, ...link }) => link);
		}),
	);

	connection.onDocumentLinkResolve(
		async (link, token) =>
			(await answer('documentLink/resolve', documentOfLink(link) ?? '', token, document =>
				service.resolveDocumentLink(document, link, token),
			)) ?? link,
	);

	connection.onFoldingRanges(({ textDocument: { uri } }, token) =>
		answer('textDocument/foldingRange', uri, token, document => foldingRanges(document, client.foldingLimit)),
	);

	connection.onSelectionRanges(({ textDocument: { uri }, positions }, token) =>
		answer('textDocument/selectionRange', uri, token, document => selectionRanges(document, positions)),
	);

	/** Clients without a grammar, or that do not say whether they have one, get all tokens. */
	const semanticTokens = async (document: Snapshot, range?: Range): Promise<SemanticTokens> => {
		const scope = isFile(document.uri) ? document.uri : undefined;
		const longest = await settings.get('editor.maxTokenizationLineLength', scope);
		return service.semanticTokens(document, range, typeof longest === 'number' ? longest : 0);
	};
	connection.languages.semanticTokens.on(
		async ({ textDocument: { uri } }, token) =>
			(await answer('textDocument/semanticTokens/full', uri, token, semanticTokens)) ?? NO_TOKENS,
	);
	connection.languages.semanticTokens.onRange(
		async ({ textDocument: { uri }, range }, token) =>
			(await answer('textDocument/semanticTokens/range', uri, token, document => semanticTokens(document, range))) ??
			NO_TOKENS,
	);

	serveFormatting(connection, remote, answer, perform, service, commands, settings, () => client);
	const linkOptions = {
		connection,
		remote,
		documents,
		store,
		answer,
		perform,
		links: service.links,
		files: service.files,
		cacheFiles: platform.files,
		network: platform.network,
		commands,
		settings,
		client: () => client,
		folders: () => folders,
		refresh() {
			checkAgain();
			if (client.refreshesLenses) remote.refresh(CodeLensRefreshRequest.method);
		},
	};
	const links = serveLinks(linkOptions);
	serveArchiveLinks(linkOptions, links);

	connection.onCodeAction(({ textDocument: { uri }, range, context }, token) =>
		answer('textDocument/codeAction', uri, token, document =>
			client.codeActions ? service.codeActions(document, range, context, client.codeActions, token) : [],
		),
	);

	connection.languages.diagnostics.on(async ({ textDocument: { uri }, previousResultId }, token) => {
		const diagnostics = await answer('textDocument/diagnostic', uri, token, document =>
			service.diagnostics(document, token),
		);
		const items = diagnostics ?? [];
		const resultId = digest(JSON.stringify(items));
		if (resultId === previousResultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
		return { kind: DocumentDiagnosticReportKind.Full, resultId, items };
	});

	serveEditing(connection, answer, attempt, service, () => client);
	serveNavigation(connection, remote, documents, answer, service.navigation, () => client);
	serveMovedFiles(remote, attempt, service, store, commands, () => client);
	const notes = serveAnnotations(connection, remote, documents, attempt, service, commands);
	serveFurniture(connection, answer, perform, service, commands);
	serveSources(connection, remote, answer, perform, service, commands, () => client);
	serveReader(connection, answer, service.reader, notes.follow);
	serveCommands(connection, commands);

	const push = pushDiagnostics(remote, documents, service, () => client);
	// Clients do not report changes of files outside the workspace folders.
	documents.onDidOpen(() => forgetFiles());
	documents.onDidChangeContent(({ document: { uri } }) => {
		if (isConfiguration(uri)) void configurationChanged(uri);
		sidecarChanged(uri);
	});
	documents.onDidClose(({ document: { uri } }) => {
		if (isConfiguration(uri)) void configurationChanged(uri);
		sidecarChanged(uri);
	});
	// Must be the last listener, because it drops all data of the document.
	opened.onDidClose(({ document }) => store.close(document));
	connection.onDidChangeWatchedFiles(async ({ changes }) => {
		const isOurs = (uri: string): boolean => isFile(uri) && !isSkipped(uri, folderAround(uri, folders) ?? uri);
		const changed = changes.map(({ uri }) => uri).filter(isOurs);
		for (const uri of changed) {
			if (isConfiguration(uri)) void configurationChanged(uri);
			sidecarChanged(uri);
		}
		try {
			await service.navigation.filesChanged(changed);
		} catch (error) {
			remote.log.error(`Changed files could not be read: ${stackOf(error)}`);
		}
		if (!changed.every(isConfiguration)) checkAgain();
	});
	opened.listen(connection);
	connection.listen();
	return remote.log;
}

/** Converts an outline for clients that do not support hierarchical symbols: each symbol names its parent. */
function flatten(symbols: readonly DocumentSymbol[], uri: string): SymbolInformation[] {
	const flat: SymbolInformation[] = [];
	/** A stack of the remaining symbols, the next one last. */
	const queue: { symbol: DocumentSymbol; containerName: string | undefined }[] = symbols
		.map(symbol => ({ symbol, containerName: undefined }))
		.reverse();
	for (let next = queue.pop(); next; next = queue.pop()) {
		const { symbol, containerName } = next;
		flat.push({
			name: symbol.name,
			kind: symbol.kind,
			location: { uri, range: symbol.range },
			...(containerName === undefined ? {} : { containerName }),
		});
		for (const child of (symbol.children ?? []).toReversed()) queue.push({ symbol: child, containerName: symbol.name });
	}
	return flat;
}
