import type { Location, Range, TextDocumentIdentifier } from 'vscode-languageserver';
import type { NoParams, NotificationType, RequestType } from './method.ts';

/** All notes of an article, open or not; `null` if there is no article with that URI. */
export const AnnotationsRequest: RequestType<{ readonly textDocument: TextDocumentIdentifier }, DocumentNotes | null> =
	{ method: 'marginalia/annotations', messageDirection: 'clientToServer' };

/** The URIs of all articles in the workspace folders that have notes, inline or in a sidecar. */
export const AnnotatedArticlesRequest: RequestType<NoParams, readonly string[]> = {
	method: 'marginalia/annotatedArticles',
	messageDirection: 'clientToServer',
};

/** The result of `AnnotationsRequest` may have changed. Sent for articles that the client has requested. */
export const AnnotationsChangedNotification: NotificationType<TextDocumentIdentifier> = {
	method: 'marginalia/annotationsChanged',
	messageDirection: 'serverToClient',
};

/** Where a note is kept: in the text of the article, or in its sidecar file. */
export type Carrier = 'inline' | 'sidecar';

/**
 * How certain the place of a note is. A note in the text is always `exact`.
 * - `exact`: the quoted words are at their original place.
 * - `moved`: the quoted words are at another place, and no other place fits as well.
 * - `ambiguous`: the quoted words occur at several places that fit equally well.
 * - `changed`: the words at the place are similar, but not the same; the user has to confirm them.
 * - `orphan`: the quoted words are gone.
 */
export type AnchorState = 'exact' | 'moved' | 'ambiguous' | 'changed' | 'orphan';

/** The quoted words and some of the text around them, decoded (W3C Web Annotation model, "Text Quote Selector"). */
export interface Quote {
	readonly exact: string;
	readonly prefix: string;
	readonly suffix: string;
}

/** Motivations of the W3C Web Annotation Data Model, section 3.3.5. */
export const MOTIVATIONS = [
	'assessing',
	'bookmarking',
	'classifying',
	'commenting',
	'describing',
	'editing',
	'highlighting',
	'identifying',
	'linking',
	'moderating',
	'questioning',
	'replying',
	'tagging',
] as const;
export type Motivation = (typeof MOTIVATIONS)[number];

/** The content of a note or reply. */
export interface Remark {
	/** An IRI; usually `urn:uuid:…` in a sidecar. */
	readonly id: string;
	/** The word before the colon: `note`, `question`, …, a custom kind of the archive, or `highlight` for a mark without a note. */
	readonly kind: string;
	readonly motivation: Motivation;
	/** Markdown; empty for a highlight. */
	readonly text: string;
	/** Without `#`, and without the `resolved` tag. */
	readonly tags: readonly string[];
	/** Name of the author; `undefined` if unknown. */
	readonly creator: string | undefined;
	/** ISO 8601: a day, or a time in UTC. */
	readonly created: string | undefined;
	readonly modified: string | undefined;
}

/** A reply to a note. */
export interface Reply extends Remark {
	/** The id of the note, or of another reply to it. */
	readonly replyTo: string;
}

/** The rendered form of a note or reply. */
export interface Shown {
	/** Sanitised Markdown that causes no requests; for a note, including the state of its anchor. */
	readonly markdown: string;
}

/** A reply as sent to the client. */
export interface ReplyView extends Reply, Shown {}

/** The anchor of a note in the current text of its article. */
export interface AnchorView {
	readonly state: AnchorState;
	/** Why it is in this state: one sentence without a full stop. */
	readonly reason: string;
	/** The place; empty if there is no single place, which is the case for `ambiguous` and `orphan`. */
	readonly ranges: readonly Range[];
	/** For `changed`: the current words. */
	readonly text?: string;
	/** For `ambiguous`: the possible places, the likeliest first. */
	readonly candidates?: readonly (readonly Range[])[];
	/** For `changed`: the word-by-word difference between the quote and the current words. */
	readonly difference?: readonly DifferencePart[];
	/** From 0 to 1: the similarity of the place and the quote, and its lead over the second-best place; absent if nothing was compared. */
	readonly score?: number;
	readonly margin?: number;
}

/** A piece of the difference between two texts. */
export interface DifferencePart {
	readonly kind: 'same' | 'removed' | 'added';
	readonly text: string;
}

/** A note as sent to the client, whatever its carrier. */
export interface NoteView extends Remark, Shown {
	readonly carrier: Carrier;
	readonly resolved: boolean;
	/** Set for an `ins` or `del` in the text. */
	readonly suggestion: 'insertion' | 'deletion' | undefined;
	/** In the order of writing. */
	readonly replies: readonly ReplyView[];
	/** The annotated words; `undefined` for a note on the whole article. */
	readonly quote: Quote | undefined;
	readonly anchor: AnchorView;
	/** The source of the note: the mark and its comments in the article, or its line in the sidecar. */
	readonly location: Location;
}

