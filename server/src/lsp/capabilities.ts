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

/** Folding ranges for a client that names no limit. */
const UNLIMITED = Number.POSITIVE_INFINITY;

/** What a client can do, as far as answers depend on it. */
export interface ClientSupport {
	/** Whether it asks for diagnostics; others are sent them. */
	readonly pullsDiagnostics: boolean;
	readonly refreshesDiagnostics: boolean;
	/** Whether it tells where a definition is led to from, shows work that takes long, and has several folders. */
	readonly linksDefinitions: boolean;
	readonly showsProgress: boolean;
	readonly hasFolders: boolean;
	/** Whether it can be asked to tell of changed files, and to open more kinds of document. */
	readonly watchesFiles: boolean;
	readonly opensMore: boolean;
	/** Whether it can be asked to ask for code actions in more kinds of document. */
	readonly asksMoreActions: boolean;
	/** Whether it asks what can be renamed before it asks for the new name, and before it moves files what is to follow. */
	readonly preparesRename: boolean;
	readonly tellsOfMoves: boolean;
	/** Whether it takes edits that move files. */
	readonly movesFiles: boolean;
	/** Whether it can be asked for its settings, and to tell of changes. */
	readonly configures: boolean;
	readonly watchesSettings: boolean;
	/** Whether it can be asked for files that the server cannot read itself. */
	readonly servesFiles: boolean;
	/** Whether its user trusts what is open, as far as it says. */
	readonly trusted: boolean;
	/** Whether it opens addresses in a browser, and files in an editor. */
	readonly opensAddresses: boolean;
	readonly refreshesLenses: boolean;
	readonly codeLenses: CodeLensOptions;
	readonly nestsSymbols: boolean;
	readonly showsTooltips: boolean;
	/** Whether it asks where a link leads when it is followed. */
	readonly resolvesLinks: boolean;
	/** How many folding ranges it takes. */
	readonly foldingLimit: number;
	readonly hover: Omit<HoverOptions, 'loadsPictures'>;
	readonly completion: CompletionOptions;
	/** `undefined` where it knows commands alone, as before LSP 3.8. */
	readonly codeActions: CodeActionOptions | undefined;
}

/**
 * Reads what a client says of itself.
 *
 * @param options its initialization options: `InitializationOptions`, if it is a client that knows them
 */
export function readCapabilities(
	{ general, textDocument, window, workspace }: ClientCapabilities,
	options?: unknown,
): ClientSupport {
	const { codeAction, completion, diagnostic, documentLink, documentSymbol, foldingRange, hover } = textDocument ?? {};
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
		movesFiles:
			workspace?.workspaceEdit?.documentChanges === true &&
			workspace.workspaceEdit.resourceOperations?.includes('rename') === true,
		configures: workspace?.configuration === true,
		watchesSettings: workspace?.didChangeConfiguration?.dynamicRegistration === true,
		servesFiles: isSet(options, 'servesFiles'),
		codeLenses: { showsPlaces: isSet(options, 'showsPlaces'), opensReader: isSet(options, 'opensReader') },
		trusted: !isSet(options, 'untrusted'),
		opensAddresses: window?.showDocument?.support === true,
		refreshesLenses: workspace?.codeLens?.refreshSupport === true,
		nestsSymbols: documentSymbol?.hierarchicalDocumentSymbolSupport === true,
		showsTooltips: documentLink?.tooltipSupport === true,
		resolvesLinks: isSet(options, 'resolvesLinks'),
		foldingLimit: foldingRange?.rangeLimit ?? UNLIMITED,
		hover: {
			kind: hover?.contentFormat?.includes(MarkupKind.Markdown) ? MarkupKind.Markdown : MarkupKind.PlainText,
			// VS Code's client names its Markdown library; no other client that does reads sizes otherwise.
			scalesPictures: general?.markdown?.parser === 'marked',
			timeZone: systemTimeZone(),
		},
		completion: {
			snippets: completion?.completionItem?.snippetSupport === true,
			documentation: completion?.completionItem?.documentationFormat?.includes(MarkupKind.Markdown)
				? MarkupKind.Markdown
				: MarkupKind.PlainText,
			retriggers: general?.markdown?.parser === 'marked',
		},
		codeActions: codeAction?.codeActionLiteralSupport && {
			versionedEdits: workspace?.workspaceEdit?.documentChanges === true,
			preferred: codeAction.isPreferredSupport === true,
			createsFiles: workspace?.workspaceEdit?.resourceOperations?.includes('create') === true,
			opensAddresses: window?.showDocument?.support === true,
		},
	};
}

function isSet(options: unknown, name: keyof InitializationOptions): boolean {
	return typeof options === 'object' && options !== null && Reflect.get(options, name) === true;
}

/** What the server offers such a client. */
export function serverCapabilities(client: ClientSupport): ServerCapabilities {
	return {
		positionEncoding: PositionEncodingKind.UTF16,
		textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
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
		completionProvider: { triggerCharacters: [...COMPLETION_TRIGGERS], resolveProvider: true },
		linkedEditingRangeProvider: true,
		inlayHintProvider: true,
		semanticTokensProvider: {
			legend: { tokenTypes: [...TOKEN_TYPES], tokenModifiers: [...TOKEN_MODIFIERS] },
			full: true,
			range: true,
		},
		...(client.codeActions ? { codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL] } } : {}),
		...(client.pullsDiagnostics
			? { diagnosticProvider: { identifier: 'marginalia', interFileDependencies: false, workspaceDiagnostics: false } }
			: {}),
	};
}
