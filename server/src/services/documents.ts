import type { ArticleOptions } from '../article/article.ts';
import { type Snapshot, TextSnapshot } from '../languageFeatures/snapshot.ts';
import { normalUri } from '../util/uri.ts';

/** A document from opening to closing. */
export interface OpenDocument {
	readonly uri: string;
	readonly languageId: string;
	/** The current snapshot; each change creates a new one. */
	readonly snapshot: Snapshot;
	/** Aborted when the document is closed. */
	readonly closed: AbortSignal;
}

/** A piece of data kept for every open document. */
export interface Slot<T> {
	/** The data of a document; `undefined` if there is none, or the document is closed. */
	of(document: OpenDocument | undefined): T | undefined;
	/** Sets the data of a document until it is closed; ignored if it is already closed. */
	keep(document: OpenDocument | undefined, value: T): void;
	/** Removes the data of a document. */
	drop(document: OpenDocument | undefined): void;
}

/**
 * The open documents. All data that depends on one is stored here, and dropped when it is closed. A document that is opened
 * again is a new one, even with the same URI and version.
 */
export interface OpenDocuments {
	get(uri: string): OpenDocument | undefined;
	/** The document of a file, by its normalised URI. */
	ofFile(uri: string): OpenDocument | undefined;
	/** The document of a snapshot, even if it is closed; `undefined` for a text that was never open. */
	of(snapshot: Snapshot): OpenDocument | undefined;
	/** Whether a document is open with the same text as a snapshot. */
	isPresent(snapshot: Snapshot): boolean;
	/** Whether a document is open with a text that differs from a snapshot, so that edits for the snapshot cannot be applied. */
	isOutdated(snapshot: Snapshot): boolean;
	all(): readonly OpenDocument[];
	open(uri: string, languageId: string, version: number, text: string): OpenDocument;
	/** Sets the text of a document. */
	change(document: OpenDocument, version: number, text: string): void;
	/**
	 * Returns a snapshot that is read with some options. The open document of the snapshot keeps them for its later versions.
	 */
	configure(snapshot: Snapshot, options: ArticleOptions): Snapshot;
	close(document: OpenDocument): void;
	/** Creates a slot for each document. */
	slot<T>(): Slot<T>;
	/** The number of values kept in all slots. */
	readonly kept: number;
}

/** A document with all its data. */
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

/** A snapshot with a reference to its document. */
class LiveSnapshot extends TextSnapshot {
	readonly document: LiveDocument;

	constructor(document: LiveDocument, version: number, text: string, before?: TextSnapshot, options?: ArticleOptions) {
		super(document.uri, version, text, before, options);
		this.document = document;
	}

	override with(options: ArticleOptions): LiveSnapshot {
		if (options === this.options) return this;
		return new LiveSnapshot(this.document, this.version, this.text, this, options);
	}
}

/** Creates a store without documents. */
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
			// A client may open a document again without closing it.
			if (before) close(before);
			const document = new LiveDocument(uri, languageId, version, text);
			documents.set(uri, document);
			return document;
		},
		change(document, version, text) {
			const known = live(document);
			if (known) known.snapshot = new LiveSnapshot(known, version, text, known.snapshot);
		},
		configure(snapshot, options) {
			const known = snapshot instanceof LiveSnapshot ? live(snapshot.document) : undefined;
			if (known) known.snapshot = known.snapshot.with(options);
			return known?.snapshot.text === snapshot.text ? known.snapshot : snapshot.with(options);
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

/** The document version for edits of a snapshot: that of the open document with the same text, or `null` for a file. */
export function versionIn(documents: Pick<OpenDocuments, 'get'>): (snapshot: Snapshot) => number | null {
	return ({ uri, text, version }) => {
		const present = documents.get(uri)?.snapshot;
		if (!present) return null;
		return present.text === text ? present.version : version;
	};
}
