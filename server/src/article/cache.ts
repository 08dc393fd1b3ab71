import { type ArchiveDocument, parseDocument, updateDocument } from './article.ts';

/** A text with an identity and a version, as an editor holds it. */
export interface VersionedText {
	readonly uri: string;
	readonly version: number;
	getText(): string;
}

/** Keeps the parsed form of open texts. */
export interface DocumentCache {
	/** The parsed form of this version; of a later version, only what changed is parsed. */
	get(document: VersionedText): ArchiveDocument;
	/** Lets go of a text that was closed. */
	delete(uri: string): void;
}

/** Makes an empty cache; the one place where parsed texts are kept. */
export function createDocumentCache(): DocumentCache {
	const entries = new Map<string, { readonly version: number; readonly document: ArchiveDocument }>();
	return {
		get(source) {
			const entry = entries.get(source.uri);
			if (entry?.version === source.version) return entry.document;
			// Should parsing fail, what was known of an earlier version is no help to anybody.
			entries.delete(source.uri);
			const text = source.getText();
			const document = entry ? updateDocument(entry.document, text) : parseDocument(text);
			entries.set(source.uri, { version: source.version, document });
			return document;
		},
		delete(uri) {
			entries.delete(uri);
		},
	};
}
