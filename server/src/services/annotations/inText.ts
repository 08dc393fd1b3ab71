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
import { composeAnnotation, reviseAnnotation, type Said } from '../../annotations/remark.ts';
import { type Article, difference, parseArticle } from '../../article/article.ts';
import { applyEdits, type TextEdit } from '../../article/edits.ts';
import { type Span, span } from '../../article/span.ts';
import { localDay } from '../../util/day.ts';
import type { Annotated, CommandContext } from './context.ts';
import { Refusal } from './outcome.ts';

const NOT_HERE = 'A mark cannot be placed here: it would change how the text is parsed';

/** What a command changes in the text of an article, and what is found there then. */
interface Rewritten {
	readonly article: Article;
	readonly threads: readonly InlineThread[];
}

/** Changes the text of an article, of which not a word may change but those that are meant to. */
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

/** The identity of the thread whose mark starts at an offset. */
function idAt({ article, threads }: Rewritten, start: number, inline: InlineSource): string {
	const thread = threads.find(one => one.span.start === start);
	return thread ? annotationsOf(thread, { ...inline, article })[0].id : '';
}

/** Marks words, and writes behind them what is said of them. */
export async function addInText(
	context: CommandContext,
	annotated: Annotated,
	part: Span,
	said: Said,
	author: string | undefined,
	label: string,
): Promise<string> {
	const { inline, article } = annotated;
	const comment = said.kind === HIGHLIGHT ? '' : commentFor(context, inline, said, author, { isReply: false });
	const edits = markEdits(article, part, comment);
	const rewritten = await rewrite(context, annotated, edits, label);
	return idAt(rewritten, 'obstacle' in edits ? 0 : (edits[0]?.span.start ?? 0), inline);
}

/** A comment that says something today. Its place tells its identity and what it is about. */
function commentFor(
	context: CommandContext,
	{ source, kinds }: InlineSource,
	said: Said,
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
	return writeComment(composeAnnotation(said, rest as Annotation, kinds), placed, kinds);
}

/** Writes an answer behind a note; behind a mark without a note it is one. */
export async function replyInText(
	context: CommandContext,
	annotated: Annotated,
	thread: InlineThread,
	said: Said,
	author: string | undefined,
): Promise<string> {
	const { article, inline } = annotated;
	const count = thread.comments.length;
	const comment = commentFor(context, inline, said, author, { isReply: count > 0 });
	const rewritten = await rewrite(context, annotated, commentEdits(article, thread, count, comment), 'Reply');
	const after = rewritten.threads.find(one => one.span.start === thread.span.start);
	return after ? (annotationsOf(after, { ...inline, article: rewritten.article })[count]?.id ?? '') : '';
}

/** Says something else in a note or, with an index, in an answer to it. */
export async function reviseInText(
	context: CommandContext,
	annotated: Annotated,
	thread: InlineThread,
	index: number,
	said: Partial<Said>,
	label: string,
): Promise<string> {
	const { article, inline } = annotated;
	const all = annotationsOf(thread, inline);
	const before = all[index] as Annotation;
	const after = reviseAnnotation(before, said, inline.kinds);
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
 * Takes a thread out of the text or, with an index above 0, an answer. Where it is beside the article too, as long as it was moved and
 * not saved, it is taken out there as well.
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
		// What somebody else wrote there since stays.
		const isOurs = equals(there, moves.left(one.id, sidecar)) || moves.isWritten(there) || hasSameContent(there, one);
		return isOurs ? [{ before: there, after: undefined }] : [];
	});
	await rewrite(context, annotated, edits, 'Delete Note');
	for (const { id } of gone) moves.forget(id);
	if (beside.length > 0) await context.changes.make(uri, subject, beside, 'Delete Note', { forGood: true });
}

/** Makes a suggested edit or leaves it. */
export async function settleSuggestion(
	context: CommandContext,
	annotated: Annotated,
	thread: InlineThread,
	accept: boolean,
): Promise<void> {
	const edits = settleEdits(annotated.article, thread, accept);
	await rewrite(context, annotated, edits, accept ? 'Accept Suggestion' : 'Reject Suggestion', { changesWords: true });
}

/** Marks other words with a note that is in the text. */
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
	// The words are the same without the mark, so the part is where it was.
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
 * Takes a note with its answers out of the text and keeps it beside the article; nothing of it is lost. Until the article is saved it is
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
	// It may still be there, as it was moved to the text and not saved since.
	const edits = moved.map(
		(after): AnnotationEdit => ({ before: context.moves(document.uri).left(after.id, annotated.sidecar), after }),
	);
	await context.changes.make(document.uri, subject, edits, label, { forGood: true });
	context.moves(document.uri).track(moved);
	await rewrite(context, annotated, removal, label);
	// One that was not open is now.
	context.moves(document.uri).track(moved);
	return root.id;
}

/**
 * Writes a note that is kept beside the article into its text, with its answers; nothing of it is lost. Until the article is saved it is
 * in both files.
 *
 * @param annotations the note and its answers
 * @param part where its words are
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
	// The identity that a mark has by itself depends on those before it, so it is read from a text with the mark.
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
