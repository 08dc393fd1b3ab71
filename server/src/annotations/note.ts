import type { Span } from '../article/span.ts';
import type { AnchorView, NoteView, Reply } from '../protocol/annotations.ts';

/**
 * A place in an article: the characters of its text, without the markup between them, in the order of the article. Never
 * empty, and no two touch.
 */
export type Spans = readonly Span[];

/** Where a note belongs in the present text of its article. */
export interface NoteAnchor extends Omit<AnchorView, 'ranges' | 'candidates' | 'difference'> {
	/** The place; nothing where no place can be named, which is so for `ambiguous` and `orphan`. */
	readonly spans: Spans;
	/** For `ambiguous`: the places that can be meant, the likeliest first. */
	readonly candidates?: readonly Spans[];
}

/** A note as all views show it, whichever carrier it has; immutable. */
export interface Note extends Omit<NoteView, 'anchor' | 'location' | 'markdown' | 'replies'> {
	readonly replies: readonly Reply[];
	readonly anchor: NoteAnchor;
	/** The note itself: the mark and its comments in the article, or its line in the sidecar. */
	readonly span: Span;
}
