import type { Span } from '../article/span.ts';
import type { AnchorView, NoteView, Reply } from '../protocol/annotations.ts';

/**
 * A place in an article: the spans of its text without the markup in between, in document order. The spans are not empty and do not
 * touch.
 */
export type Spans = readonly Span[];

/** The place of a note in the current text of its article. */
export interface NoteAnchor extends Omit<AnchorView, 'ranges' | 'candidates' | 'difference'> {
	/** The place; empty for `ambiguous` and `orphan`. */
	readonly spans: Spans;
	/** For `ambiguous`: the possible places, the likeliest first. */
	readonly candidates?: readonly Spans[];
}

/** A note as all views show it, regardless of its carrier; immutable. */
export interface Note extends Omit<NoteView, 'anchor' | 'location' | 'markdown' | 'replies'> {
	readonly replies: readonly Reply[];
	readonly anchor: NoteAnchor;
	/** The note itself: the mark and its comments in the article, or its line in the sidecar. */
	readonly span: Span;
}
