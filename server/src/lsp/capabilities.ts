import {
	type ClientCapabilities,
	CodeActionKind,
	MarkupKind,
	PositionEncodingKind,
	type ServerCapabilities,
	TextDocumentSyncKind,
} from 'vscode-languageserver';
import { type CodeActionOptions, FIX_ALL } from '../languageFeatures/codeAction.ts';
import type { CodeLensOptions } from '../languageFeatures/codeLens.ts';
import { COMPLETION_TRIGGERS, type CompletionOptions } from '../languageFeatures/completion.ts';
import type { HoverOptions } from '../languageFeatures/hover.ts';
import { TOKEN_MODIFIERS, TOKEN_TYPES } from '../languageFeatures/semanticTokens.ts';
import { SERVER_COMMANDS } from '../protocol/commands.ts';
import type { InitializationOptions } from '../protocol/lifecycle.ts';
import { systemTimeZone } from '../util/timeZone.ts';

/** The limit on folding ranges of a client that sets none. */
const UNLIMITED = Number.POSITIVE_INFINITY;

/** The capabilities of a client that answers depend on. */
export interface ClientSupport {
	/** Whether it pulls diagnostics; otherwise they are pushed. */
	readonly pullsDiagnostics: boolean;
	readonly refreshesDiagnostics: boolean;
	/** Whether it supports definition links, progress, and several workspace folders. */
	readonly linksDefinitions: boolean;
	readonly showsProgress: boolean;
	readonly hasFolders: boolean;
	/** Whether it supports dynamic registration for file changes, and for documents of other languages. */
	readonly watchesFiles: boolean;
	readonly opensMore: boolean;
	/** Whether it supports dynamic registration for code actions in other documents. */
	readonly asksMoreActions: boolean;
	/** Whether it supports `textDocument/prepareRename`, and `workspace/willRenameFiles`. */
	readonly preparesRename: boolean;
	readonly tellsOfMoves: boolean;
	/** Whether it supports edits that move files. */
	readonly movesFiles: boolean;
	/** Whether it supports requests for settings, and notifications of changes. */
	readonly configures: boolean;
	readonly watchesSettings: boolean;
	/** Whether it handles file requests for files that the server cannot read itself. */
	readonly servesFiles: boolean;
	/** Whether it handles requests for its cursors. */
	readonly tellsCursors: boolean;
	/** Whether the user trusts the workspace, as far as the client reports it. */
	readonly trusted: boolean;
	/** Whether it can open URLs in a browser, and files in an editor. */
	readonly opensAddresses: boolean;
	readonly refreshesLenses: boolean;
	readonly codeLenses: CodeLensOptions;
	readonly nestsSymbols: boolean;
	readonly showsTooltips: boolean;
	/** Whether it resolves document links when they are followed. */
	readonly resolvesLinks: boolean;
	/** Whether it may request the semantic tokens of whole documents. */
	readonly requestsAllTokens: boolean;
	/** The maximum number of folding ranges. */
	readonly foldingLimit: number;
	readonly hover: Omit<HoverOptions, 'loadsPictures'>;
	readonly completion: CompletionOptions;
	/** `undefined` if it only supports commands, as before LSP 3.8. */
	readonly codeActions: CodeActionOptions | undefined;
}

/**
 * Reads the capabilities of a client.
 *
 * @param options its initialization options: `InitializationOptions`, if the client knows them
 */
