import type { CodeLens, Range, TextEdit } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { ArchiveDocument } from '../article/article.ts';
import { type CodeLensOptions, codeLenses, resolveCodeLens } from './codeLens.ts';
import { collapseDocument, type ExpandOptions, formatDocument, formatRange } from './formatting.ts';

/** The two forms of an article, and the lenses that offer them. */
export interface Forms {
	expand(document: TextDocument, options: ExpandOptions): TextEdit[];
	expandRange(document: TextDocument, range: Range, options: ExpandOptions): TextEdit[];
	collapse(document: TextDocument): TextEdit[];
	codeLenses(document: TextDocument, options: CodeLensOptions): CodeLens[];
	resolveCodeLens(document: TextDocument, lens: CodeLens): CodeLens;
}

/** Wires the forms to what is known of open documents. */
export function createForms(parse: (document: TextDocument) => ArchiveDocument): Forms {
	return {
		expand: (document, options) => formatDocument(document, parse(document), options),
		expandRange: (document, range, options) => formatRange(document, parse(document), range, options),
		collapse: document => collapseDocument(document, parse(document)),
		codeLenses: (document, options) => codeLenses(document, parse(document), options),
		resolveCodeLens: (document, lens) => resolveCodeLens(document, parse(document), lens),
	};
}
