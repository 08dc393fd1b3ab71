import type { Article } from '../article/article.ts';
import type { Block } from '../article/blocks.ts';
import type { Node } from '../article/node.ts';
import { type Span, span } from '../article/span.ts';
import { COMMENT, indicesOf, MARK } from '../article/traits.ts';
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

/** A `mark`, `ins` or `del` followed by comments, of which all but the first are replies; or a standalone comment. */
export interface InlineThread {
	/** Node index of the `mark`, `ins` or `del`; `undefined` for a standalone note, which is on its block. */
	readonly element: number | undefined;
	/** The part of the content that it is about; empty if that has no text. */
	readonly part: Span;
	/** The whole thread in the source. */
	readonly span: Span;
	/** The comments that are notes. */
	readonly comments: readonly InlineNote[];
	/** Comments whose id is already used by an earlier comment, as after copying a note with its words. They get the id of their place. */
	readonly copies: ReadonlySet<InlineNote>;
	/** The id of its first note, unless its comment has one. Derived from the words and how often they were marked before. */
	readonly id: string;
}

/** An article and what is needed to read its inline notes. */
export interface InlineSource {
	readonly article: Article;
	/** The IRI that its annotations target. */
	readonly source: string;
	readonly kinds: Kinds;
}

/** Marks nested deeper than this are ignored: each covers the text of all inner ones, and hostile bodies nest thousands. */
const MOST_AROUND = 20;

/** Finds the notes in the text of an article, in text order. */
export function findInlineThreads(inline: InlineSource): readonly InlineThread[] {
	const { article, kinds } = inline;
	const { nodes, body } = article;
	if ((body.present & (COMMENT | MARK)) === 0) return [];
	const notes = findInlineNotes(article, kinds);
	const behind = new Map<number, InlineNote[]>();
	const alone: InlineNote[] = [];
	for (const note of notes) {
		if (note.target === undefined) alone.push(note);
		else append(behind, note.target, note);
	}
	const found: Omit<InlineThread, 'id' | 'copies'>[] = [];
	/** The last nodes of the marks around the current one, innermost last. */
	const around: number[] = [];
	for (const index of indicesOf(body, MARK)) {
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
	/** How often the same words occurred so far, so that each occurrence gets its own id. */
	const counts = new Map<string, number>();
	const named = new Set<string>();
	const { source } = inline;
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

/** Returns the id in the JSON of a comment, if any. */
export function idInComment({ rest }: InlineNote): string | undefined {
	const id = rest?.value.id;
	return typeof id === 'string' ? id : undefined;
}

/** Converts a source span to a part of the content. The content is not computed before there is a note. */
function partOf({ content }: Article, { start, end }: Span): Span {
	return span(content.toContent(start), content.toContent(end));
}

/** Finds the block of each standalone note: the one around or before it, else the one after it. Notes are in text order. */
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

/** Returns what the first note of a thread gets from its place. */
export function placeOfRoot(thread: InlineThread, { article, source }: InlineSource): Placed {
	return { id: thread.id, target: targetFor(article.content.value, thread.part, source), isReply: false };
}

/** Returns what a reply gets from its place; replies count from 1. */
export function placeOfReply(index: number, root: Annotation): Placed {
	return { id: `urn:uuid:${uuidOf(`${index}\n${root.id}`)}`, target: root.id, isReply: true };
}

/** Returns the annotations of a thread: its first note, even if it has no comment, and the replies. */
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
	const [first, ...rest] = thread.comments;
	const root = first ? read(first, placed) : withoutComment(thread, placed, article, kinds);
	return [root, ...rest.map((note, index) => read(note, placeOfReply(index + 1, root)))];
}

/** Returns the annotation of a mark or suggested edit without a comment. */
export function withoutComment(
	thread: InlineThread,
	{ id, target }: Placed,
	article: Article,
	kinds: Kinds,
): Annotation {
	const kind = suggestionOf(article, thread) ? 'edit' : HIGHLIGHT;
	return composeAnnotation({ kind, text: '', tags: [], resolved: false }, { id, target }, kinds);
}

/** Returns the suggested edit that a thread is on, if any. */
export function suggestionOf({ nodes }: Article, { element }: InlineThread): Note['suggestion'] {
	const name = element === undefined ? undefined : nodes[element]?.nodeName;
	return name === 'ins' ? 'insertion' : name === 'del' ? 'deletion' : undefined;
}

/** Converts a thread to a note as all views show it. */
export function noteOf(thread: InlineThread, inline: InlineSource): Note {
	const { article, source } = inline;
	// No view needs the exact target, and computing it takes time linear in the text.
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

/** Reads an annotation; a creation time that comes from a day in a comment is reduced to that day. */
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
