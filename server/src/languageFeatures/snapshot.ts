import {
	type ArchiveDocument,
	type ArticleOptions,
	DEFAULT_OPTIONS,
	parseDocument,
	updateDocument,
} from '../article/article.ts';
import { createResolver, type Resolver } from '../links/resolve.ts';
import { type Lines, textLinesOf } from './textLines.ts';

/** An immutable snapshot of a document, the only view of it that language features have. */
export interface Snapshot {
	readonly uri: string;
	/** The client's version. It restarts when a document is reopened, so it does not identify the text. */
	readonly version: number;
	readonly text: string;
	readonly lines: Lines;
	/** How the text is read if it is an article. */
	readonly options: ArticleOptions;
	/** The parsed text; parsed on first access. */
	readonly parsed: ArchiveDocument;
	/** Resolves the URLs in the text. */
	readonly resolve: Resolver;
	/** The same text, read with other options. What was parsed is not parsed again. */
	with(options: ArticleOptions): Snapshot;
}

/** The parse result of an earlier text, for incremental parsing. */
interface Base {
	readonly parsed: ArchiveDocument;
	readonly resolve: Resolver;
}

/** A snapshot that parses its text on first access, incrementally from an earlier snapshot if possible. */
export class TextSnapshot implements Snapshot {
	readonly uri: string;
	readonly version: number;
	readonly text: string;
	readonly lines: Lines;
	readonly options: ArticleOptions;
	#base: Base | undefined;
	#parsed: ArchiveDocument | undefined;
	#resolve: Resolver | undefined;

	/**
	 * @param before an earlier snapshot of the same document; not retained
	 * @param options how an article is read; by default, as before
	 */
	constructor(
		uri: string,
		version: number,
		text: string,
		before?: TextSnapshot,
		options = before?.options ?? DEFAULT_OPTIONS,
	) {
		this.uri = uri;
		this.version = version;
		this.text = text;
		this.lines = textLinesOf(text);
		this.options = options;
		this.#base = before?.read;
	}

	get parsed(): ArchiveDocument {
		if (this.#parsed) return this.#parsed;
		const base = this.#base;
		// Drop the base first: it is useless even if parsing throws.
		this.#base = undefined;
		const { text, options } = this;
		const parsed = base ? updateDocument(base.parsed, text, options) : parseDocument(text, options);
		// The resolver depends on the source only.
		if (base && sourceOf(base.parsed) === sourceOf(parsed)) this.#resolve = base.resolve;
		this.#parsed = parsed;
		return parsed;
	}

	get resolve(): Resolver {
		const { parsed } = this;
		this.#resolve ??= createResolver(sourceOf(parsed));
		return this.#resolve;
	}

	with(options: ArticleOptions): TextSnapshot {
		return options === this.options ? this : new TextSnapshot(this.uri, this.version, this.text, this, options);
	}

	/** The parse result of this text, or of an earlier one if this text was not parsed yet. */
	get read(): Base | undefined {
		return this.#parsed ? { parsed: this.#parsed, resolve: this.resolve } : this.#base;
	}
}

/** Creates the snapshot of a document that is not open. */
export function snapshotOf(uri: string, text: string): Snapshot {
	return new TextSnapshot(uri, 0, text);
}

function sourceOf(parsed: ArchiveDocument): string | undefined {
	return parsed.kind === 'article' ? parsed.source?.value : undefined;
}
