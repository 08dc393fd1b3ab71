import type { ArticleNotes } from '../../annotations/articleNotes.ts';
import { partOf } from '../../annotations/describe.ts';
import type { InlineThread } from '../../annotations/inlineThreads.ts';
import { HIGHLIGHT, type Kinds } from '../../annotations/kinds.ts';
import type { Annotation } from '../../annotations/model.ts';
import type { Note } from '../../annotations/note.ts';
import { RESOLVED, type RemarkContent } from '../../annotations/remark.ts';
import { obstacleOf } from '../../annotations/sidecar.ts';
import type { SidecarTarget } from '../../annotations/sidecarWriter.ts';
import type { Article } from '../../article/article.ts';
import type { Span } from '../../article/span.ts';
import type { Snapshot } from '../../languageFeatures/snapshot.ts';
import type { Carrier, Reply } from '../../protocol/annotations.ts';
import { displayName } from '../../util/uri.ts';
import type { SidecarChanges } from './changes.ts';
import type { Editor } from './editor.ts';
import type { Moves } from './moves.ts';
import { Refusal } from './outcome.ts';

/** An article with its notes, at the time of a command. */
export interface Annotated extends ArticleNotes {
	readonly document: Snapshot;
	readonly article: Article;
	/** The target of its annotations. */
	readonly subject: SidecarTarget;
}

/** Dependencies of the commands. */
export interface CommandContext {
	/** @throws Refusal if there is no such article */
	load(uri: string): Promise<Annotated>;
	readonly editor: Editor;
	readonly changes: SidecarChanges;
	/** The moves of an article; for an article that is not open, an empty object that is not kept. */
	moves(uri: string): Moves;
	/** Whether a document is open with a text that differs from the snapshot. */
	isOutdated(document: Snapshot): boolean;
	settings(uri: string): Promise<{ readonly author: string | undefined; readonly carrier: Carrier }>;
	/** The article in the workspace folders that was taken from a page or, for an article without a page, has this name. */
	articleOf(source: string): string | undefined;
	/** The articles in the workspace folders that have notes. */
	annotated(): Promise<readonly string[]>;
	/** The current time in the format of the W3C model: `2021-12-17T09:30:00Z`. */
	now(): string;
	/** Creates a new id. */
	newId(): string;
}

/** A note or a reply, and where it is stored. */
export interface LocatedNote {
	readonly note: Note;
	readonly remark: Note | Reply;
	/** 0 for the note, from 1 for its replies. */
	readonly index: number;
	/** `undefined` for a note in a sidecar. */
	readonly thread: InlineThread | undefined;
}

/**
 * Finds a note or reply by its id.
 *
 * @throws Refusal if there is none
 */
export function findNote({ document, sidecar, notes, threads }: Annotated, id: string): LocatedNote {
	for (const note of notes) {
		const index = note.id === id ? 0 : note.replies.findIndex(one => one.id === id) + 1;
		const remark = index === 0 ? note : note.replies[index - 1];
		if (remark?.id === id) return { note, remark, index, thread: threads.get(note) };
	}
	const obstacle = sidecar && obstacleOf(sidecar);
	if (obstacle) throw new Refusal('broken-sidecar', `${displayName(sidecar.uri)} cannot be read: ${obstacle.message}`);
	throw new Refusal('not-found', `There is no note ${id} in ${displayName(document.uri)} or its sidecar file`);
}

/** The annotation of a note in the sidecar. */
export function annotationBeside({ sidecar }: Annotated, id: string): Annotation {
	const found = sidecar?.annotations.find(({ annotation }) => annotation.id === id);
	if (!found) throw new Refusal('not-found', `There is no note ${id}`);
	return found.annotation;
}

/** The selected text as a span of the body. */
export function selectedPart({ article }: Annotated, selection: Span): Span {
	const part = partOf(article, selection);
	if (part) return part;
	throw new Refusal(
		'not-possible',
		selection.end <= article.body.span.start
			? 'Only the body of an article can be annotated: select text in the body, or clear the selection to annotate the whole article'
			: 'The selection contains no text: select some words in the body',
	);
}

/** Normalises and validates the content of a note. */
export function checkContent({ kind, text, tags, resolved }: RemarkContent, kinds: Kinds): RemarkContent {
	const known = kind.trim().toLowerCase();
	if (known !== HIGHLIGHT && !kinds.has(known))
		throw new Refusal(
			'arguments',
			`Unknown kind of note ${JSON.stringify(kind)}. Available kinds: ${[...kinds.keys()].join(', ')}`,
		);
	const words = tags
		.map(tag => tag.trim().replace(/^#/, '').replace(/\s+/g, '-'))
		.filter(tag => tag !== '' && tag !== RESOLVED);
	return { kind: known, text: text.trim(), tags: [...new Set(words)], resolved };
}
