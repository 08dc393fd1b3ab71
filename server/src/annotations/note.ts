import type { Span } from '../article/span.ts';
import type { Motivation } from './motivation.ts';

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

/**
 * A place in an article: the characters of its text, without the markup between them, in the order of the article. Never
 * empty, and no two touch.
 */
export type Spans = readonly Span[];

/** Where a note belongs in the present text of its article. */
export interface Anchor {
	readonly state: AnchorState;
	/** Why it is in that state: one sentence without a full stop. */
	readonly reason: string;
	/** The place; nothing where no place can be named, which is so for `ambiguous` and `orphan`. */
	readonly spans: Spans;
	/** For `changed`: the words that stand there now. */
	readonly text?: string;
	/** For `ambiguous`: the places that can be meant, the likeliest first. */
	readonly candidates?: readonly Spans[];
	/** From 0 to 1: how much the place is like the quote, and how much more than the next best; absent where nothing was compared. */
	readonly score?: number;
	readonly margin?: number;
}

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

/** A note as all views show it, whichever carrier it has; immutable. */
export interface Note extends Remark {
	readonly carrier: Carrier;
	readonly resolved: boolean;
	/** Set for an `ins` or `del` in the text. */
	readonly suggestion: 'insertion' | 'deletion' | undefined;
	/** In the order in which they were written. */
	readonly replies: readonly Reply[];
	/** The words that it is about; `undefined` for a note on the article as a whole. */
	readonly quote: Quote | undefined;
	readonly anchor: Anchor;
	/** The note itself: the mark and its comments in the article, or its line in the sidecar. */
	readonly span: Span;
}
