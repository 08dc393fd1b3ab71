import type { ArticleNotes } from '../annotations/articleNotes.ts';
import type { EntryFile } from '../archive/entryFiles.ts';
import type { Article } from '../article/article.ts';
import type { TextEdit } from '../article/edits.ts';
import type { Entry, List } from '../article/list.ts';
import type { Span } from '../article/span.ts';
import type { LocalFiles } from '../links/localFiles.ts';
import type { VerdictLookup } from '../links/network/requests.ts';
import type { Resolver } from '../links/resolve.ts';

/** How much a finding matters; each rule has a default. */
export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** A way to put a finding right. */
export interface Fix {
	/** What it does, in the imperative. */
	readonly title: string;
	/** Edits that do not overlap. */
	readonly edits: readonly TextEdit[];
	/** Whether it is plainly right, so that "fix all" may apply it. */
	readonly preferred: boolean;
}

/** A place that belongs to a finding. */
export interface Related {
	readonly message: string;
	readonly span: Span;
	/** Another file, at whose start the place is. */
	readonly uri?: string;
}

/** Something that a rule found. */
export interface Finding {
	/** The characters that are wrong; empty for something missing at a place. */
	readonly span: Span;
	/** One sentence without a full stop: what is wrong, with the value that is. */
	readonly message: string;
	/** Worked out when somebody asks for fixes. */
	readonly fixes?: () => readonly Fix[];
	/** Other places that belong to it. */
	readonly related?: readonly Related[];
	/** How an editor may draw it. */
	readonly tag?: 'unnecessary' | 'deprecated';
	/** The identity of the note that it is about. */
	readonly note?: string;
	/** The same finding in the article's sidecar. */
	readonly sidecar?: { readonly span: Span; readonly message: string };
}

/** All that a rule may look at. */
export interface RuleContext {
	readonly article: Article;
	readonly resolve: Resolver;
	/** The file that a relative address names beside the article; `undefined` where it names none, or nobody looked. */
	readonly localFile: LocalFiles;
	/** What the last check over the network found; absent where no such checks are made. */
	readonly verdictOf?: VerdictLookup | undefined;
	/** The notes in the text and beside it. */
	readonly notes: ArticleNotes;
	/** Other articles of the archive that were taken from the same page, with their paths from its root. */
	readonly copies: readonly { readonly uri: string; readonly path: string }[];
	/** The present, in milliseconds since the Unix epoch. */
	readonly now: number;
}

/** All that a rule for lists may look at. */
export interface ListContext {
	readonly list: List;
	/** The file of the archive that an entry leads to; `undefined` where it leads to none, or nobody looked. */
	readonly fileOf: (entry: Entry) => EntryFile | undefined;
}

/** One check of an article or, with `ListContext`, of a list. Its cost is linear in the text. */
export interface Rule<Context = RuleContext> {
	/** `family/name`; its page is `docs/rules/family-name.md`. */
	readonly id: `${string}/${string}`;
	readonly severity: Severity;
	/** Reports all that it finds, in any order. */
	readonly check: (context: Context, report: (finding: Finding) => void) => void;
}

/** One check of a list. */
export type ListRule = Rule<ListContext>;
