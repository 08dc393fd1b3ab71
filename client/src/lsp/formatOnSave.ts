import { workspace } from 'vscode';
import type { DocumentFormattingParams, MessageSignature } from 'vscode-languageclient';

/** The requests that format. */
const FORMATTING: ReadonlySet<string> = new Set(['textDocument/formatting', 'textDocument/rangeFormatting']);

/**
 * Returns the parameters of a request, with `keepForm` for formatting if articles are formatted on save. VS Code does not tell
 * providers whether they are called by a save or by the user, so in that case *Format Document* keeps the form as well.
 */
export function keepFormOnSave<P>(type: string | MessageSignature, params: P): P {
	if (!FORMATTING.has(typeof type === 'string' ? type : type.method)) return params;
	const { textDocument, options } = params as P & DocumentFormattingParams;
	const scope = workspace.textDocuments.find(document => document.uri.toString() === textDocument.uri);
	const keepForm = workspace.getConfiguration('editor', scope).get('formatOnSave') === true;
	return keepForm ? { ...params, options: { ...options, keepForm } } : params;
}