export function readCapabilities(
	{ general, textDocument, window, workspace }: ClientCapabilities,
	options?: unknown,
): ClientSupport {
	const movesFiles =
		workspace?.workspaceEdit?.documentChanges === true &&
		workspace.workspaceEdit.resourceOperations?.includes('rename') === true;
	const { codeAction, completion, diagnostic, documentLink, documentSymbol, foldingRange, hover, semanticTokens } =
		textDocument ?? {};
	return {
		pullsDiagnostics: diagnostic !== undefined,
		refreshesDiagnostics: workspace?.diagnostics?.refreshSupport === true,
		linksDefinitions: textDocument?.definition?.linkSupport === true,
		showsProgress: window?.workDoneProgress === true,
		hasFolders: workspace?.workspaceFolders === true,
		watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
		opensMore: textDocument?.synchronization?.dynamicRegistration === true,
		asksMoreActions: codeAction?.dynamicRegistration === true,
		preparesRename: textDocument?.rename?.prepareSupport === true,
		tellsOfMoves: workspace?.fileOperations?.willRename === true,
		movesFiles,
		configures: workspace?.configuration === true,
		watchesSettings: workspace?.didChangeConfiguration?.dynamicRegistration === true,
		servesFiles: isSet(options, 'servesFiles'),
		codeLenses: { showsPlaces: isSet(options, 'showsPlaces'), opensReader: isSet(options, 'opensReader') },
		tellsCursors: isSet(options, 'tellsCursors'),
		trusted: !isSet(options, 'untrusted'),
		opensAddresses: window?.showDocument?.support === true,
		refreshesLenses: workspace?.codeLens?.refreshSupport === true,
		nestsSymbols: documentSymbol?.hierarchicalDocumentSymbolSupport === true,
		showsTooltips: documentLink?.tooltipSupport === true,
		resolvesLinks: isSet(options, 'resolvesLinks'),
		requestsAllTokens: semanticTokens?.requests.full !== false,
		foldingLimit: foldingRange?.rangeLimit ?? UNLIMITED,
		hover: {
			kind: hover?.contentFormat?.includes(MarkupKind.Markdown) ? MarkupKind.Markdown : MarkupKind.PlainText,
			// VS Code's client names its Markdown library. All other clients with this library handle image sizes in the same way.
			scalesPictures: general?.markdown?.parser === 'marked',
			timeZone: systemTimeZone(),
		},
		completion: {
			snippets: completion?.completionItem?.snippetSupport === true,
			documentation: completion?.completionItem?.documentationFormat?.includes(MarkupKind.Markdown)
				? MarkupKind.Markdown
				: MarkupKind.PlainText,
			describes: completion?.completionItem?.labelDetailsSupport === true,
			retriggers: general?.markdown?.parser === 'marked',
		},
		codeActions: codeAction?.codeActionLiteralSupport && {
			versionedEdits: workspace?.workspaceEdit?.documentChanges === true,
			preferred: codeAction.isPreferredSupport === true,
			createsFiles: workspace?.workspaceEdit?.resourceOperations?.includes('create') === true,
			movesFiles,
			opensAddresses: window?.showDocument?.support === true,
		},
	};
}

function isSet(options: unknown, name: keyof InitializationOptions): boolean {
	return typeof options === 'object' && options !== null && Reflect.get(options, name) === true;
}

/** The server's capabilities for such a client. */
export function serverCapabilities(client: ClientSupport): ServerCapabilities {
	return {
		positionEncoding: PositionEncodingKind.UTF16,
		textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, willSave: true, save: true },
		documentSymbolProvider: { label: 'Marginalia' },
		hoverProvider: true,
		documentLinkProvider: { resolveProvider: true },
		definitionProvider: true,
		referencesProvider: true,
		documentHighlightProvider: true,
		workspaceSymbolProvider: { resolveProvider: true },
		renameProvider: client.preparesRename ? { prepareProvider: true } : true,
		workspace: {
			...(client.hasFolders ? { workspaceFolders: { supported: true, changeNotifications: true } } : {}),
			...(client.tellsOfMoves ? { fileOperations: { willRename: { filters: [{ pattern: { glob: '**/*' } }] } } } : {}),
		},
		foldingRangeProvider: true,
		selectionRangeProvider: true,
		documentFormattingProvider: true,
		documentRangeFormattingProvider: true,
		codeLensProvider: { resolveProvider: true },
		executeCommandProvider: { commands: [...SERVER_COMMANDS] },
		completionProvider: {
			// VS Code, which asks for nothing else while it waits for an answer, suggests after a space only where it is told to.
			triggerCharacters: COMPLETION_TRIGGERS.filter(character => character !== ' ' || !client.completion.retriggers),
			resolveProvider: true,
		},
		linkedEditingRangeProvider: true,
		inlayHintProvider: true,
		semanticTokensProvider: {
			legend: { tokenTypes: [...TOKEN_TYPES], tokenModifiers: [...TOKEN_MODIFIERS] },
			full: client.requestsAllTokens,
			range: true,
		},
		...(client.codeActions ? { codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL] } } : {}),
		...(client.pullsDiagnostics
			? { diagnosticProvider: { identifier: 'marginalia', interFileDependencies: false, workspaceDiagnostics: false } }
			: {}),
	};
}
