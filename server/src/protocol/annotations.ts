import type { Location, Range, TextDocumentIdentifier } from 'vscode-languageserver';
import type { NoParams, NotificationType, RequestType } from './method.ts';

/** All notes of an article, open or not; `null` where there is none at the address. */
export const AnnotationsRequest: RequestType<{ readonly textDocument: TextDocumentIdentifier }, DocumentNotes | null> =
	{ method: 'marginalia/annotations', messageDirection: 'clientToServer' };

/** The addresses of all articles in the open folders that have notes, in their text or beside it. */
export const AnnotatedArticlesRequest: RequestType<NoParams, readonly string[]> = {
	method: 'marginalia/annotatedArticles',
	messageDirection: 'clientToServer',
};

/** The answer to `AnnotationsRequest` may be another now. Sent for articles that were asked for. */
export const AnnotationsChangedNotification: NotificationType<TextDocumentIdentifier> = {
	method: 'marginalia/annotationsChanged',
	messageDirection: 'serverToClient',
};

/** Where a note is kept: in the text of the article, or in the file beside it. */
export type Carrier = 'inline' | 'sidecar';

/**
 * How surely it is known where a note belongs. A note in the text is always `exact`.
 * - `exact`: its words stand where they stood;
 * - `moved`: its words stand, once that can be meant, in another place;
 * - `ambiguous`: they stand in several places, and nothing tells which is meant;
 * - `changed`: other words stand there, alike enough; a person has to say whether they are meant;
 * - `orphan`: they are gone.
 */
export type AnchorState = 'exact' | 'moved' | 'ambiguous' | 'changed' | 'orphan';

/** The words that a note is about, and some of those around them, decoded (W3C model, "Text Quote Selector"). */
export interface Quote {
	readonly exact: string;
	readonly prefix: string;
	readonly suffix: string;
}

/** Why an annotation is made: the motivations of the W3C Web Annotation Data Model, section 3.3.5. */
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

/** What a person said. */
export interface Remark {
	/** An IRI; of one in a sidecar `urn:uuid:…`, as a rule. */
	readonly id: string;
	/** The word before the colon: `note`, `question`, …, one of the archive's own, or `highlight` for a mark without a note. */
	readonly kind: string;
	readonly motivation: Motivation;
	/** Markdown; empty for a mere highlight. */
	readonly text: string;
	/** Without `#`, and without the one that says `resolved`. */
	readonly tags: readonly string[];
	/** Name of who wrote it; `undefined` where nobody says. */
	readonly creator: string | undefined;
	/** ISO 8601: a day, or a time in UTC. */
	readonly created: string | undefined;
	readonly modified: string | undefined;
}

/** What somebody answered to a note. */
export interface Reply extends Remark {
	/** The id of the note, or of another reply to it. */
	readonly replyTo: string;
}

/** What is shown of something that was said. */
export interface Shown {
	/** Markdown in which nothing is requested and nothing that an article says is more than text; of a note, with what became of its place. */
	readonly markdown: string;
}

/** An answer as it is sent. */
export interface ReplyView extends Reply, Shown {}

/** Where a note belongs in the present text of its article. */
export interface AnchorView {
	readonly state: AnchorState;
	/** Why it is in that state: one sentence without a full stop. */
	readonly reason: string;
	/** The place; nothing where no place can be named, which is so for `ambiguous` and `orphan`. */
	readonly ranges: readonly Range[];
	/** For `changed`: the words that stand there now. */
	readonly text?: string;
	/** For `ambiguous`: the places that can be meant, the likeliest first. */
	readonly candidates?: readonly (readonly Range[])[];
	/** For `changed`: what became of the quote, word by word. */
	readonly difference?: readonly DifferencePart[];
	/** From 0 to 1: how much the place is like the quote, and how much more than the next best; absent where nothing was compared. */
	readonly score?: number;
	readonly margin?: number;
}

/** A piece of the difference between two texts. */
export interface DifferencePart {
	readonly kind: 'same' | 'removed' | 'added';
	readonly text: string;
}

/** A note as it is sent, whichever carrier it has. */
export interface NoteView extends Remark, Shown {
	readonly carrier: Carrier;
	readonly resolved: boolean;
	/** Set for an `ins` or `del` in the text. */
	readonly suggestion: 'insertion' | 'deletion' | undefined;
	/** In the order in which they were written. */
	readonly replies: readonly ReplyView[];
	/** The words that it is about; `undefined` for a note on the article as a whole. */
	readonly quote: Quote | undefined;
	readonly anchor: AnchorView;
	/** The note itself: the mark and its comments in the article, or its line in the sidecar. */
	readonly location: Location;
}

