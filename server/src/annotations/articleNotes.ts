import { overlaps, span } from '../article/span.ts';
import { type AnchoringOptions, anchorNotes } from './anchoring.ts';
import { annotationsOf, findInlineThreads, type InlineSource, type InlineThread, noteOf } from './inlineThreads.ts';
import { compact, equals, type JsonObject } from './json.ts';
import { type Annotation, motivationsOf, targetsOf } from './model.ts';
import type { Note, NoteAnchor } from './note.ts';
import type { SidecarAnnotation } from './sidecar.ts';
import type { SidecarFile } from './sidecarFiles.ts';
import { readThreads } from './threads.ts';
import { uuidOf } from './uuid.ts';

/** What is known of the notes of one article. */
export interface ArticleNotes {
	/** The article as its notes in the text are read. */
	readonly inline: InlineSource;
	readonly sidecar: SidecarFile | undefined;
	/** All notes in the order of the text, those without a place last. */
	readonly notes: readonly Note[];
	/** Where those notes are written that are in the text. */
	readonly threads: ReadonlyMap<Note, InlineThread>;
	/** The identities of annotations that are in the sidecar and in the text, where they are shown. */
	readonly inBoth: ReadonlySet<string>;
}

/** The notes in the text alone. */
export function notesInText(inline: InlineSource): ArticleNotes {
	return notesOf(findInlineThreads(inline), inline);
}

function notesOf(found: readonly InlineThread[], inline: InlineSource): ArticleNotes {
	const threads = new Map(found.map(thread => [noteOf(thread, inline), thread]));
	return { inline, sidecar: undefined, notes: [...threads.keys()], threads, inBoth: new Set() };
}

/**
 * Finds the notes in the text and in the sidecar. One that is in both, as while it is moved, is shown where it is in the text.
 *
 * @returns `undefined` once it is cancelled
 */
export async function findArticleNotes(
	inline: InlineSource,
	sidecar: SidecarFile | undefined,
	options: AnchoringOptions,
): Promise<ArticleNotes | undefined> {
	const found = findInlineThreads(inline);
	if (!sidecar) return notesOf(found, inline);
	const matched = await matchThreads(found, inline, sidecar, options);
	if (!matched) return undefined;
	const inText = notesOf(matched, inline);
	const annotations = sidecar.annotations;
	const named = identitiesInText(inText);
	const left = annotations.filter(({ annotation }) => !named.has(annotation.id));
	const places = new Map(
		inText.notes.flatMap(({ id, replies, anchor }) =>
			[id, ...replies.map(reply => reply.id)].map(one => [one, anchor]),
		),
	);
	const beside = await anchorNotes(inline.article, readThreads({ annotations: left }), { ...options, inText: places });
	if (!beside) return undefined;
	const start = ({ anchor }: Note): number =>
		(anchor.spans[0] ?? anchor.candidates?.[0]?.[0])?.start ?? Number.POSITIVE_INFINITY;
	const notes = [...inText.notes, ...beside].sort((a, b) => {
		const [left, right] = [start(a), start(b)];
		return left === right ? 0 : left - right;
	});
	const inBoth = new Set(annotations.map(({ annotation }) => annotation.id).filter(id => named.has(id)));
	return { ...inText, sidecar, notes, inBoth };
}

/**
 * Gives other identities to threads that have those of notes in a sidecar only because they are on the same words. A thread is such a
 * note where its comment says so or, as while a note is moved, where both say the same of the same place.
 */
