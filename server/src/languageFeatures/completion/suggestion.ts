import type { CompletionItemKind } from 'vscode-languageserver';
import type { Kinds } from '../../annotations/kinds.ts';
import type { Archive } from '../../archive/index.ts';
import type { Article } from '../../article/article.ts';
import type { Span } from '../../article/span.ts';
import type { FolderEntry } from '../../platform.ts';

/** What lies around the article that is written, asked for where it is needed. */
export interface CompletionSources {
	/** What is known of the other articles. */
	archive(): Promise<Archive | undefined>;
	/** The kinds of note that hold for it. */
	kinds(): Promise<Kinds>;
	/** What is in a folder; `undefined` where there is none. */
	readFolder(uri: string): Promise<readonly FolderEntry[] | undefined>;
}

/** What the sources of completions need to know. */
export interface CompletionContext {
	/** URI of the document. */
	readonly uri: string;
	readonly article: Article;
	readonly sources: CompletionSources;
	/** Where the cursor stands. */
	readonly offset: number;
	/** The present, in milliseconds since the Unix epoch. */
	readonly now: number;
}

/** What a completion is about, for the reference text that a client asks for when the item is shown. */
export interface MarkupReference {
	readonly tag: string;
	readonly attribute?: string;
	readonly value?: string;
}

/** Something to insert. */
export interface Suggestion {
	readonly label: string;
	readonly kind: CompletionItemKind;
	/** Shown beside the label. */
	readonly detail?: string;
	/** What to put in the place of `span`: a snippet. */
	readonly insert: string;
	readonly span: Span;
	/** What typed characters are compared with, if not with the label. */
	readonly filter?: string;
	/** Comes before others with a greater key; ties are broken by label. */
	readonly rank?: number;
	/** Whether the client should ask again at once, in the place that the snippet leaves open. */
	readonly retrigger?: boolean;
	readonly reference?: MarkupReference;
}

/** A text as a snippet that inserts just it. */
export function literal(text: string): string {
	return text.replace(/[\\$}]/g, '\\$&');
}

/** What a snippet inserts for a client that knows no snippets. */
export function withoutPlaceholders(snippet: string): string {
	return snippet.replace(
		/\\([\\$}])|\$\{\d+:([^}]*)\}|\$\d+/g,
		(_, character: string | undefined, preset: string | undefined) => character ?? preset ?? '',
	);
}
