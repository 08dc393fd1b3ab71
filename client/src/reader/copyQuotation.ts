import * as vscode from 'vscode';
import { ReaderQuoteRequest } from '../../../server/src/protocol/reader.ts';
import type { Server } from '../lsp/server.ts';

/** Puts words of an article on the clipboard as a quotation in Markdown that names its source; tells whether it could. */
export async function copyQuotation(server: Server, uri: vscode.Uri, text: string): Promise<boolean> {
	const quotation = await server.request(ReaderQuoteRequest, { textDocument: { uri: uri.toString() }, text });
	if (!quotation) return false;
	await vscode.env.clipboard.writeText(quotation.markdown);
	return true;
}
