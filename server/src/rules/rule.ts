import type { ArticleNotes } from '../annotations/articleNotes.ts';
import type { EntryFile } from '../archive/entryFiles.ts';
import type { MovedTo } from '../archive/movedTo.ts';
import type { Article } from '../article/article.ts';
import type { TextEdit } from '../article/edits.ts';
import type { Entry, List } from '../article/list.ts';
import type { Span } from '../article/span.ts';
import type { LocalFiles } from '../links/localFiles.ts';
import type { VerdictLookup } from '../links/network/requests.ts';
import type { Resolver } from '../links/resolve.ts';

/** The severity of a problem. Each rule has a default. */
export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** A set of edits that fixes a problem. */
export interface Fix {
	/** A description in the imperative. */
	readonly title: string;
	/** The edits, which do not overlap. */
	readonly edits: readonly TextEdit[];
	/** Whether the fix is safe enough for Fix All. */
	readonly preferred: boolean;
	/** What it has in common with fixes of the same kind; by default, its title without what differs. */
	readonly kind?: string;
	/** A file to move, for clients that can; there are no edits then. */
	readonly move?: { readonly oldUri: string; readonly newUri: string };
}

/** A place that is related to a finding. */
export interface Related {
	readonly message: string;
	readonly span: Span;
	/** The URI of another file; `span` is then at its start. */
	readonly uri?: string;
}

/** A result of a rule. */
export interface Finding {
	/** The faulty text; an empty span at the place where something is missing. */
	readonly span: Span;
	/** What is wrong, with the faulty value. A single sentence has no full stop. */
	readonly message: string;
	/** What to do if there is no fix, unless the usual advice of the rule applies (`advice.ts`). Without a full stop. */
	readonly advice?: string;
	/** Computes the fixes on demand. */
	readonly fixes?: () => readonly Fix[];
	readonly related?: readonly Related[];
	/** How an editor may render the problem (LSP `DiagnosticTag`). */
	readonly tag?: 'unnecessary' | 'deprecated';
	/** The id of the note that the finding is about. */
	readonly note?: string;
	/** The same finding in the article's sidecar. */
	readonly sidecar?: { readonly span: Span; readonly message: string };
}

/** The input of a rule for articles. */
export interface RuleContext {
	readonly article: Article;
	readonly resolve: Resolver;
	/** Returns the local file that a relative URL names; `undefined` if it names no file, or files were not looked up. */
	readonly localFile: LocalFiles;
	/** Returns the verdict of the last network check; absent if there are no such checks. */
	readonly verdictOf?: VerdictLookup | undefined;
	/** The notes in the text and in the sidecar file. */
	readonly notes: ArticleNotes;
	/** Other articles in the archive with the same source. */
	readonly copies: readonly Copy[];
	/** Other articles in the archive with the same text from another page; absent if the archive is not indexed. */
	readonly sameText?: readonly Copy[];
	/** Finds what a file that does not exist is called now; absent if files were not looked up. */
	readonly movedTo?: MovedTo | undefined;
	/** Sidecar files of articles that do not exist, which may be those of this article. */
	readonly strays?: readonly StraySidecar[];
	/** The current time, in milliseconds since the Unix epoch. */
	readonly now: number;
}

/** Another article that may be a copy. */
export interface Copy {
	readonly uri: string;
	/** The path from the root of the archive. */
	readonly path: string;
}

/** A sidecar file whose article does not exist. */
export interface StraySidecar {
	readonly uri: string;
	/** The path from the root of the archive. */
	readonly path: string;
	/** The number of notes in it. */
	readonly notes: number;
	/** Whether it can only be that of this article. */
	readonly certain: boolean;
	/** The URI of the sidecar file that the article would have; `undefined` if it has one. */
	readonly free: string | undefined;
}

/** The input of a rule for lists. */
export interface ListContext {
	readonly list: List;
	/** Returns the file that an entry links to; `undefined` if it links to no file, or files were not looked up. */
	readonly fileOf: (entry: Entry) => EntryFile | undefined;
	/** Finds what a file that does not exist is called now; absent if files were not looked up. */
	readonly movedTo?: MovedTo | undefined;
}

/** A rule for articles or, with `ListContext`, for lists. It must run in linear time. */
export interface Rule<Context = RuleContext> {
	/** `family/name`. The rule is documented in `docs/rules/family-name.md`. */
	readonly id: `${string}/${string}`;
	readonly severity: Severity;
	/** Reports all findings, in any order. */
	readonly check: (context: Context, report: (finding: Finding) => void) => void;
}

/** The input of a rule that sums up what all others have found in an article. */
export interface SummaryContext extends RuleContext {
	/** The number of problems that are not reported, since they are in the page around the article. */
	readonly unreported: number;
}

/** A rule that sums up what all others have found in an article. */
export type SummaryRule = Rule<SummaryContext>;

/** A rule for lists. */
export type ListRule = Rule<ListContext>;
