import { type ArchiveDocument, parseDocument, updateDocument } from './article.ts';

/** A text with an identity, as an editor holds it. */
export interface OpenText {
	readonly uri: string;
	getText(): string;
}

/** Keeps the parsed form of open texts. */
export interface DocumentCache {
	/** The parsed form of a text; where another one was known by its address, only what changed is parsed. */
	get(document: OpenText): ArchiveDocument;
	/** Lets go of a text that was closed. */
	delete(uri: string): void;
}

/**
 * Makes an empty cache; the one place where parsed texts are kept. The text alone says whether what is kept is right: a version may
 * be repeated by a client's mistake, and starts anew when a document is opened again.
 */
export function createDocumentCache(): DocumentCache {
	const entries = new Map<string, { readonly text: string; readonly document: ArchiveDocument }>();
	return {
		get(source) {
			const entry = entries.get(source.uri);
			const text = source.getText();
			// Mostly it is the same string, and nothing has to be compared.
			if (entry?.text === text) return entry.document;
			// Should parsing fail, what was known of another text is no help to anybody.
			entries.delete(source.uri);
			const document = entry ? updateDocument(entry.document, text) : parseDocument(text);
			entries.set(source.uri, { text, document });
			return document;
		},
		delete(uri) {
			entries.delete(uri);
		},
	};
}
