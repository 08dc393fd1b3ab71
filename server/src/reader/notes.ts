import type { Note } from '../annotations/note.ts';
import type { Span } from '../article/span.ts';
import type { Remark } from '../protocol/annotations.ts';
import type { BlockContent, ReaderNote, ReaderRemark, Segment } from '../protocol/reader.ts';
import { append } from '../util/groups.ts';
import { firstIndex } from '../util/order.ts';
import { drawNoteText } from './noteText.ts';

/** The content of a block and its place in the source. */
export interface PlacedContent {
	readonly start: number;
	readonly length: number;
	readonly content: BlockContent;
}

/** A part of a block's text that a note is on. */
interface Part {
	readonly start: number;
	readonly end: number;
	readonly note: string;
}

/** Returns whether a note is on some part of a span, in logarithmic time. */
export function notedSpans(notes: readonly Note[]): (place: Span) => boolean {
	const spans = notes.flatMap(({ anchor }) => anchor.spans).sort((a, b) => a.start - b.start);
	/** The maximum end of each span and all before it. */
	const ends: number[] = [];
	for (const { end } of spans) ends.push(Math.max(ends.at(-1) ?? 0, end));
	return ({ start, end }) => {
		const before = firstIndex(spans.length, at => (spans[at]?.start ?? 0) >= end);
		return before > 0 && (ends[before - 1] ?? 0) > start;
	};
}

/** Assigns notes to blocks, and returns the segments of each block's text that notes are on. */
export function placeNotes(
	notes: readonly Note[],
	blocks: readonly PlacedContent[],
): { readonly notes: readonly ReaderNote[]; readonly segments: ReadonlyMap<number, readonly Segment[]> } {
	const order = blocks.map((_, at) => at).sort((a, b) => startOf(blocks, a) - startOf(blocks, b));
	const parts = new Map<number, Part[]>();
	const texts = new Map<number, BlockText>();
	const textOf = (index: number, block: PlacedContent): BlockText => {
		const known = texts.get(index) ?? readBlock(block);
		texts.set(index, known);
		return known;
	};
	const placed: ReaderNote[] = [];
	for (const note of notes) {
		let first: number | undefined;
		for (const { start, end } of note.anchor.spans) {
			for (let at = blockAt(blocks, order, start); at < order.length; at++) {
				const index = order[at] ?? -1;
				const block = blocks[index];
				if (!block || block.start >= end) break;
				const text = textOf(index, block);
				const [from, to] = [firstFrom(text, start), lastBefore(text, end)];
				if (from >= to) continue;
				first ??= index;
				append(parts, index, { start: from, end: to, note: note.id });
			}
		}
		if (!hasContent(note)) continue;
		const [place] = note.anchor.spans;
		if (first !== undefined) placed.push(drawNote(note, first));
		// The words of the note are hidden, or shown in another form.
		else if (place && blocks.length > 0)
			placed.push({ ...drawNote(note, order[blockAt(blocks, order, place.start)] ?? 0), unseen: true });
	}
	const segments = new Map([...parts].map(([block, all]) => [block, split(all)]));
	return { notes: placed.sort((a, b) => a.block - b.block), segments };
}

function startOf(blocks: readonly PlacedContent[], at: number): number {
	return blocks[at]?.start ?? 0;
}

/** Returns the index in `order` of the last block that starts at or before an offset; 0 if there is none. */
function blockAt(blocks: readonly PlacedContent[], order: readonly number[], offset: number): number {
	return Math.max(0, firstIndex(order.length, at => startOf(blocks, order[at] ?? -1) > offset) - 1);
}

/** The runs of a block, prepared for lookup by source offset. They may be out of source order, as after the parser repaired a table. */
interface BlockText {
	readonly start: number;
	readonly runs: readonly number[];
	/** The maximum source end of each run and all before it, and the minimum source start of each run and all after it. */
	readonly ends: Float64Array;
	readonly starts: Float64Array;
}

function readBlock({ start, content: { runs } }: PlacedContent): BlockText {
	const count = runs.length / 4;
	const ends = new Float64Array(count);
	const starts = new Float64Array(count);
	let [end, first] = [0, Number.POSITIVE_INFINITY];
	for (let run = 0; run < count; run++) {
		end = Math.max(end, (runs[run * 4 + 1] ?? 0) + (runs[run * 4 + 3] ?? 0));
		ends[run] = end;
	}
	for (let run = count - 1; run >= 0; run--) {
		first = Math.min(first, runs[run * 4 + 1] ?? 0);
		starts[run] = first;
	}
	return { start, runs, ends, starts };
}

/** Returns the offset of the first character of a block's text from a source offset on; infinity if there is none. */
function firstFrom({ start, runs, ends }: BlockText, source: number): number {
	const run = firstIndex(ends.length, at => (ends[at] ?? 0) > source - start);
	if (run === ends.length) return Number.POSITIVE_INFINITY;
	const [text = 0, from = 0, units = 0, length = 0] = runs.slice(run * 4, run * 4 + 4);
	const at = source - start - from;
	return text + (at <= 0 || units !== length ? 0 : at);
}

/** Returns the end of the last character of a block's text before a source offset; 0 if there is none. */
function lastBefore({ start, runs, starts }: BlockText, source: number): number {
	const run = firstIndex(starts.length, at => (starts[at] ?? 0) >= source - start) - 1;
	if (run < 0) return 0;
	const [text = 0, from = 0, units = 0, length = 0] = runs.slice(run * 4, run * 4 + 4);
	const at = source - start - from;
	return text + (at >= length || units !== length ? units : at);
}

/** Maximum number of notes listed for one segment; more would be too many to choose from. */
const MOST_NOTES = 50;

function some(notes: Iterable<string>): readonly string[] {
	const first: string[] = [];
	for (const note of notes) if (first.push(note) === MOST_NOTES) break;
	return first;
}

/** Splits overlapping parts into segments that do not overlap. */
function split(parts: readonly Part[]): readonly Segment[] {
	const edges = parts
		.flatMap(part => [
			{ offset: part.start, note: part.note, opens: true },
			{ offset: part.end, note: part.note, opens: false },
		])
		.sort((a, b) => a.offset - b.offset || Number(b.opens) - Number(a.opens));
	const segments: Segment[] = [];
	/** How many parts of each note are open. Adjacent parts are merged, since at one offset parts open before others close. */
	const open = new Map<string, number>();
	let last = 0;
	for (const { offset, note, opens } of edges) {
		if (offset > last && open.size > 0) segments.push({ start: last, end: offset, notes: some(open.keys()) });
		last = offset;
		const count = (open.get(note) ?? 0) + (opens ? 1 : -1);
		if (count > 0) open.set(note, count);
		else open.delete(note);
	}
	return segments;
}

/** Whether a note has content, beyond a mark or suggestion that is visible in the text. */
function hasContent({ text, tags, replies }: Note): boolean {
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
		...(text === '' ? {} : { said: drawNoteText(text) }),
		tags,
		...(creator ? { creator } : {}),
		...(created ? { created } : {}),
	};
}
