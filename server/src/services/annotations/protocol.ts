import type { Location, Range } from 'vscode-languageserver';
import type { DifferencePart } from '../../annotations/anchor/difference.ts';
import type { Exported } from '../../annotations/exchange/documents.ts';
import type { ImportSummary } from '../../annotations/exchange/plan.ts';
import type { Anchor, Note, Reply } from '../../annotations/note.ts';

/** What is shown of something that was said. */
export interface Shown {
	/** Markdown in which nothing is requested and nothing that an article says is more than text; of a note, with what became of its place. */
	readonly markdown: string;
}

/** An answer as the protocol shows it. */
export interface ReplyView extends Reply, Shown {}

/** A note as the protocol shows it: with ranges, and with the place where it is written. */
export interface NoteView extends Omit<Note, 'anchor' | 'span' | 'replies'>, Shown {
	readonly replies: readonly ReplyView[];
	readonly anchor: Omit<Anchor, 'spans' | 'candidates'> & {
		readonly ranges: readonly Range[];
		readonly candidates?: readonly (readonly Range[])[];
		/** For `changed`: what became of the quote, word by word. */
		readonly difference?: readonly DifferencePart[];
	};
	readonly location: Location;
}

/** The answer to `marginalia/annotations`. */
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
export type Outcome =
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
