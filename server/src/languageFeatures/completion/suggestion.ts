import type { CompletionItemKind } from 'vscode-languageserver';
import type { Kinds } from '../../annotations/kinds.ts';
import type { Archive } from '../../archive/archive.ts';
import type { Article } from '../../article/article.ts';
import type { Span } from '../../article/span.ts';
import type { FolderEntry } from '../../platform.ts';

/** The context of the article, loaded on demand. */
export interface CompletionSources {
	/** URI of the file that the document is or, if it was never saved, will probably be. */
	readonly uri: string;
	/** Returns the index of the archive. */
	archive(): Promise<Archive | undefined>;
	/** Returns the kinds of note that apply to the article. */
	kinds(): Promise<Kinds>;
	/** Returns the entries of a folder; `undefined` if it does not exist. */
	readFolder(uri: string): Promise<readonly FolderEntry[] | undefined>;
}

/** The shared input of all completions. */
export interface CompletionContext {
	/** URI of the file that the document is or will be. */
	readonly uri: string;
	readonly article: Article;
	readonly sources: CompletionSources;
	/** Offset of the cursor. */
	readonly offset: number;
	/** Current time, in milliseconds since the Unix epoch. */
	readonly now: number;
}

/** The HTML markup that a completion inserts, to look up its reference when the item is resolved. */
export interface MarkupReference {
	readonly tag: string;
	readonly attribute?: string;
	readonly value?: string;
}

/** A completion. */
export interface Suggestion {
	readonly label: string;
	readonly kind: CompletionItemKind;
	/** Shown next to the label. */
	readonly detail?: string;
	/** Tells suggestions with the same label apart, where the client shows it in the list. */
	readonly description?: string;
	/** The snippet that replaces `span`. */
	readonly insert: string;
	readonly span: Span;
	/** The text that the client filters by; defaults to the label. */
	readonly filter?: string;
	/** Sort key, lowest first, then by label. */
	readonly rank?: number;
	/** Whether the client should trigger completion again after inserting. */
	readonly retrigger?: boolean;
	readonly reference?: MarkupReference;
}

/** Escapes a text for use in a snippet. */
export function literal(text: string): string {
	return text.replace(/[\\$}]/g, '\\$&');
}

/** Converts a snippet to plain text for clients without snippet support. */
export function withoutPlaceholders(snippet: string): string {
	return snippet.replace(
		/\\([\\$}])|\$\{\d+:((?:\\.|[^}\\])*)\}|\$\d+/gs,
		(_, character: string | undefined, preset: string | undefined) =>
			character ?? preset?.replace(/\\([\\$}])/g, '$1') ?? '',
	);
}
