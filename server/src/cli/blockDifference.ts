import { diffArrays } from 'diff';
import type { DifferencePart } from '../protocol/annotations.ts';

/** A line of either text, or one of each that correspond, with what is in both, only in the old or only in the new one. */
export interface ComparedLine {
	readonly parts: readonly DifferencePart[];
	/** Index of the line in the old text; `undefined` if it was added. */
	readonly old: number | undefined;
	/** Index of the line in the new text; `undefined` if it was removed. */
	readonly new: number | undefined;
}

/**
 * Limits of the time that very different texts take: how many edits of lines and of words are searched for, and how many
 * pairs of lines are compared. Beyond them, lines or words are shown as replaced, which is what readers would see anyway.
 */
const MAX_LINE_EDITS = 2_000;
const MAX_WORD_EDITS = 1_000;
const MAX_LINE_PAIRS = 250_000;

/** Lines that have less than this share of their words in common are not versions of each other. */
const LEAST_RESEMBLANCE = 0.4;

const WORDS = new Intl.Segmenter(undefined, { granularity: 'word' });

/** Compares two texts line by line, and the lines that correspond word by word. Removed lines come before added ones. */
export function compareLines(before: readonly string[], after: readonly string[]): readonly ComparedLine[] {
	const compared: ComparedLine[] = [];
	let [oldLine, newLine] = [0, 0];
	for (const { removed, added, same } of changesOf(before, after, MAX_LINE_EDITS)) {
		for (const [oldIndex, newIndex] of pairLines(removed, added)) {
			const old = oldIndex === undefined ? undefined : removed[oldIndex];
			const now = newIndex === undefined ? undefined : added[newIndex];
			compared.push({
				parts: compareWords(old, now),
				old: oldIndex === undefined ? undefined : oldLine + oldIndex,
				new: newIndex === undefined ? undefined : newLine + newIndex,
			});
		}
		oldLine += removed.length;
		newLine += added.length;
		for (const text of same) compared.push({ parts: [{ kind: 'same', text }], old: oldLine++, new: newLine++ });
	}
	return compared;
}

/** A place where two sequences differ, and what is the same after it. */
interface Change {
	readonly removed: readonly string[];
	readonly added: readonly string[];
	readonly same: readonly string[];
}

function changesOf(before: readonly string[], after: readonly string[], maxEditLength: number): readonly Change[] {
	const found = diffArrays([...before], [...after], { maxEditLength });
	if (!found) return [{ removed: before, added: after, same: [] }];
	const changes: Change[] = [];
	let [removed, added]: [readonly string[], readonly string[]] = [[], []];
	for (const part of found) {
		if (part.removed) removed = part.value;
		else if (part.added) added = part.value;
		else {
			changes.push({ removed, added, same: part.value });
			[removed, added] = [[], []];
		}
	}
	return [...changes, { removed, added, same: [] }];
}

type Pair = readonly [old: number | undefined, now: number | undefined];

/** Pairs removed and added lines that are versions of each other, in order, so that they have most words in common. */
function pairLines(removed: readonly string[], added: readonly string[]): readonly Pair[] {
	const [rows, columns] = [removed.length, added.length];
	const alone: readonly Pair[] = [
		...removed.map((_, index): Pair => [index, undefined]),
		...added.map((_, index): Pair => [undefined, index]),
	];
	if (rows === 0 || columns === 0 || rows * columns > MAX_LINE_PAIRS) return alone;
	const [olds, news] = [removed.map(countWords), added.map(countWords)];
	// best[row][column]: the greatest sum of resemblances of pairs from these lines on.
	const best = Array.from({ length: rows + 1 }, () => new Float64Array(columns + 1));
	const at = (row: number, column: number): number => best[row]?.[column] ?? 0;
	const resemblances = olds.map(old => Float64Array.from(news, now => resemblance(old, now)));
	const paired = (row: number, column: number): number => {
		const value = resemblances[row]?.[column] ?? 0;
		return value < LEAST_RESEMBLANCE ? 0 : value + at(row + 1, column + 1);
	};
	for (let row = rows - 1; row >= 0; row--) {
		for (let column = columns - 1; column >= 0; column--) {
			const values = best[row];
			if (values) values[column] = Math.max(at(row + 1, column), at(row, column + 1), paired(row, column));
		}
	}
	const pairs: Pair[] = [];
	let [row, column] = [0, 0];
	while (row < rows && column < columns) {
		const value = at(row, column);
		if (value > 0 && value === paired(row, column)) pairs.push([row++, column++]);
		else if (value === at(row + 1, column)) pairs.push([row++, undefined]);
		else pairs.push([undefined, column++]);
	}
	while (row < rows) pairs.push([row++, undefined]);
	while (column < columns) pairs.push([undefined, column++]);
	return pairs;
}

interface WordCounts {
	readonly counts: ReadonlyMap<string, number>;
	readonly total: number;
}

/** Counts the words of a line without its tags; those of its tags if it has no others. */
function countWords(line: string): WordCounts {
	const counts = new Map<string, number>();
	let total = 0;
	for (const text of [line.replace(/<[^<>]*>/g, ' '), line]) {
		for (const { segment, isWordLike } of WORDS.segment(text)) {
			if (!isWordLike) continue;
			counts.set(segment, (counts.get(segment) ?? 0) + 1);
			total++;
		}
		if (total > 0) break;
	}
	return { counts, total };
}

/** The share of words that two lines have in common, from 0 to 1. */
function resemblance(one: WordCounts, other: WordCounts): number {
	const total = one.total + other.total;
	// They cannot have more in common than the shorter one has.
	if (2 * Math.min(one.total, other.total) < LEAST_RESEMBLANCE * total || total === 0) return 0;
	let common = 0;
	for (const [word, count] of one.counts) common += Math.min(count, other.counts.get(word) ?? 0);
	return (2 * common) / total;
}

function compareWords(before: string | undefined, after: string | undefined): readonly DifferencePart[] {
	const parts: DifferencePart[] = [];
	const add = (kind: DifferencePart['kind'], text: string): void => {
		if (text !== '') parts.push({ kind, text });
	};
	let [removed, added] = ['', ''];
	const flush = (): void => {
		add('removed', removed);
		add('added', added);
		[removed, added] = ['', ''];
	};
	if (before === undefined || after === undefined) {
		[removed, added] = [before ?? '', after ?? ''];
	} else {
		const changes = changesOf(wordsOf(before), wordsOf(after), MAX_WORD_EDITS);
		for (const [index, change] of changes.entries()) {
			removed += change.removed.join('');
			added += change.added.join('');
			const same = change.same.join('');
			const next = changes[index + 1];
			// Words that changed on both sides of a space are one change.
			if (/^\s*$/.test(same) && removed + added !== '' && next && next.removed.length + next.added.length > 0) {
				removed += same;
				added += same;
			} else {
				flush();
				add('same', same);
			}
		}
	}
	flush();
	return parts;
}

function wordsOf(line: string): readonly string[] {
	return Array.from(WORDS.segment(line), ({ segment }) => segment);
}