/** The notes of an article. */
export interface DocumentNotes {
	readonly uri: string;
	/** The sidecar file, if there is one. */
	readonly sidecar?: string;
	/** In document order; notes without a place come last. */
	readonly notes: readonly NoteView[];
	/** The available kinds of note, the default first. */
	readonly kinds: readonly string[];
	/** The title, where notes on the whole article and notes without a place are shown. */
	readonly title: Range;
	/** The part of the document that can be annotated. */
	readonly body: Range;
	/** Why the sidecar cannot be read. */
	readonly fault?: { readonly message: string; readonly location: Location };
}

/** The arguments of the commands for notes, without the URI of the article. */
export interface NoteArguments {
	/** Without a range, the note is on the whole article; without a carrier, the user's setting applies. */
	readonly add: {
		readonly range?: Range;
		readonly kind?: string;
		readonly text: string;
		readonly tags?: readonly string[];
		readonly carrier?: Carrier;
	};
	readonly highlight: { readonly range: Range; readonly carrier?: Carrier };
	/** Changes a note or reply. */
	readonly edit: OneNote & { readonly kind?: string; readonly text?: string; readonly tags?: readonly string[] };
	/** Replies to a note or reply. */
	readonly reply: OneNote & { readonly text: string; readonly kind?: string };
	/** Deletes a note or reply. */
	readonly delete: OneNote;
	readonly resolve: OneNote;
	readonly unresolve: OneNote;
	readonly reanchor: OneNote & { readonly range: Range };
	/** Applies to a note in the state `changed`. */
	readonly acceptChange: OneNote;
	/** Applies to an insertion or deletion in the text. */
	readonly acceptSuggestion: OneNote;
	readonly rejectSuggestion: OneNote;
	/** Without a carrier, converts to the other one. */
	readonly convert: OneNote & { readonly carrier?: Carrier };
}

/** Identifies a note or reply of an article. */
interface OneNote {
	readonly id: string;
}

/** The arguments of each command for notes (`ANNOTATION_COMMANDS`). */
export type AnnotationArguments = {
	readonly [N in keyof NoteArguments]: { readonly uri: string } & NoteArguments[N];
} & {
	/** The text of a file with notes, and its format unless it is to be detected. With `dryRun`, nothing is written. */
	readonly import: { readonly text: string; readonly format?: ImportFormat; readonly dryRun?: boolean };
	/** The URIs of articles; defaults to all articles with notes. */
	readonly export: { readonly format: ExportFormat; readonly uris?: readonly string[] };
	readonly undo: NoParams;
	readonly redo: NoParams;
};

/** Why a command was refused. */
export type RefusalCode =
	/** The arguments are invalid. */
	| 'arguments'
	/** The article, the note, or a place to annotate does not exist. */
	| 'not-found'
	/** The command does not apply to this note or place. */
	| 'not-possible'
	/** The sidecar is not a valid annotation collection, or contains merge conflict markers. */
	| 'broken-sidecar'
	/** The same thing was changed in the meantime. */
	| 'conflict'
	/** A file cannot be written, or the editor refused the edit. */
	| 'not-written';

/** The result of a command. */
export type CommandOutcome =
	| {
			readonly kind: 'done';
			/** The note or reply that was added or changed; the id of a note in the text may differ from before. */
			readonly id?: string;
			/** Whether `marginalia.annotations.undo` can undo it; otherwise the editor's own Undo does. */
			readonly undoable: boolean;
			/** The result of an import. */
			readonly imported?: ImportSummary;
			/** The result of an export. */
			readonly exported?: Exported;
	  }
	| Refused;

/** A command that was refused, and changed nothing. */
export interface Refused {
	readonly kind: 'refused';
	readonly code: RefusalCode;
	/** For people: what, where, and what to do. */
	readonly message: string;
	/** The location of the problem in a file. */
	readonly location?: Location;
}

/** Export formats, with the file extension of each. */
export const EXPORT_FORMATS = { jsonld: '.jsonld', hypothesis: '.json', markdown: '.md', html: '.html' } as const;
export type ExportFormat = keyof typeof EXPORT_FORMATS;

/** Exported notes. */
export interface Exported {
	readonly text: string;
	readonly articles: number;
	readonly notes: number;
	/** Articles with notes that cannot be read, and why. */
	readonly faults: readonly { readonly uri: string; readonly message: string }[];
}

/** Import formats. */
export const IMPORT_FORMATS = ['jsonld', 'hypothesis'] as const;
export type ImportFormat = (typeof IMPORT_FORMATS)[number];

/** The result, or with `dryRun` the expected result, of an import. */
export interface ImportSummary {
	/** The annotated articles, with the number of notes for each outcome. */
	readonly articles: readonly {
		readonly uri: string;
		readonly added: number;
		readonly same: number;
		/** Ids of existing notes that differ from the imported ones; they are left unchanged. */
		readonly kept: readonly string[];
		/** Why nothing was written. */
		readonly refused?: string;
	}[];
	/** Pages that no article was taken from; an empty `source` for notes without a page. */
	readonly missing: readonly { readonly source: string; readonly count: number }[];
	/** Parts of the file that cannot be imported. */
	readonly faults: readonly string[];
}