/** The notes of an article. */
export interface DocumentNotes {
	readonly uri: string;
	/** The sidecar, if there is one. */
	readonly sidecar?: string;
	/** In the order of the text, those without a place last. */
	readonly notes: readonly NoteView[];
	/** The kinds of note that there are, the usual one first. */
	readonly kinds: readonly string[];
	/** The title, where notes are shown that have no place in the text, and those on the article as a whole. */
	readonly title: Range;
	/** The part of the document whose text can be annotated. */
	readonly body: Range;
	/** Why the notes of the sidecar cannot be read. */
	readonly fault?: { readonly message: string; readonly location: Location };
}

/** What commands on a note, or on a passage, of an article take beside its address. */
export interface NoteArguments {
	/** Without a range, on the article as a whole; without a carrier, in the one that the user has set. */
	readonly add: {
		readonly range?: Range;
		readonly kind?: string;
		readonly text: string;
		readonly tags?: readonly string[];
		readonly carrier?: Carrier;
	};
	readonly highlight: { readonly range: Range; readonly carrier?: Carrier };
	/** A note or reply, and what is to be changed of it. */
	readonly edit: OneNote & { readonly kind?: string; readonly text?: string; readonly tags?: readonly string[] };
	/** A note or reply. */
	readonly reply: OneNote & { readonly text: string; readonly kind?: string };
	/** A note or reply. */
	readonly delete: OneNote;
	readonly resolve: OneNote;
	readonly unresolve: OneNote;
	readonly reanchor: OneNote & { readonly range: Range };
	/** A note whose words have changed. */
	readonly acceptChange: OneNote;
	/** An insertion or deletion in the text. */
	readonly acceptSuggestion: OneNote;
	readonly rejectSuggestion: OneNote;
	/** Without a carrier, to the other one. */
	readonly convert: OneNote & { readonly carrier?: Carrier };
}

/** Names a note, or a reply, of an article. */
interface OneNote {
	readonly id: string;
}

/** What each of the commands for notes takes (`ANNOTATION_COMMANDS`). */
export type AnnotationArguments = {
	readonly [N in keyof NoteArguments]: { readonly uri: string } & NoteArguments[N];
} & {
	/** The text of a file with notes, its format where that is not to be told by the text; `dryRun` only says what would come of it. */
	readonly import: { readonly text: string; readonly format?: ImportFormat; readonly dryRun?: boolean };
	/** The addresses of articles, else all that have notes. */
	readonly export: { readonly format: ExportFormat; readonly uris?: readonly string[] };
	readonly undo: NoParams;
	readonly redo: NoParams;
};

/** Why a command did nothing. */
export type RefusalCode =
	/** Its arguments are not what it takes. */
	| 'arguments'
	/** There is no such article, note, or place to be annotated. */
	| 'not-found'
	/** What is asked cannot be done with this note or at this place. */
	| 'not-possible'
	/** The sidecar is no collection of annotations, or git left a conflict in it. */
	| 'broken-sidecar'
	/** Somebody else changed the same thing meanwhile. */
	| 'conflict'
	/** A file may not be written, or the editor refused. */
	| 'not-written';

/** What came of a command. */
export type CommandOutcome =
	| {
			readonly kind: 'done';
			/** The note or reply that was made or changed; in the text it may have another identity than before. */
			readonly id?: string;
			/** Whether `marginalia.annotations.undo` takes it back; where not, the editor's own Undo does. */
			readonly undoable: boolean;
			/** What an import came to. */
			readonly imported?: ImportSummary;
			/** What was exported. */
			readonly exported?: Exported;
	  }
	| Refused;

/** A command that did nothing, and changed nothing. */
export interface Refused {
	readonly kind: 'refused';
	readonly code: RefusalCode;
	/** For people: what, where, and what to do. */
	readonly message: string;
	/** The place in a file that stands in the way. */
	readonly location?: Location;
}

/** What notes are exported as, and the end of the name of such a file. */
export const EXPORT_FORMATS = { jsonld: '.jsonld', hypothesis: '.json', markdown: '.md', html: '.html' } as const;
export type ExportFormat = keyof typeof EXPORT_FORMATS;

/** Notes as they were exported. */
export interface Exported {
	readonly text: string;
	readonly articles: number;
	readonly notes: number;
	/** Articles of whose notes some cannot be read, and why. */
	readonly faults: readonly { readonly uri: string; readonly message: string }[];
}

/** What notes are imported from. */
export const IMPORT_FORMATS = ['jsonld', 'hypothesis'] as const;
export type ImportFormat = (typeof IMPORT_FORMATS)[number];

/** What came, or would come, of importing notes. */
export interface ImportSummary {
	/** The articles that notes are about, and of how many notes each is true. */
	readonly articles: readonly {
		readonly uri: string;
		readonly added: number;
		readonly same: number;
		/** Those that are there and say something else, and stay as they are. */
		readonly kept: readonly string[];
		/** Why nothing was written. */
		readonly refused?: string;
	}[];
	/** Pages that no article was taken from; an empty address for notes that name none. */
	readonly missing: readonly { readonly source: string; readonly count: number }[];
	/** What of the file cannot be taken. */
	readonly faults: readonly string[];
}
