import type { CancellationToken, CodeLens, Range, TextEdit } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { ArchiveDocument } from '../article/article.ts';
import type { Span } from '../article/span.ts';
import { type CodeLensOptions, codeLenses, resolveCodeLens } from './codeLens.ts';
import { collapseDocument, type ExpandOptions, formatDocument, formatRange } from './formatting.ts';

/** The two forms of an article, and the lenses that offer them. */
export interface Forms {
	expand(document: TextDocument, options: ExpandOptions): TextEdit[];
	expandRange(document: TextDocument, range: Range, options: ExpandOptions): TextEdit[];
	collapse(document: TextDocument): TextEdit[];
	codeLenses(document: TextDocument, options: CodeLensOptions, token: CancellationToken): Promise<CodeLens[]>;
	resolveCodeLens(document: TextDocument, lens: CodeLens, token: CancellationToken): Promise<CodeLens>;
}

/**
 * Wires the forms to what is known of open documents.
 *
 * @param brokenIn the places of links and images that the last check over the network found broken
 */
export function createForms(
	parse: (document: TextDocument) => ArchiveDocument,
	brokenIn: (document: TextDocument, token: CancellationToken) => Promise<readonly Span[]>,
): Forms {
	return {
		expand: (document, options) => formatDocument(document, parse(document), options),
		expandRange: (document, range, options) => formatRange(document, parse(document), range, options),
		collapse: document => collapseDocument(document, parse(document)),
		codeLenses: async (document, options, token) =>
			codeLenses(document, parse(document), options, await brokenIn(document, token)),
		resolveCodeLens: async (document, lens, token) =>
			resolveCodeLens(document, parse(document), lens, await brokenIn(document, token)),
	};
}
