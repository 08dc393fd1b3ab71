import { overlaps, span } from '../article/span.ts';
import { type AnchoringOptions, anchorNotes } from './anchorNotes.ts';
import { annotationsOf, findInlineThreads, type InlineSource, type InlineThread, noteOf } from './inlineThreads.ts';
import { compact, equals, type JsonObject } from './json.ts';
import { type Annotation, motivationsOf, targetsOf } from './model.ts';
import type { Note, NoteAnchor } from './note.ts';
import type { SidecarAnnotation } from './sidecar.ts';
import type { SidecarFile } from './sidecarFiles.ts';
import { readThreads } from './threads.ts';
import { uuidOf } from './uuid.ts';

/** All notes of one article. */
export interface ArticleNotes {
	/** The article, with what is needed to read its inline notes. */
	readonly inline: InlineSource;
	readonly sidecar: SidecarFile | undefined;
	/** All notes in text order; notes without a place come last. */
	readonly notes: readonly Note[];
	/** The thread in the text of each inline note. */
	readonly threads: ReadonlyMap<Note, InlineThread>;
	/** Ids of annotations that are in both the sidecar and the text. The inline one is shown. */
	readonly inBoth: ReadonlySet<string>;
}

/** Returns the inline notes only. */
export function notesInText(inline: InlineSource): ArticleNotes {
	return notesOf(findInlineThreads(inline), inline);
}

function notesOf(found: readonly InlineThread[], inline: InlineSource): ArticleNotes {
	const threads = new Map(found.map(thread => [noteOf(thread, inline), thread]));
	return { inline, sidecar: undefined, notes: [...threads.keys()], threads, inBoth: new Set() };
}

/**
 * Finds the notes in the text and in the sidecar. A note that is in both, as while it is being moved, is shown inline.
 *
 * @returns `undefined` when cancelled
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
 * Gives a new id to each thread whose id equals that of a sidecar note only because both are on the same words. A thread is the same
 * note if it is at the same place and has the same content, as while a note is being moved.
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
			return !other || hasSameContent(annotation, other);
		});
	const own = new Set(same.filter(isSame));
	return threads.map(thread => (own.has(thread) ? thread : renamed(thread, id => beside.has(id))));
}

/** Returns a thread with an id that is not taken. */
export function renamed(thread: InlineThread, isTaken: (id: string) => boolean): InlineThread {
	let { id } = thread;
	while (isTaken(id)) id = `urn:uuid:${uuidOf(`not ${id}`)}`;
	return id === thread.id ? thread : { ...thread, id };
}

/** Returns the ids of all inline notes and of their replies. */
export function identitiesInText({ threads }: ArticleNotes): ReadonlySet<string> {
	return new Set([...threads.keys()].flatMap(({ id, replies }) => [id, ...replies.map(reply => reply.id)]));
}

/** Whether a thread is at the place of a note. Always true for a thread on an empty part. */
function isAt({ part }: InlineThread, { article }: InlineSource, place: NoteAnchor | undefined): boolean {
	if (part.start === part.end) return true;
	const spans = article.content.toSpans(part);
	return (place?.spans ?? []).some(one => spans.some(span => overlaps(one, span)));
}

/** Whether two annotations are equal apart from their id and target. */
export function hasSameContent(a: Annotation, b: Annotation): boolean {
	const comparable = ({ id: _, target: __, ...rest }: Annotation): JsonObject => compact(rest);
	return equals(comparable(a), comparable(b));
}

/**
 * Finds which annotations that used to be in a sidecar are now in the text. An annotation still counts if its words or its comment were
 * edited there since.
 *
 * @returns their ids
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
	const isLike = (one: Annotation, other: Annotation): boolean => one.id === other.id || hasSameContent(one, other);
	/** Returns the thread of an annotation that is now inline. */
	const threadOf = (annotation: Annotation): (typeof inText)[number] | undefined =>
		inText.find(({ thread, annotations: [root] }) => {
			if (!isLike(root, annotation)) return false;
			if (root.id === annotation.id && root.id !== thread.id) return true;
			const place = places.get(annotation.id);
			// A bare mark in another place has no content to recognise it by.
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
