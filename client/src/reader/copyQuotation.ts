import * as vscode from 'vscode';
import { ReaderQuoteRequest } from '../../../server/src/protocol/reader.ts';
import type { Server } from '../lsp/server.ts';

/** Copies text of an article to the clipboard as a Markdown quotation with its source. Returns whether that was possible. */
export async function copyQuotation(server: Server, uri: vscode.Uri, text: string): Promise<boolean> {
	const quotation = await server.request(ReaderQuoteRequest, { textDocument: { uri: uri.toString() }, text });
	if (!quotation) return false;
	await vscode.env.clipboard.writeText(quotation.markdown);
	return true;
}
