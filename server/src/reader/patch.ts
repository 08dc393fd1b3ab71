import type { KeptBlock, ReaderAnswer, ReaderBlock, ReaderNote, ReaderView } from '../protocol/reader.ts';
import { append } from '../util/groups.ts';
import type { DrawnView } from './view.ts';

/** What was last sent to a reader, as needed to find changes. */
export interface Sent {
	readonly version: number;
	readonly blocks: readonly SentBlock[];
	readonly head: string;
	readonly contents: string;
	readonly folds: string;
	readonly notes: string;
	readonly nextId: number;
}

interface SentBlock {
	readonly id: number;
	readonly start: number;
	/** Its serialised content. */
	readonly key: string;
}

/**
 * Returns what to send to a reader: the whole view, or a patch to what it has.
 *
 * @param previous what was last sent, if the reader still has it
 */
export function answerFor(
	drawn: DrawnView,
	version: number,
	previous: Sent | undefined,
): { readonly answer: ReaderAnswer; readonly sent: Sent } {
	const keys = drawn.blocks.map(({ content, length, segments }) => JSON.stringify([length, content, segments]));
	const { ids, nextId } = nameBlocks(keys, previous);
	const blocks = drawn.blocks.map((block, at): ReaderBlock => ({ id: ids[at] as number, ...block }));
	const named = <T extends { readonly block: number }>(items: readonly T[]): readonly T[] =>
		items.map(item => ({ ...item, block: ids[item.block] as number }));
	const view: ReaderView = {
		version,
		head: drawn.head,
		contents: named(drawn.contents),
		blocks,
		folds: drawn.folds.map(fold => ({ ...fold, first: ids[fold.first] as number, last: ids[fold.last] as number })),
		notes: named<ReaderNote>(drawn.notes),
	};
	const sent: Sent = {
		version,
		blocks: blocks.map(({ id, start }, at) => ({ id, start, key: keys[at] as string })),
		head: JSON.stringify(view.head),
		contents: JSON.stringify(view.contents),
		folds: JSON.stringify(view.folds),
		notes: JSON.stringify(view.notes),
		nextId,
	};
	if (!previous) return { answer: { kind: 'view', view }, sent };
	const { at, remove, count, shift } = findChange(previous.blocks, sent.blocks);
	const known = new Map(previous.blocks.map(({ id, key }) => [id, key]));
	const insert = sent.blocks
		.slice(at, at + count)
		.map(({ id, start, key }, index): ReaderBlock | KeptBlock =>
			known.get(id) === key ? { id, start } : (blocks[at + index] as ReaderBlock),
		);
	return {
		answer: {
			kind: 'patch',
			patch: {
				from: previous.version,
				version,
				...(sent.head === previous.head ? {} : { head: view.head }),
				...(sent.contents === previous.contents ? {} : { contents: view.contents }),
				...(sent.folds === previous.folds ? {} : { folds: view.folds }),
				...(sent.notes === previous.notes ? {} : { notes: view.notes }),
				at,
				remove,
				insert,
				shift,
			},
		},
		sent,
	};
}

/** Gives each block the id of a previous block with the same content, else of one that it replaces, else a new id. */
function nameBlocks(
	keys: readonly string[],
	previous: Sent | undefined,
): { readonly ids: readonly number[]; readonly nextId: number } {
	const before = previous?.blocks ?? [];
	let nextId = previous?.nextId ?? 1;
	let start = 0;
	while (start < keys.length && start < before.length && keys[start] === before[start]?.key) start++;
	let tail = 0;
	while (
		tail < Math.min(keys.length, before.length) - start &&
		keys[keys.length - 1 - tail] === before[before.length - 1 - tail]?.key
	)
		tail++;
	const between = before.slice(start, before.length - tail);
	const byKey = new Map<string, number[]>();
	for (const { id, key } of between.toReversed()) append(byKey, key, id);
	const middle = keys.slice(start, keys.length - tail).map(key => byKey.get(key)?.pop());
	const used = new Set(middle);
	const free = between.map(({ id }) => id).filter(id => !used.has(id));
	return {
		ids: [
			...before.slice(0, start).map(({ id }) => id),
			...middle.map(id => id ?? free.shift() ?? nextId++),
			...before.slice(before.length - tail).map(({ id }) => id),
		],
		nextId,
	};
}

/** Finds the range of changed blocks. Blocks before it are unchanged, and those after it are only moved, all by the same distance. */
function findChange(
	before: readonly SentBlock[],
	after: readonly SentBlock[],
): { readonly at: number; readonly remove: number; readonly count: number; readonly shift: number } {
	const isSame = (a: SentBlock | undefined, b: SentBlock | undefined, shift: number): boolean =>
		a !== undefined && b !== undefined && a.id === b.id && a.key === b.key && a.start + shift === b.start;
	let at = 0;
	while (isSame(before[at], after[at], 0)) at++;
	const shift = (after.at(-1)?.start ?? 0) - (before.at(-1)?.start ?? 0);
	let tail = 0;
	while (
		tail < Math.min(before.length, after.length) - at &&
		isSame(before[before.length - 1 - tail], after[after.length - 1 - tail], shift)
	)
		tail++;
	return { at, remove: before.length - at - tail, count: after.length - at - tail, shift };
}
