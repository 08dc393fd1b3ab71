import { type Article, difference } from '../article/article.ts';
import { type Span, span } from '../article/span.ts';
import type { Clock } from '../platform.ts';
import { firstIndex } from '../util/order.ts';
import type { AnchorResult as Place } from './anchor/anchor.ts';
import { anchorAll } from './anchor/anchorAll.ts';
import type { Selectors } from './anchor/selectors.ts';
import { createTextModel } from './anchor/textModel.ts';
import type { Note, NoteAnchor } from './note.ts';
import type { Aim, Unanchored } from './threads.ts';

/** Options for `anchorNotes`. */
export interface AnchoringOptions {
	readonly now: Clock;
	readonly token: { readonly isCancellationRequested: boolean };
	/** Anchors of the notes in the text, by id: a reply in the sidecar has the anchor of the inline note that it replies to. */
	readonly inText?: ReadonlyMap<string, NoteAnchor>;
	/** The notes of an earlier version of the article. They are expected where the edits since then have moved them. */
	readonly previous?: { readonly article: Article; readonly notes: readonly Note[] } | undefined;
}

/**
 * Anchors the notes of a sidecar in the current text of their article. Yields to other work regularly.
 *
 * @returns `undefined` when cancelled
 */
export async function anchorNotes(
	article: Article,
	notes: readonly Unanchored[],
	{ now, token, inText, previous }: AnchoringOptions,
): Promise<readonly Note[] | undefined> {
	const expected = expectedPlaces(article, previous);
	const quoted = notes.flatMap(({ id, aim: { quote, position } }) =>
		quote ? [{ id, selectors: { quote, position, expected: expected?.(id) } satisfies Selectors }] : [],
	);
	const pause = (): Promise<void> => new Promise(resolve => setTimeout(resolve));
	const model = createTextModel(article.content.value);
	const places = await anchorAll(
		model,
		quoted.map(({ selectors }) => selectors),
		{ now, token, pause },
	);
	if (!places) return undefined;
	const found = new Map(quoted.map(({ id }, index) => [id, places[index]]));
	return notes.map(({ aim, ...note }) => {
		const place = found.get(note.id);
		return {
			...note,
			suggestion: undefined,
			anchor: place ? anchorAt(article, place) : anchorWithout(article, aim, inText),
		};
	});
}

/** Returns where each note should be after the edits since an earlier version: an offset in the content, by note id. */
function expectedPlaces(
	{ content }: Article,
	previous: AnchoringOptions['previous'],
): ((id: string) => number | undefined) | undefined {
	if (!previous) return undefined;
	const before = previous.article.content;
	const { start, oldEnd, newEnd } = difference(before.value, content.value);
	const moved = throughSpaces(before.value.slice(start, oldEnd), content.value.slice(start, newEnd));
	const places = new Map(previous.notes.map(({ id, anchor: { spans } }) => [id, spans[0]]));
	return id => {
		const place = places.get(id);
		const offset = place && before.toContent(place.start);
		if (offset === undefined || offset <= start) return offset;
		return moved && offset < oldEnd ? start + moved(offset - start) : Math.max(start, offset + newEnd - oldEnd);
	};
}

/** Splits a text at white space: where each piece starts, and how many non-space characters precede it. */
function piecesOf(text: string): readonly { readonly start: number; readonly before: number }[] {
	let before = 0;
	return [...text.matchAll(/\S+/g)].map(({ index: start, 0: piece }) => {
		before += piece.length;
		return { start, before: before - piece.length };
	});
}

/**
 * Maps offsets between two texts that differ only in white space, as after an article was expanded.
 *
 * @returns `undefined` if they differ in anything else
 */
function throughSpaces(text: string, other: string): ((offset: number) => number) | undefined {
	if (text.replace(/\s+/g, '') !== other.replace(/\s+/g, '')) return undefined;
	const [from, to] = [piecesOf(text), piecesOf(other)];
	return offset => {
		const piece = from[firstIndex(from.length, index => (from[index]?.start ?? 0) > offset) - 1];
		const count = piece ? piece.before + offset - piece.start : 0;
		const target = to[firstIndex(to.length, index => (to[index]?.before ?? 0) > count) - 1];
		return target ? target.start + count - target.before : offset;
	};
}

/** Converts a place in the content to an anchor in the article. */
function anchorAt({ content }: Article, place: Place): NoteAnchor {
	const spansOf = (part: Span): NoteAnchor['spans'] => content.toSpans(part);
	const { state, reason, score, margin } = place;
	if (state === 'orphan') return { state, reason, spans: [], score, margin };
	if (state === 'ambiguous') {
		return { state, reason, spans: [], candidates: place.candidates.map(({ span }) => spansOf(span)), score, margin };
	}
	const anchor = { state, reason, spans: spansOf(place.span), score, margin };
	return state === 'changed' ? { ...anchor, text: content.value.slice(place.span.start, place.span.end) } : anchor;
}

/** Returns the anchor of a note without a quote. */
function anchorWithout(
	article: Article,
	{ position, replyTo, isElsewhere }: Aim,
	inText: AnchoringOptions['inText'],
): NoteAnchor {
	if (replyTo !== undefined) {
		const place = inText?.get(replyTo);
		return place
			? { ...place, reason: 'The note is a reply to one in the text' }
			: orphan('The note that this one replies to is not in the sidecar file');
	}
	if (isElsewhere) return orphan('The target of the note has no supported selector');
	if (position) return orphan('The note has a position but no quote, so its words cannot be found');
	const title = article.title?.span ?? article.header.titleLine ?? span(0, 0);
	return { state: 'exact', reason: 'The note is on the whole article', spans: [title] };
}

function orphan(reason: string): NoteAnchor {
	return { state: 'orphan', reason, spans: [] };
}
