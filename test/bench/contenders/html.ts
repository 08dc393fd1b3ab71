import { getLanguageService } from 'vscode-html-languageservice';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Contender } from './contender.ts';

const service = getLanguageService();

/** VS Code's HTML service. It parses, and supports symbols and links, but no diagnostics. */
function all(uri: string, body: string): number {
	const document = TextDocument.create(uri, 'html', 1, body);
	const parsed = service.parseHTMLDocument(document);
	const links = service.findDocumentLinks(document, { resolveReference: reference => reference });
	return service.findDocumentSymbols2(document, parsed).length + links.length;
}

/** Starts over after each change, since it is not incremental. */
export const contender: Contender = {
	check: ({ uri, text, body }) => all(uri, text.slice(body)),
	open:
		async ({ uri, body }) =>
		({ text }) =>
			all(uri, text.slice(body)),
};
