import { compileSelector } from '../article/selectors/selector.ts';
import { AnnotationsRequest } from '../protocol/annotations.ts';
import { ComparisonEditsRequest, ComparisonRequest } from '../protocol/comparison.ts';
import {
	InsertFilesRequest,
	MARKUP,
	MarkupRequest,
	NewArticleRequest,
	PasteRequest,
	TagClosingRequest,
} from '../protocol/editing.ts';
import { FurnitureRequest, WithoutFurnitureRequest } from '../protocol/furniture.ts';
import { WorkspaceTrustNotification } from '../protocol/lifecycle.ts';
import { LinkStatusRequest } from '../protocol/links.ts';
import {
	ReaderClosedNotification,
	ReaderImageRequest,
	ReaderLinkRequest,
	ReaderQuoteRequest,
	ReaderRequest,
} from '../protocol/reader.ts';
import { SelectorReachRequest, SelectorsRequest } from '../protocol/sources.ts';
import { isUri } from '../util/uri.ts';
import { isRecord } from '../util/value.ts';

/** Describes what is wrong with a value, as the end of a sentence that begins with its name; `undefined` if it is valid. */
type Check = (value: unknown) => string | undefined;

const string: Check = value => (typeof value === 'string' ? undefined : 'is not a string');
const uri: Check = value => string(value) ?? (isUri(String(value)) ? undefined : 'is not a URI');
const selector: Check = value => {
	const fault = string(value);
	if (fault !== undefined) return fault;
	const compiled = compileSelector(String(value));
	return 'fault' in compiled ? `cannot be used: ${compiled.fault}` : undefined;
};
const integer: Check = value => (Number.isInteger(value) ? undefined : 'is not an integer');
const uinteger: Check = value =>
	Number.isInteger(value) && Number(value) >= 0 ? undefined : 'is not an unsigned integer';
const boolean: Check = value => (typeof value === 'boolean' ? undefined : 'is not a boolean');

const object =
	(properties: Readonly<Record<string, Check>>): Check =>
	value => {
		if (!isRecord(value)) return 'is not an object';
		for (const [name, check] of Object.entries(properties)) {
			const fault = check(value[name]);
			if (fault !== undefined) return `.${name}${fault.startsWith('.') ? '' : ' '}${fault}`;
		}
		return undefined;
	};
const list =
	(item: Check): Check =>
	value =>
		Array.isArray(value) ? value.map(item).find(fault => fault !== undefined) : 'is not an array';
const record =
	(item: Check): Check =>
	value =>
		isRecord(value)
			? object(Object.fromEntries(Object.keys(value).map(name => [name, item])))(value)
			: 'is not an object';
/** For the methods of the protocol: some clients send `null` for what is absent. */
const optional =
	(check: Check): Check =>
	value =>
		value === undefined || value === null ? undefined : check(value);

/** For Marginalia's own methods, whose handlers rely on their types: `null` is a value. */
const mayLack =
	(check: Check): Check =>
	value =>
		value === undefined ? undefined : check(value);

const oneOf =
	(values: readonly string[]): Check =>
	value =>
		values.some(one => one === value) ? undefined : `is not one of ${values.join(', ')}`;

const textDocument = object({ uri });
const position = object({ line: uinteger, character: uinteger });
const range = object({ start: position, end: position });
const options = object({ tabSize: integer, insertSpaces: boolean });
const any = object({});

const about = { textDocument };
const at = { textDocument, position };

