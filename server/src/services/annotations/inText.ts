import { hasSameContent, renamed } from '../../annotations/articleNotes.ts';
import { withPlace } from '../../annotations/describe.ts';
import type { AnnotationEdit } from '../../annotations/edit.ts';
import { writeComment } from '../../annotations/inlineComment.ts';
import { commentEdits, markEdits, type Obstacle, removalEdits, settleEdits } from '../../annotations/inlineEdits.ts';
import {
	annotationsOf,
	findInlineThreads,
	type InlineSource,
	type InlineThread,
	placeOfReply,
	placeOfRoot,
	suggestionOf,
	withoutComment,
} from '../../annotations/inlineThreads.ts';
import { compact, equals } from '../../annotations/json.ts';
import { HIGHLIGHT } from '../../annotations/kinds.ts';
import type { Annotation } from '../../annotations/model.ts';
import { composeAnnotation, type RemarkContent, reviseAnnotation } from '../../annotations/remark.ts';
import { type Article, difference, parseArticle } from '../../article/article.ts';
import { applyEdits, type TextEdit } from '../../article/edits.ts';
import { type Span, span } from '../../article/span.ts';
import { localDay } from '../../util/day.ts';
import type { Annotated, CommandContext } from './context.ts';
import { Refusal } from './outcome.ts';

const NOT_HERE = 'A mark cannot be placed here: it would change how the text is parsed';

/** The text of an article after a command, and its annotations. */
interface Rewritten {
	readonly article: Article;
	readonly threads: readonly InlineThread[];
}

/** Edits the text of an article. Refuses edits that would change words that are not meant to change. */
async function rewrite(
	context: CommandContext,
	annotated: Annotated,
	edits: readonly TextEdit[] | Obstacle,
	label: string,
	{ changesWords = false }: { readonly changesWords?: boolean } = {},
): Promise<Rewritten> {
	if ('obstacle' in edits) throw new Refusal('not-possible', edits.obstacle);
	const { document, article, inline } = annotated;
	if (context.isOutdated(document)) throw new Refusal('conflict', 'The article was edited in the meantime: try again');
	const text = applyEdits(document.text, edits);
	const after = parseArticle(text);
	if (!changesWords && after.content.value !== article.content.value) throw new Refusal('not-possible', NOT_HERE);
	const refused = await context.editor.apply(label, [{ document, edits }]);
	if (refused !== undefined) throw new Refusal('not-written', `The article was not changed: ${refused}`);
	const beside = new Set(annotated.sidecar?.annotations.map(one => one.annotation.id));
	const isTaken = (id: string): boolean => beside.has(id) && !annotated.inBoth.has(id);
	const threads = findInlineThreads({ ...inline, article: after }).map(thread => renamed(thread, isTaken));
	return { article: after, threads };
}

/** The id of the thread whose mark starts at an offset. */
function idAt({ article, threads }: Rewritten, start: number, inline: InlineSource): string {
	const thread = threads.find(one => one.span.start === start);
	return thread ? annotationsOf(thread, { ...inline, article })[0].id : '';
}

/** Marks a passage, and writes the note in comments after it. */
export async function addInText(
	context: CommandContext,
	annotated: Annotated,
	part: Span,
	content: RemarkContent,
	author: string | undefined,
	label: string,
): Promise<string> {
	const { inline, article } = annotated;
	const comment = content.kind === HIGHLIGHT ? '' : commentFor(context, inline, content, author, { isReply: false });
	const edits = markEdits(article, part, comment);
	const rewritten = await rewrite(context, annotated, edits, label);
	return idAt(rewritten, 'obstacle' in edits ? 0 : (edits[0]?.span.start ?? 0), inline);
}

