import { TextDocument } from 'vscode-languageserver-textdocument';
import type { ArticleOptions } from '../../server/src/article/article.ts';
import { type Snapshot, TextSnapshot } from '../../server/src/languageFeatures/snapshot.ts';
import type { Service } from '../../server/src/service.ts';

/** A snapshot that also has the interface of `TextDocument`. */
export type TestDocument = Snapshot & TextDocument;

/** Creates a document that is not open. */
export function documentOf(uri: string, text: string, version = 1): TestDocument {
	return asDocument(new TextSnapshot(uri, version, text));
}

/** Opens a document in a service, or changes its text if it is already open. The document is part of its archive. */
export function openIn(service: Service, uri: string, text: string, version = 1): TestDocument {
	const { documents, navigation } = service;
	const known = documents.get(uri);
	if (known) documents.change(known, version, text);
	const { snapshot } = known ?? documents.open(uri, 'article', version, text);
	navigation.opened(uri);
	return asDocument(snapshot);
}

function asDocument(snapshot: Snapshot): TestDocument {
	const { uri, version, text, lines } = snapshot;
	const document = TextDocument.create(uri, 'article', version, text);
	return Object.defineProperties(document, {
		text: { value: text },
		lines: { value: lines },
		options: { value: snapshot.options },
		with: { value: (options: ArticleOptions) => asDocument(snapshot.with(options)) },
		parsed: { get: () => snapshot.parsed },
		resolve: { get: () => snapshot.resolve },
	}) as TestDocument;
}
