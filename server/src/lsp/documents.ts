import { TextDocuments } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { OpenDocument, OpenDocuments } from '../services/documents.ts';

/** Opens and changes documents of the store as the client says. The caller must close them in the store when the client closes them. */
export function followDocuments(store: OpenDocuments): TextDocuments<OpenDocument> {
	return new TextDocuments<OpenDocument>({
		create: (uri, languageId, version, text) => store.open(uri, languageId, version, text),
		update(document, changes, version) {
			const { uri, snapshot, languageId } = document;
			// A copy, so that a failed change has no partial effect.
			const copy = TextDocument.create(uri, languageId, snapshot.version, snapshot.text);
			store.change(document, version, TextDocument.update(copy, changes, version).getText());
			return document;
		},
	});
}
