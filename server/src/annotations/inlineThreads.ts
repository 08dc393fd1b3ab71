import type { Article } from '../article/article.ts';
import type { Block } from '../article/blocks.ts';
import type { Node } from '../article/node.ts';
import { type Span, span } from '../article/span.ts';
import { indicesOf, MARK } from '../article/traits.ts';
import type { Reply } from '../protocol/annotations.ts';
import { append } from '../util/groups.ts';
import { quoteOf } from './anchor/quote.ts';
import { targetFor } from './describe.ts';
import { commentContent, findInlineNotes, type InlineNote } from './inline.ts';
import { annotationOf, commentText, type Placed } from './inlineComment.ts';
import { HIGHLIGHT, type Kinds } from './kinds.ts';
import { type Annotation, targetsOf } from './model.ts';
import type { Note, NoteAnchor } from './note.ts';
import { composeAnnotation, readRemark } from './remark.ts';
import { uuidOf } from './uuid.ts';

/** A mark, insertion or deletion with the comments behind it, of which all but the first answer it; or a comment that stands alone. */
export interface InlineThread {
	/** Index of the `mark`, `ins` or `del`; `undefined` for a note that stands alone, on its block. */
	readonly element: number | undefined;
	/** What it is about, as a part of the content; empty where that has no text. */
	readonly part: Span;
	/** All of it in the text. */
	readonly span: Span;
	/** The comments that are notes. */
	readonly comments: readonly InlineNote[];
	/** Those whose identity a comment before has too, as when a note was copied with its words; they have that of their place. */
	readonly copies: ReadonlySet<InlineNote>;
	/** The identity of its first note, unless the comment of that names one. It hangs on the words and on how often they were marked before. */
	readonly id: string;
}

/** An article whose notes are read. */
export interface InlineSource {
	readonly article: Article;
	/** The IRI of what its annotations are about. */
	readonly source: string;
	readonly kinds: Kinds;
}

/** Marks with as many marks around them are none: each is about all that the inner ones are about, and hostile bodies nest thousands. */
const MOST_AROUND = 20;

/** The notes that are written into an article, in the order of the text. */
export function findInlineThreads({ article, source, kinds }: InlineSource): readonly InlineThread[] {
	const { nodes } = article;
	const notes = findInlineNotes(article, kinds);
	const behind = new Map<number, InlineNote[]>();
	const alone: InlineNote[] = [];
	for (const note of notes) {
		if (note.target === undefined) alone.push(note);
		else append(behind, note.target, note);
	}
	const found: Omit<InlineThread, 'id' | 'copies'>[] = [];
	/** The last nodes of the marks around the one that is looked at, innermost last. */
	const around: number[] = [];
	for (const index of indicesOf(article.body, MARK)) {
		const node = nodes[index] as Node;
		while (around.length > 0 && (around.at(-1) ?? 0) < index) around.pop();
		if (around.length === MOST_AROUND) continue;
		around.push(node.last);
		const comments = behind.get(index) ?? [];
		found.push({
			element: index,
			part: partOf(article, span(node.startTagEnd, node.endTagStart)),
			span: span(node.start, comments.at(-1)?.span.end ?? node.end),
			comments,
		});
	}
	const blocks = blocksOf(article, alone);
	for (const note of alone) {
		const block = blocks.get(note);
		found.push({
			element: undefined,
			part: block ? partOf(article, block.span) : span(0, 0),
			span: note.span,
			comments: [note],
		});
	}
	/** How often the same words were met, so that each of them has an identity of its own. */
	const counts = new Map<string, number>();
	const named = new Set<string>();
	const isCopy = (note: InlineNote): boolean => {
		const id = idInComment(note);
		if (id === undefined || named.has(id)) return id !== undefined;
		named.add(id);
		return false;
	};
	return found
		.sort((a, b) => a.span.start - b.span.start)
		.map(thread => {
			const name = thread.element === undefined ? 'block' : nodes[thread.element]?.nodeName;
			const key = `${source}\n${name}\n${article.content.value.slice(thread.part.start, thread.part.end)}`;
			const count = counts.get(key) ?? 0;
			counts.set(key, count + 1);
			const copies = new Set(thread.comments.filter(isCopy));
			return { ...thread, copies, id: `urn:uuid:${uuidOf(`${count}\n${key}`)}` };
		});
}

/** The identity that a comment names; `undefined` where it has that of its place. */
export function idInComment({ rest }: InlineNote): string | undefined {
	const id = rest?.value.id;
	return typeof id === 'string' ? id : undefined;
}