/** The comment for a remark, written today. Its id and its target follow from its place. */
function commentFor(
	context: CommandContext,
	{ source, kinds }: InlineSource,
	content: RemarkContent,
	author: string | undefined,
	{ isReply }: { readonly isReply: boolean },
): string {
	const placed = { id: 'urn:uuid:', target: source, isReply };
	const rest = compact({
		id: placed.id,
		target: source,
		created: `${localDay(context.now())}T00:00:00Z`,
		creator: author ? { type: 'Person', name: author } : undefined,
		motivation: isReply ? 'replying' : undefined,
	});
	return writeComment(composeAnnotation(content, rest as Annotation, kinds), placed, kinds);
}

/** Adds a reply to a note; after a mark without a note, it becomes the note. */
export async function replyInText(
	context: CommandContext,
	annotated: Annotated,
	thread: InlineThread,
	content: RemarkContent,
	author: string | undefined,
): Promise<string> {
	const { article, inline } = annotated;
	const count = thread.comments.length;
	const comment = commentFor(context, inline, content, author, { isReply: count > 0 });
	const rewritten = await rewrite(context, annotated, commentEdits(article, thread, count, comment), 'Reply');
	const after = rewritten.threads.find(one => one.span.start === thread.span.start);
	return after ? (annotationsOf(after, { ...inline, article: rewritten.article })[count]?.id ?? '') : '';
}

/** Changes a note or, with an index, a reply to it. */
export async function reviseInText(
	context: CommandContext,
	annotated: Annotated,
	thread: InlineThread,
	index: number,
	content: Partial<RemarkContent>,
	label: string,
): Promise<string> {
	const { article, inline } = annotated;
	const all = annotationsOf(thread, inline);
	const before = all[index] as Annotation;
	const after = reviseAnnotation(before, content, inline.kinds);
	if (after === before) return before.id;
	const placed = index === 0 ? placeOfRoot(thread, inline) : placeOfReply(index, all[0]);
	await rewrite(
		context,
		annotated,
		commentEdits(article, thread, index, writeComment(after, placed, inline.kinds)),
		label,
	);
	return before.id;
}

/**
 * Deletes a thread or, with an index above 0, a reply from the text. If it is also in the sidecar, because it was moved and the article
 * has not been saved since, it is deleted there as well.
 */
export async function removeFromBoth(
	context: CommandContext,
	annotated: Annotated,
	thread: InlineThread,
	index: number,
): Promise<void> {
	const { article, document, inline, inBoth, sidecar, subject } = annotated;
	const { uri } = document;
	const moves = context.moves(uri);
	const edits = index === 0 ? removalEdits(article, thread) : commentEdits(article, thread, index, '');
	const all = annotationsOf(thread, inline);
	const gone = index === 0 ? all : all.slice(index, index + 1);
	const beside = gone.flatMap((one): AnnotationEdit[] => {
		const there = sidecar?.annotations.find(({ annotation }) => annotation.id === one.id)?.annotation;
		if (!there || !inBoth.has(one.id)) return [];
		// Changes that others made there in the meantime are kept.
		const isOurs = equals(there, moves.left(one.id, sidecar)) || moves.isWritten(there) || hasSameContent(there, one);
		return isOurs ? [{ before: there, after: undefined }] : [];
	});
	await rewrite(context, annotated, edits, 'Delete Note');
	for (const { id } of gone) moves.forget(id);
	if (beside.length > 0) await context.changes.make(uri, subject, beside, 'Delete Note', { forGood: true });
}

/** Accepts or rejects a suggested edit. */
export async function settleSuggestion(
	context: CommandContext,
	annotated: Annotated,
	thread: InlineThread,
	accept: boolean,
): Promise<void> {
	const edits = settleEdits(annotated.article, thread, accept);
	await rewrite(context, annotated, edits, accept ? 'Accept Suggestion' : 'Reject Suggestion', { changesWords: true });
}

