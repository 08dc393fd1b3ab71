import { TextDocument } from 'vscode-languageserver-textdocument';
import { type Snapshot, TextSnapshot } from '../../server/src/languageFeatures/snapshot.ts';
import type { Service } from '../../server/src/service.ts';

/** A snapshot that can be asked what a document of an editor can be. */
export type TestDocument = Snapshot & TextDocument;

/** A document that is not open. */
export function documentOf(uri: string, text: string, version = 1): TestDocument {
	return asDocument(new TextSnapshot(uri, version, text));
}

/** A document that is opened in a service or, if it is, given another text; it counts in its archive. */
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
		parsed: { get: () => snapshot.parsed },
		resolve: { get: () => snapshot.resolve },
	}) as TestDocument;
}