/** The part of the content that stands between two places. The content is not asked for before there is a note. */
function partOf({ content }: Article, { start, end }: Span): Span {
	return span(content.toContent(start), content.toContent(end));
}

/** The block that each note is about which stands alone: the one around or before it, else the one behind. Notes are in the order of the text. */
function blocksOf(article: Article, notes: readonly InlineNote[]): ReadonlyMap<InlineNote, Block> {
	const found = new Map<InlineNote, Block>();
	if (notes.length === 0) return found;
	const { blocks } = article;
	let next = 0;
	for (const note of notes) {
		while (next < blocks.length && (blocks[next]?.span.start ?? 0) <= note.span.start) next++;
		const block = blocks[next - 1] ?? blocks[next];
		if (block) found.set(note, block);
	}
	return found;
}

/** What the place of a thread gives to the annotation of its first note. */
export function placeOfRoot(thread: InlineThread, { article, source }: InlineSource): Placed {
	return { id: thread.id, target: targetFor(article.content.value, thread.part, source), isReply: false };
}

/** What the place of an answer gives to its annotation; answers count from 1. */
export function placeOfReply(index: number, root: Annotation): Placed {
	return { id: `urn:uuid:${uuidOf(`${index}\n${root.id}`)}`, target: root.id, isReply: true };
}

/** The annotations of a thread: of its first note, also where there is no comment, and of the answers to it. */
export function annotationsOf(
	thread: InlineThread,
	inline: InlineSource,
): readonly [Annotation, ...(readonly Annotation[])] {
	return readAnnotations(thread, placeOfRoot(thread, inline), inline);
}

function readAnnotations(
	thread: InlineThread,
	placed: Placed,
	{ article, kinds }: InlineSource,
): readonly [Annotation, ...(readonly Annotation[])] {
	const read = (note: InlineNote, place: Placed): Annotation => {
		const content = commentContent(article.text, article.nodes[note.node] as Node) ?? note.span;
		const annotation = annotationOf(note, place, commentText(article.text, content, note), kinds);
		return thread.copies.has(note) ? { ...annotation, id: place.id } : annotation;
	};
	const [first, ...answers] = thread.comments;
	const root = first ? read(first, placed) : withoutComment(thread, placed, article, kinds);
	return [root, ...answers.map((note, index) => read(note, placeOfReply(index + 1, root)))];
}

/** What a mark or a suggested edit says by itself. */
export function withoutComment(
	thread: InlineThread,
	{ id, target }: Placed,
	article: Article,
	kinds: Kinds,
): Annotation {
	const kind = suggestionOf(article, thread) ? 'edit' : HIGHLIGHT;
	return composeAnnotation({ kind, text: '', tags: [], resolved: false }, { id, target }, kinds);
}

/** The suggested edit that a thread is about. */
export function suggestionOf({ nodes }: Article, { element }: InlineThread): Note['suggestion'] {
	const name = element === undefined ? undefined : nodes[element]?.nodeName;
	return name === 'ins' ? 'insertion' : name === 'del' ? 'deletion' : undefined;
}

/** A thread as all views show it. */
export function noteOf(thread: InlineThread, inline: InlineSource): Note {
	const { article, source } = inline;
	// Where exactly it is, which takes time in proportion to the text, no view asks.
	const [root, ...replies] = readAnnotations(thread, { id: thread.id, target: source, isReply: false }, inline);
	return {
		...shown(root),
		carrier: 'inline',
		suggestion: suggestionOf(article, thread),
		replies: replies.map((reply): Reply => {
			const { resolved: _, ...remark } = shown(reply);
			return { ...remark, replyTo: targetsOf(reply)[0]?.source ?? root.id };
		}),
		quote: thread.part.start < thread.part.end ? quoteOf(article.content.value, thread.part) : undefined,
		anchor: anchorOf(thread, article),
		span: thread.span,
	};
}

/** What an annotation says; of the time the day, where a comment tells no more. */
function shown(annotation: Annotation): ReturnType<typeof readRemark> {
	const remark = readRemark(annotation);
	return { ...remark, created: remark.created?.replace(/T00:00:00Z$/, '') };
}

function anchorOf({ element, part, span: own }: InlineThread, { nodes, content }: Article): NoteAnchor {
	const node = element === undefined ? undefined : nodes[element];
	const spans = content.toSpans(part);
	return {
		state: 'exact',
		reason: 'The note is in the text',
		spans: spans.length > 0 ? spans : [node ? span(node.start, node.end) : own],
	};
}
