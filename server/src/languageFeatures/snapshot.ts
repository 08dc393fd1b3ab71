import { TextDocument } from 'vscode-languageserver-textdocument';
import { type ArchiveDocument, parseDocument, updateDocument } from '../article/article.ts';
import { createResolver, type Resolver } from '../links/resolve.ts';

/** Where lines start, and so which LSP position an offset is. */
export type Lines = Pick<TextDocument, 'positionAt' | 'offsetAt' | 'lineCount'>;

/** A document as it was at one moment, which never changes: all that a language feature sees of it. */
export interface Snapshot {
	readonly uri: string;
	/** As the client counts; it starts anew when a document is opened again, so that the text alone says what is what. */
	readonly version: number;
	readonly text: string;
	readonly lines: Lines;
	/** What is read in the text, once somebody wants to know. */
	readonly parsed: ArchiveDocument;
	/** Where addresses in the text lead. */
	readonly resolve: Resolver;
}

/** What was read of an earlier text, from which a later one is read faster. */
interface Base {
	readonly parsed: ArchiveDocument;
	readonly resolve: Resolver;
}

/** A snapshot that reads its text when it is first asked, and of that only what changed since the one before it was read. */
export class TextSnapshot implements Snapshot {
	readonly uri: string;
	readonly version: number;
	readonly text: string;
	readonly lines: Lines;
	#base: Base | undefined;
	#parsed: ArchiveDocument | undefined;
	#resolve: Resolver | undefined;

	/** @param before an earlier state of the same document; it is not kept */
	constructor(uri: string, version: number, text: string, before?: TextSnapshot) {
		this.uri = uri;
		this.version = version;
		this.text = text;
		this.lines = TextDocument.create(uri, '', version, text);
		this.#base = before?.read;
	}

	get parsed(): ArchiveDocument {
		if (this.#parsed) return this.#parsed;
		const base = this.#base;
		// Should parsing fail, what is known of another text is no help to anybody.
		this.#base = undefined;
		const parsed = base ? updateDocument(base.parsed, this.text) : parseDocument(this.text);
		// As long as the source is the same, so is what addresses mean.
		if (base && sourceOf(base.parsed) === sourceOf(parsed)) this.#resolve = base.resolve;
		this.#parsed = parsed;
		return parsed;
	}

	get resolve(): Resolver {
		const { parsed } = this;
		this.#resolve ??= createResolver(sourceOf(parsed));
		return this.#resolve;
	}

	/** What was read of this text or, as long as nobody asked, of one before it. */
	get read(): Base | undefined {
		return this.#parsed ? { parsed: this.#parsed, resolve: this.resolve } : this.#base;
	}
}

/** A text that lies at an address, as a snapshot of a document that is not open. */
export function snapshotOf(uri: string, text: string): Snapshot {
	return new TextSnapshot(uri, 0, text);
}

function sourceOf(parsed: ArchiveDocument): string | undefined {
	return parsed.kind === 'article' ? parsed.source?.value : undefined;
}
