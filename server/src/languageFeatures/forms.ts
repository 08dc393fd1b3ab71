import type { CancellationToken, CodeLens, Range, TextEdit } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { ArchiveDocument } from '../article/article.ts';
import { formatObstacle } from '../article/format.ts';
import { nameOf } from '../util/uri.ts';
import { type CodeLensOptions, codeLenses, type FoundPlaces, resolveCodeLens } from './codeLens.ts';
import { collapseDocument, type ExpandOptions, formatDocument, formatRange } from './formatting.ts';

/** The two forms of an article, and the lenses that offer them. */
export interface Forms {
	expand(document: TextDocument, options: ExpandOptions): TextEdit[];
	expandRange(document: TextDocument, range: Range, options: ExpandOptions): TextEdit[];
	collapse(document: TextDocument): TextEdit[];
	/** Why a document is not brought into another form, in a sentence; `undefined` where it is. */
	obstacle(document: TextDocument): string | undefined;
	codeLenses(document: TextDocument, options: CodeLensOptions, token: CancellationToken): Promise<CodeLens[]>;
	resolveCodeLens(document: TextDocument, lens: CodeLens, token: CancellationToken): Promise<CodeLens>;
}

/**
 * Wires the forms to what is known of open documents.
 *
 * @param findPlaces what lenses count that is not in the text alone
 */
export function createForms(
	parse: (document: TextDocument) => ArchiveDocument,
	findPlaces: (document: TextDocument, token: CancellationToken) => Promise<FoundPlaces>,
): Forms {
	return {
		expand: (document, options) => formatDocument(document, parse(document), options),
		expandRange: (document, range, options) => formatRange(document, parse(document), range, options),
		collapse: document => collapseDocument(document, parse(document)),
		obstacle(document) {
			const parsed = parse(document);
			const obstacle = parsed.kind === 'article' ? formatObstacle(parsed) : undefined;
			return obstacle && `${nameOf(document.uri)} was left as it is: it ${obstacle.reason}.`;
		},
		async codeLenses(document, options, token) {
			const found = await findPlaces(document, token);
			return codeLenses(document, parse(document), options, found);
		},
		async resolveCodeLens(document, lens, token) {
			const found = await findPlaces(document, token);
			return resolveCodeLens(document, parse(document), lens, found);
		},
	};
}