/** The types that handlers rely on in the parameters of each method. */
const PARAMS: Readonly<Record<string, Readonly<Record<string, Check>>>> = {
	initialize: { capabilities: any },
	'textDocument/didOpen': {
		textDocument: object({ uri, languageId: string, version: integer, text: string }),
	},
	'textDocument/didChange': {
		textDocument: object({ uri, version: integer }),
		contentChanges: list(object({ text: string, range: optional(range) })),
	},
	'textDocument/didClose': about,
	'textDocument/willSave': { textDocument, reason: integer },
	'textDocument/didSave': about,
	'textDocument/documentSymbol': about,
	'textDocument/diagnostic': about,
	'textDocument/documentLink': about,
	'textDocument/foldingRange': about,
	'textDocument/codeLens': about,
	'textDocument/semanticTokens/full': about,
	'textDocument/semanticTokens/range': { textDocument, range },
	'textDocument/inlayHint': { textDocument, range },
	'textDocument/formatting': { textDocument, options },
	'textDocument/rangeFormatting': { textDocument, range, options },
	'textDocument/selectionRange': { textDocument, positions: list(position) },
	'textDocument/codeAction': {
		textDocument,
		range,
		context: object({ diagnostics: list(object({ range })), only: optional(list(string)) }),
	},
	'textDocument/hover': at,
	'textDocument/completion': at,
	'textDocument/definition': at,
	'textDocument/references': { ...at, context: object({ includeDeclaration: boolean }) },
	'textDocument/documentHighlight': at,
	'textDocument/prepareRename': at,
	'textDocument/rename': { ...at, newName: string },
	'textDocument/linkedEditingRange': at,
	'completionItem/resolve': { label: string },
	'documentLink/resolve': { range },
	'codeLens/resolve': { range },
	'workspace/symbol': { query: string },
	'workspaceSymbol/resolve': { name: string },
	'workspace/executeCommand': { command: string, arguments: optional(list(() => undefined)) },
	'workspace/willRenameFiles': { files: list(object({ oldUri: uri, newUri: uri })) },
	'workspace/didChangeWatchedFiles': { changes: list(object({ uri })) },
	'workspace/didChangeWorkspaceFolders': {
		event: object({ added: list(object({ uri })), removed: list(object({ uri })) }),
	},
	[AnnotationsRequest.method]: about,
	[LinkStatusRequest.method]: about,
	[FurnitureRequest.method]: about,
	[SelectorsRequest.method]: at,
	[SelectorReachRequest.method]: { textDocument, selectors: list(selector) },
	[WithoutFurnitureRequest.method]: { textDocument, version: integer, parts: list(uinteger) },
	[ReaderRequest.method]: {
		textDocument,
		reader: string,
		has: mayLack(integer),
		cursors: mayLack(list(position)),
	},
	[ReaderClosedNotification.method]: { textDocument, reader: string },
	[ReaderLinkRequest.method]: { textDocument, href: string },
	[ReaderImageRequest.method]: { textDocument, url: string },
	[ReaderQuoteRequest.method]: { textDocument, text: string },
	[TagClosingRequest.method]: at,
	[MarkupRequest.method]: { textDocument, ranges: list(range), markup: oneOf(MARKUP), tag: mayLack(string) },
	[PasteRequest.method]: { textDocument, range, html: mayLack(string), text: mayLack(string) },
	[ComparisonRequest.method]: { text: string, offset: mayLack(uinteger) },
	[ComparisonEditsRequest.method]: { text: string, edited: string, shown: mayLack(string) },
	[NewArticleRequest.method]: {
		folder: uri,
		source: mayLack(string),
		title: mayLack(string),
		timeZone: mayLack(string),
	},
	[InsertFilesRequest.method]: {
		textDocument,
		ranges: list(range),
		files: list(
			object({
				name: string,
				type: string,
				uri: mayLack(uri),
				content: mayLack(object({ size: uinteger, sha256: string })),
			}),
		),
		html: mayLack(string),
		destination: record(string),
		overwriteBehavior: string,
	},
	[WorkspaceTrustNotification.method]: { trusted: boolean },
};

/** What is wrong with the parameters of a request or notification; `undefined` if they are valid, or if the method has none. */
export function faultIn(method: string, params: unknown): string | undefined {
	const expected = Object.hasOwn(PARAMS, method) ? PARAMS[method] : undefined;
	if (!expected) return undefined;
	const fault = object(expected)(params);
	return fault === undefined ? undefined : `params${fault.startsWith('.') ? '' : ' '}${fault}`;
}
