import { TextDocuments } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';

/**
 * The documents that a client has open. Every change makes a document of its own, so that what a request began with stays as it
 * is to its end, and a change that fails leaves nothing half done.
 */
export function createDocuments(): TextDocuments<TextDocument> {
	return new TextDocuments<TextDocument>({
		create: TextDocument.create,
		update(document, changes, version) {
			const copy = TextDocument.create(document.uri, document.languageId, document.version, document.getText());
			return TextDocument.update(copy, changes, version);
		},
	});
}