/** Moves the mark of a note in the text to another passage. */
export async function moveInText(
	context: CommandContext,
	annotated: Annotated,
	thread: InlineThread,
	part: Span,
): Promise<string> {
	const { article, document, inline } = annotated;
	if (thread.element === undefined)
		throw new Refusal(
			'not-possible',
			'The note is attached to the block that contains it: cut it and paste it elsewhere',
		);
	const removal = removalEdits(article, thread);
	if ('obstacle' in removal) throw new Refusal('not-possible', removal.obstacle);
	const comments = thread.comments.map(note => article.text.slice(note.span.start, note.span.end)).join('');
	// Removing the mark does not change the words, so the part is still at the same place.
	const without = parseArticle(applyEdits(document.text, removal));
	const marked = markEdits(without, part, comments);
	if ('obstacle' in marked) throw new Refusal('not-possible', marked.obstacle);
	const text = applyEdits(without.text, marked);
	const { start, oldEnd, newEnd } = difference(document.text, text);
	const edits = [{ span: span(start, oldEnd), newText: text.slice(start, newEnd) }];
	const rewritten = await rewrite(context, annotated, edits, 'Re-anchor');
	return idAt(rewritten, marked[0]?.span.start ?? 0, inline);
}

/**
 * Moves a note with its replies from the text to the sidecar, without any loss. Until the article is saved, the note is
 * in both files.
 */
export async function convertToSidecar(
	context: CommandContext,
	annotated: Annotated,
	thread: InlineThread,
): Promise<string> {
	const { article, document, inline, subject } = annotated;
	if (suggestionOf(article, thread))
		throw new Refusal('not-possible', 'A suggested edit cannot be moved out of the text: accept or reject it');
	if (thread.element !== undefined && article.nodes[thread.element]?.attributes.length)
		throw new Refusal('not-possible', 'The mark has attributes, which cannot be stored in a sidecar file');
	const removal = removalEdits(article, thread);
	if ('obstacle' in removal) throw new Refusal('not-possible', removal.obstacle);
	const [root, ...replies] = annotationsOf(thread, inline);
	const isPart = thread.part.start < thread.part.end;
	const placed = isPart ? withPlace(root, article.content.value, thread.part, inline.source) : root;
	const moved = [placed, ...replies];
	const label = 'Move Note to Sidecar File';
	// It may still be there if it was moved to the text and the article has not been saved since.
	const edits = moved.map(
		(after): AnnotationEdit => ({ before: context.moves(document.uri).left(after.id, annotated.sidecar), after }),
	);
	await context.changes.make(document.uri, subject, edits, label, { forGood: true });
	context.moves(document.uri).track(moved);
	await rewrite(context, annotated, removal, label);
	// The article is open now, even if it was not before.
	context.moves(document.uri).track(moved);
	return root.id;
}

/**
 * Moves a note with its replies from the sidecar to the text, without any loss. Until the article is saved, the note is
 * in both files.
 *
 * @param annotations the note and its replies
 * @param part the span of its words
 */
export async function convertToText(
	context: CommandContext,
	annotated: Annotated,
	annotations: readonly [Annotation, ...(readonly Annotation[])],
	part: Span,
): Promise<string> {
	const { article, document, inline } = annotated;
	const [first, ...replies] = annotations;
	const root = withPlace(first, article.content.value, part, inline.source);
	// The implicit id of a mark depends on the marks before it, so it is read from a text that contains the mark.
	const bare = markEdits(article, part, '');
	if ('obstacle' in bare) throw new Refusal('not-possible', bare.obstacle);
	const made = { ...inline, article: parseArticle(applyEdits(document.text, bare)) };
	const thread = findInlineThreads(made).find(one => one.span.start === bare[0]?.span.start);
	if (!thread) throw new Refusal('not-possible', NOT_HERE);
	const placed = placeOfRoot(thread, made);
	const isBare = replies.length === 0 && equals(root, withoutComment(thread, placed, made.article, inline.kinds));
	const comments = [
		...(isBare ? [] : [writeComment(root, placed, inline.kinds)]),
		...replies.map((reply, index) => writeComment(reply, placeOfReply(index + 1, root), inline.kinds)),
	];
	await rewrite(context, annotated, markEdits(article, part, comments.join('')), 'Move Note to Text');
	context.moves(document.uri).track(annotations);
	return root.id;
}
