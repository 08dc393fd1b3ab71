import { TextDocuments } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { OpenDocument, OpenDocuments } from '../services/documents.ts';

/** The documents of a store, opened and changed as a client says. Whoever follows them closes a document in the store when it is closed. */
export function followDocuments(store: OpenDocuments): TextDocuments<OpenDocument> {
	return new TextDocuments<OpenDocument>({
		create: (uri, languageId, version, text) => store.open(uri, languageId, version, text),
		update(document, changes, version) {
			const { uri, snapshot, languageId } = document;
			// A copy, so that a change that fails leaves nothing half done.
			const copy = TextDocument.create(uri, languageId, snapshot.version, snapshot.text);
			store.change(document, version, TextDocument.update(copy, changes, version).getText());
			return document;
		},
	});
}