async function matchThreads(
	threads: readonly InlineThread[],
	inline: InlineSource,
	{ annotations }: Pick<SidecarFile, 'annotations'>,
	options: AnchoringOptions,
): Promise<readonly InlineThread[] | undefined> {
	const beside = new Map(annotations.map(one => [one.annotation.id, one]));
	const same = threads.filter(({ id }) => beside.has(id));
	if (same.length === 0) return threads;
	const sought = same.flatMap(({ id }) => beside.get(id) ?? []);
	const anchored = await anchorNotes(inline.article, readThreads({ annotations: sought }), options);
	if (!anchored) return undefined;
	const places = new Map(anchored.map(({ id, anchor }) => [id, anchor]));
	const isSame = (thread: InlineThread): boolean =>
		isAt(thread, inline, places.get(thread.id)) &&
		annotationsOf(thread, inline).every(annotation => {
			const other = beside.get(annotation.id)?.annotation;
			return !other || saysTheSame(annotation, other);
		});
	const own = new Set(same.filter(isSame));
	return threads.map(thread => (own.has(thread) ? thread : renamed(thread, id => beside.has(id))));
}

/** A thread with an identity that nothing else has. */
export function renamed(thread: InlineThread, isTaken: (id: string) => boolean): InlineThread {
	let { id } = thread;
	while (isTaken(id)) id = `urn:uuid:${uuidOf(`not ${id}`)}`;
	return id === thread.id ? thread : { ...thread, id };
}

/** The identities of all notes in a text, and of the answers to them. */
export function identitiesInText({ threads }: ArticleNotes): ReadonlySet<string> {
	return new Set([...threads.keys()].flatMap(({ id, replies }) => [id, ...replies.map(reply => reply.id)]));
}

/** Whether a thread is at the place of a note, as far as it is on words at all. */
function isAt({ part }: InlineThread, { article }: InlineSource, place: NoteAnchor | undefined): boolean {
	if (part.start === part.end) return true;
	const spans = article.content.toSpans(part);
	return (place?.spans ?? []).some(one => spans.some(span => overlaps(one, span)));
}

/** Whether two annotations are the same but for what they are about. */
export function saysTheSame(a: Annotation, b: Annotation): boolean {
	const said = ({ id: _, target: __, ...rest }: Annotation): JsonObject => compact(rest);
	return equals(said(a), said(b));
}

/**
 * Which of some annotations, that were beside an article once, are in its text now. One whose words were edited there since, or what
 * is said of them, is there still.
 *
 * @returns their identities
 */
export async function findInText(
	annotations: readonly Annotation[],
	{ inline, threads }: ArticleNotes,
	options: AnchoringOptions,
): Promise<ReadonlySet<string>> {
	if (annotations.length === 0) return new Set();
	const all = annotations.map((annotation): SidecarAnnotation => ({ annotation, span: span(0, 0) }));
	const anchored = await anchorNotes(inline.article, readThreads({ annotations: all }), options);
	const places = new Map(anchored?.map(({ id, anchor }) => [id, anchor]));
	const inText = [...threads.values()].map(thread => ({ thread, annotations: annotationsOf(thread, inline) }));
	const isLike = (one: Annotation, other: Annotation): boolean => one.id === other.id || saysTheSame(one, other);
	/** The thread that a note is in the text. */
	const threadOf = (annotation: Annotation): (typeof inText)[number] | undefined =>
		inText.find(({ thread, annotations: [root] }) => {
			if (!isLike(root, annotation)) return false;
			if (root.id === annotation.id && root.id !== thread.id) return true;
			const place = places.get(annotation.id);
			// A mere mark that is somewhere else says nothing by which it would be known.
			return place && place.spans.length > 0 ? isAt(thread, inline, place) : root.body !== undefined;
		});
	const known = new Map(annotations.map(annotation => [annotation.id, annotation]));
	const isThere = (annotation: Annotation): boolean => {
		const parent = targetsOf(annotation)[0]?.source;
		if (!motivationsOf(annotation).includes('replying') || parent === undefined)
			return threadOf(annotation) !== undefined;
		const root = known.get(parent);
		const found = root ? threadOf(root) : inText.find(one => one.annotations[0].id === parent);
		return found?.annotations.some((one, index) => index > 0 && isLike(one, annotation)) === true;
	};
	return new Set(annotations.filter(isThere).map(({ id }) => id));
}
