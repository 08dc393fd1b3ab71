import type { Position, ProtocolConnection, ServerCapabilities } from 'vscode-languageserver/node';
import { AnnotationsRequest } from '../../server/src/protocol/annotations.ts';
import {
	ANNOTATION_COMMANDS,
	FORM_COMMANDS,
	FURNITURE_COMMANDS,
	LINK_COMMANDS,
	SOURCE_COMMANDS,
} from '../../server/src/protocol/commands.ts';
import {
	InsertFilesRequest,
	MARKUP,
	MarkupRequest,
	PasteRequest,
	TagClosingRequest,
} from '../../server/src/protocol/editing.ts';
import { FurnitureRequest, WithoutFurnitureRequest } from '../../server/src/protocol/furniture.ts';
import { LinkStatusRequest } from '../../server/src/protocol/links.ts';
import { ReaderRequest } from '../../server/src/protocol/reader.ts';
import { SelectorReachRequest, SelectorsRequest } from '../../server/src/protocol/sources.ts';

/** A request about a document, by the capability that offers it; without a capability, it is a custom method. */
export interface DocumentRequest {
	readonly method: string;
	readonly capability?: keyof ServerCapabilities;
	/** All parameters except the document. */
	readonly params: object;
}

/** Capabilities that are not about a single document. */
export const OTHER_CAPABILITIES: ReadonlySet<string> = new Set([
	'positionEncoding',
	'textDocumentSync',
	'workspace',
	'workspaceSymbolProvider',
	'executeCommandProvider',
]);

/** Every request about a document, both at a position and for the whole document. */
export function everyRequest(position: Position): readonly DocumentRequest[] {
	const range = { start: { line: 0, character: 0 }, end: { line: 10_000, character: 0 } };
	const options = { tabSize: 2, insertSpaces: true };
	const context = { diagnostics: [] };
	return [
		{ method: 'textDocument/documentSymbol', capability: 'documentSymbolProvider', params: {} },
		{ method: 'textDocument/hover', capability: 'hoverProvider', params: { position } },
		{ method: 'textDocument/foldingRange', capability: 'foldingRangeProvider', params: {} },
		{ method: 'textDocument/selectionRange', capability: 'selectionRangeProvider', params: { positions: [position] } },
		{ method: 'textDocument/semanticTokens/full', capability: 'semanticTokensProvider', params: {} },
		{ method: 'textDocument/semanticTokens/range', capability: 'semanticTokensProvider', params: { range } },
		{ method: 'textDocument/documentLink', capability: 'documentLinkProvider', params: {} },
		{ method: 'textDocument/definition', capability: 'definitionProvider', params: { position } },
		{
			method: 'textDocument/references',
			capability: 'referencesProvider',
			params: { position, context: { includeDeclaration: true } },
		},
		{ method: 'textDocument/documentHighlight', capability: 'documentHighlightProvider', params: { position } },
		{ method: 'textDocument/prepareRename', capability: 'renameProvider', params: { position } },
		{ method: 'textDocument/rename', capability: 'renameProvider', params: { position, newName: 'b' } },
		{ method: 'textDocument/formatting', capability: 'documentFormattingProvider', params: { options } },
		{
			method: 'textDocument/rangeFormatting',
			capability: 'documentRangeFormattingProvider',
			params: { range, options },
		},
		{ method: 'textDocument/codeLens', capability: 'codeLensProvider', params: {} },
		{ method: 'textDocument/codeAction', capability: 'codeActionProvider', params: { range, context } },
		{
			method: 'textDocument/codeAction',
			capability: 'codeActionProvider',
			params: { range, context: { ...context, only: ['source.fixAll'] } },
		},
		{ method: 'textDocument/diagnostic', capability: 'diagnosticProvider', params: {} },
		{ method: 'textDocument/completion', capability: 'completionProvider', params: { position } },
		{ method: 'textDocument/linkedEditingRange', capability: 'linkedEditingRangeProvider', params: { position } },
		{ method: 'textDocument/inlayHint', capability: 'inlayHintProvider', params: { range } },
		{ method: AnnotationsRequest.method, params: {} },
		{ method: LinkStatusRequest.method, params: {} },
		{ method: FurnitureRequest.method, params: {} },
		{ method: SelectorsRequest.method, params: { position } },
		{ method: SelectorReachRequest.method, params: { selectors: ['p'] } },
		{ method: WithoutFurnitureRequest.method, params: { version: 1, parts: [0] } },
		...MARKUP.map(markup => ({
			method: MarkupRequest.method,
			params: { ranges: [{ start: position, end: position }, range], markup, tag: 'span' },
		})),
		{
			method: PasteRequest.method,
			params: { range: { start: position, end: position }, html: '<p>a <b>b</b></p>', text: 'a b' },
		},
		{
			method: InsertFilesRequest.method,
			params: {
				ranges: [{ start: position, end: position }],
				files: [
					{ name: 'quay.png', type: 'image/png', uri: 'file:///elsewhere.png', content: { size: 3, sha256: 'ab' } },
				],
				html: '<img src="https://quay.example/1.png">',
				destination: {},
				overwriteBehavior: 'nameIncrementally',
			},
		},
		{ method: ReaderRequest.method, params: { reader: 'r' } },
		{ method: TagClosingRequest.method, params: { position } },
	];
}

/** The results of a request about a document. */
export function ask(
	connection: ProtocolConnection,
	uri: string,
	{ method, params }: DocumentRequest,
): Promise<unknown> {
	return connection.sendRequest(method, { textDocument: { uri }, ...params });
}

/** Whether a result is empty, in any of the forms that requests have for that. */
export function saysNothing(answer: unknown): boolean {
	if (answer === null) return true;
	if (Array.isArray(answer)) return answer.length === 0;
	if (typeof answer !== 'object') return false;
	const values = Object.entries(answer).flatMap(([name, value]) => (/^(?:kind|resultId)$/.test(name) ? [] : [value]));
	return values.length === 1 && Array.isArray(values[0]) && values[0].length === 0;
}

/** The commands that act on a document, with their arguments. */
export function everyCommand(
	uri: string,
): readonly { readonly command: string; readonly arguments: readonly unknown[] }[] {
	const start = { line: 0, character: 0 };
	const given = { uri, range: { start, end: { line: 3, character: 0 } }, id: 'urn:x', text: 'Why?', carrier: 'inline' };
	const { import: _import, export: _export, undo: _undo, redo: _redo, ...onNotes } = ANNOTATION_COMMANDS;
	return [
		...Object.values(FORM_COMMANDS).map(command => ({ command, arguments: [uri, { tabSize: 2, insertSpaces: true }] })),
		{ command: FURNITURE_COMMANDS.remove, arguments: [{ uri }] },
		{ command: SOURCE_COMMANDS.describe, arguments: [{ uri, list: 'furniture', selector: '.box' }] },
		...Object.values(onNotes).map(command => ({ command, arguments: [given] })),
		...[LINK_COMMANDS.check, LINK_COMMANDS.checkAgain].map(command => ({ command, arguments: [uri] })),
	];
}
