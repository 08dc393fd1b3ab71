import * as vscode from 'vscode';
import { ReaderLinkRequest } from '../../../server/src/protocol/reader.ts';
import type { Server } from '../lsp/server.ts';

/** Actions of a reader for the targets of links. */
export interface LinkNavigator {
	/** Shows a position in the article. */
	place(offset: number): void;
	/** Shows another article. */
	file(uri: vscode.Uri): void;
	/** Shows a transient message. */
	tell(text: string): void;
}

/** Follows a link of an article: inside it, to the archived copy of a page, or in the browser. */
export async function followLink(server: Server, uri: vscode.Uri, href: string, target: LinkNavigator): Promise<void> {
	const link = await server.request(ReaderLinkRequest, { textDocument: { uri: uri.toString() }, href });
	switch (link?.kind) {
		case 'place':
			target.place(link.offset);
			return;
		case 'file': {
			const file = vscode.Uri.parse(link.uri);
			const shown = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri.toString());
			target.file(file);
			// Keep an editor next to the reader on the same article.
			if (shown)
				await vscode.window.showTextDocument(file, {
					preserveFocus: true,
					...(shown.viewColumn === undefined ? {} : { viewColumn: shown.viewColumn }),
				});
			return;
		}
		case 'page':
			await vscode.env.openExternal(vscode.Uri.parse(link.url, true));
			return;
		case 'nowhere':
			target.tell(link.reason);
	}
}
