import { type Snapshot, TextSnapshot } from '../languageFeatures/snapshot.ts';
import { normalUri } from '../util/uri.ts';

/** A document from when it is opened until it is closed. */
export interface OpenDocument {
	readonly uri: string;
	readonly languageId: string;
	/** The document as it is now: a change makes another one. */
	readonly snapshot: Snapshot;
	/** Aborted once it is closed. */
	readonly closed: AbortSignal;
}

/** A place in every open document for something that is kept of it. */
export interface Slot<T> {
	/** What is kept of a document; of one that was closed, nothing. */
	of(document: OpenDocument | undefined): T | undefined;
	/** Keeps something until the document is closed, or nothing if it was closed already. */
	keep(document: OpenDocument | undefined, value: T): void;
	/** Lets go of what is kept. */
	drop(document: OpenDocument | undefined): void;
}

/**
 * The documents that are open. All that anybody keeps of one is kept here, and let go of when it is closed: a document that is opened
 * again, under the same address and perhaps with the same version, is another one.
 */
export interface OpenDocuments {
	get(uri: string): OpenDocument | undefined;
	/** The document of a file, by its normal address. */
	ofFile(uri: string): OpenDocument | undefined;
	/** The document that a snapshot is of, closed or not; `undefined` for a text that never was open. */
	of(snapshot: Snapshot): OpenDocument | undefined;
	/** Whether a document is open with the very text of a snapshot. */
	isPresent(snapshot: Snapshot): boolean;
	/** Whether a document is open with another text than a snapshot has, on which no edits can be made then. */
	isOutdated(snapshot: Snapshot): boolean;
	all(): readonly OpenDocument[];
	open(uri: string, languageId: string, version: number, text: string): OpenDocument;
	/** Gives a document another text. */
	change(document: OpenDocument, version: number, text: string): void;
	close(document: OpenDocument): void;
	/** Makes a place for something to be kept of each document. */
	slot<T>(): Slot<T>;
	/** How many things are kept of all documents. */
	readonly kept: number;
}

/** A document with all that is kept of it. */
class LiveDocument implements OpenDocument {
	readonly uri: string;
	readonly languageId: string;
	readonly file: string;
	readonly #controller = new AbortController();
	readonly kept = new Map<Slot<unknown>, unknown>();
	snapshot: LiveSnapshot;

	constructor(uri: string, languageId: string, version: number, text: string) {
		this.uri = uri;
		this.languageId = languageId;
		this.file = normalUri(uri);
		this.snapshot = new LiveSnapshot(this, version, text);
	}

	get closed(): AbortSignal {
		return this.#controller.signal;
	}

	close(): void {
		this.kept.clear();
		this.#controller.abort();
	}
}

/** A snapshot that knows whose it is. */
class LiveSnapshot extends TextSnapshot {
	readonly document: LiveDocument;

	constructor(document: LiveDocument, version: number, text: string, before?: TextSnapshot) {
		super(document.uri, version, text, before);
		this.document = document;
	}
}

/** Makes a store in which nothing is open. */
export function createOpenDocuments(): OpenDocuments {
	const documents = new Map<string, LiveDocument>();
	const live = (document: OpenDocument | undefined): LiveDocument | undefined => {
		const known = document && documents.get(document.uri);
		return known === document ? known : undefined;
	};
	const close = (document: OpenDocument): void => {
		const known = live(document);
		if (!known) return;
		documents.delete(known.uri);
		known.close();
	};
	const isPresent = ({ uri, text }: Snapshot): boolean => documents.get(uri)?.snapshot.text === text;
	return {
		get: uri => documents.get(uri),
		ofFile: uri => [...documents.values()].findLast(({ file }) => file === uri),
		of: snapshot => (snapshot instanceof LiveSnapshot ? snapshot.document : undefined),
		isPresent,
		isOutdated: snapshot => documents.has(snapshot.uri) && !isPresent(snapshot),
		all: () => [...documents.values()],
		open(uri, languageId, version, text) {
			const before = documents.get(uri);
			// A client may forget to say that it closed one.
			if (before) close(before);
			const document = new LiveDocument(uri, languageId, version, text);
			documents.set(uri, document);
			return document;
		},
		change(document, version, text) {
			const known = live(document);
			if (known) known.snapshot = new LiveSnapshot(known, version, text, known.snapshot);
		},
		close,
		slot<T>(): Slot<T> {
			const slot: Slot<T> = {
				of: document => live(document)?.kept.get(slot) as T | undefined,
				keep(document, value) {
					live(document)?.kept.set(slot, value);
				},
				drop(document) {
					live(document)?.kept.delete(slot);
				},
			};
			return slot;
		},
		get kept() {
			return [...documents.values()].reduce((sum, { kept }) => sum + kept.size, 0);
		},
	};
}

/** The version of a snapshot for edits that are made on it: that of the document that is open with the same text; `null` for a file. */
export function versionIn(documents: Pick<OpenDocuments, 'get'>): (snapshot: Snapshot) => number | null {
	return ({ uri, text, version }) => {
		const present = documents.get(uri)?.snapshot;
		if (!present) return null;
		return present.text === text ? present.version : version;
	};
}
