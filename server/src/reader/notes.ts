import type { Note, Remark } from '../annotations/note.ts';
import { append } from './append.ts';
import type { BlockContent, ReaderNote, ReaderRemark, Segment } from './protocol.ts';
import { drawSaid } from './said.ts';

/** What a block shows, and its place in the source. */
export interface PlacedContent {
	readonly start: number;
	readonly length: number;
	readonly content: BlockContent;
}

/** A part of a block's text that one note is about. */
interface Part {
	readonly start: number;
	readonly end: number;
	readonly note: string;
}

/** The notes that can be shown beside some blocks, and the segments of each block's text that they are about. */
export function placeNotes(
	notes: readonly Note[],
	blocks: readonly PlacedContent[],
): { readonly notes: readonly ReaderNote[]; readonly segments: ReadonlyMap<number, readonly Segment[]> } {
	const order = blocks.map((_, at) => at).sort((a, b) => startOf(blocks, a) - startOf(blocks, b));
	const parts = new Map<number, Part[]>();
	const placed: ReaderNote[] = [];
	for (const note of notes) {
		let first: number | undefined;
		for (const { start, end } of note.anchor.spans) {
			for (let at = lastBefore(blocks, order, start); at < order.length; at++) {
				const index = order[at] ?? -1;
				const block = blocks[index];
				if (!block || block.start >= end) break;
				const [from, to] = [textOffset(block, start, 'start'), textOffset(block, end, 'end')];
				if (from >= to) continue;
				first ??= index;
				append(parts, index, { start: from, end: to, note: note.id });
			}
		}
		if (!saysSomething(note)) continue;
		const [place] = note.anchor.spans;
		if (first !== undefined) placed.push(drawNote(note, first));
		// The page hides what it is about, or shows it in another form.
		else if (place && blocks.length > 0)
			placed.push({ ...drawNote(note, order[lastBefore(blocks, order, place.start)] ?? 0), unseen: true });
	}
	const segments = new Map([...parts].map(([block, all]) => [block, split(all)]));
	return { notes: placed.sort((a, b) => a.block - b.block), segments };
}

function startOf(blocks: readonly PlacedContent[], at: number): number {
	return blocks[at]?.start ?? 0;
}

/** The place in `order` of the last block that starts at or before an offset; 0 where none does. */
function lastBefore(blocks: readonly PlacedContent[], order: readonly number[], offset: number): number {
	let [low, high] = [0, order.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if (startOf(blocks, order[middle] ?? -1) <= offset) low = middle + 1;
		else high = middle;
	}
	return Math.max(0, low - 1);
}

/** Where a place in the source stands in the text of a block: the first character from there on, or the last one before. */
function textOffset({ start, content: { runs } }: PlacedContent, source: number, side: 'start' | 'end'): number {
	let found = side === 'start' ? Number.POSITIVE_INFINITY : 0;
	for (let run = 0; run < runs.length; run += 4) {
		const [text = 0, from = 0, units = 0, length = 0] = runs.slice(run, run + 4);
		const at = source - start - from;
		if (side === 'start' && at < length) found = Math.min(found, text + (at <= 0 || units !== length ? 0 : at));
		if (side === 'end' && at > 0) found = Math.max(found, text + (at >= length || units !== length ? units : at));
	}
	return found;
}

/** Cuts parts that overlap into segments that do not. */
function split(parts: readonly Part[]): readonly Segment[] {
	const edges = parts
		.flatMap(part => [
			{ offset: part.start, note: part.note, opens: true },
			{ offset: part.end, note: part.note, opens: false },
		])
		.sort((a, b) => a.offset - b.offset || Number(b.opens) - Number(a.opens));
	const segments: Segment[] = [];
	/** How many parts of each note are open. Those that touch are one, since what opens somewhere comes before what closes there. */
	const open = new Map<string, number>();
	let last = 0;
	for (const { offset, note, opens } of edges) {
		if (offset > last && open.size > 0) segments.push({ start: last, end: offset, notes: [...open.keys()] });
		last = offset;
		const count = (open.get(note) ?? 0) + (opens ? 1 : -1);
		if (count > 0) open.set(note, count);
		else open.delete(note);
	}
	return segments;
}

/** Whether a note is more than a mark, or a suggestion that is seen in the text. */
function saysSomething({ text, tags, replies }: Note): boolean {
	return text !== '' || tags.length > 0 || replies.length > 0;
}

function drawNote({ id, kind, resolved, suggestion, replies, anchor, ...remark }: Note, block: number): ReaderNote {
	return {
		...drawRemark(remark),
		id,
		block,
		kind,
		resolved,
		...(suggestion ? { suggestion } : {}),
		...(anchor.state === 'exact' || anchor.state === 'moved' ? {} : { doubt: anchor.reason }),
		replies: replies.map(drawRemark),
	};
}

function drawRemark({
	text,
	tags,
	creator,
	created,
}: Pick<Remark, 'text' | 'tags' | 'creator' | 'created'>): ReaderRemark {
	return {
		...(text === '' ? {} : { said: drawSaid(text) }),
		tags,
		...(creator ? { creator } : {}),
		...(created ? { created } : {}),
	};
}
