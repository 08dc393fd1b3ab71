import type { TextDocumentChangeEvent } from 'vscode';

/** One change of a document: `length` UTF-16 code units at `offset` were replaced with `inserted` others. */
export interface Change {
	readonly offset: number;
	readonly length: number;
	readonly inserted: number;
}

/** A half-open range of offsets, in UTF-16 code units. */
export interface OffsetRange {
	readonly start: number;
	readonly end: number;
}

/** The maximum number of versions kept. A page cannot lag behind further. */
const MOST_VERSIONS = 100;

/** Maps offsets in earlier versions of a document to the current version. */
export interface Offsets {
	/** Records the changes that produced a version. Their offsets all refer to the text before it. */
	changed(version: number, changes: readonly Change[]): void;
	/** Returns the current position of an offset in an earlier version. */
	toPresent(version: number, offset: number): number;
}

/** Starts tracking a document. */
export function followOffsets(): Offsets {
	const versions: { readonly version: number; readonly changes: readonly Change[] }[] = [];
	return {
		changed(version, changes) {
			versions.push({ version, changes });
			if (versions.length > MOST_VERSIONS) versions.shift();
		},
		toPresent(version, offset) {
			let place = offset;
			for (const later of versions) if (later.version > version) place = shift(place, later.changes);
			return place;
		},
	};
}

/** Returns where an offset is after changes whose offsets all refer to the same text. Offsets in replaced text move to its start. */
export function shift(offset: number, changes: readonly Change[]): number {
	let place = offset;
	for (const change of changes) {
		if (change.offset + change.length <= offset) place += change.inserted - change.length;
		else if (change.offset < offset) place -= offset - change.offset;
	}
	return place;
}

/** Returns where a range is after such changes. Text inserted at either boundary stays outside. */
export function shiftPart({ start, end }: OffsetRange, changes: readonly Change[]): OffsetRange {
	const from = shift(start, changes);
	const before = changes.filter(({ offset }) => offset < end);
	return { start: from, end: Math.max(from, shift(end, before)) };
}

/** Returns a change without the common prefix and suffix of old and new text, as when a file is reloaded from disk. */
export function trimmed(before: string, offset: number, length: number, text: string): Change {
	const most = Math.min(length, text.length);
	let start = 0;
	while (start < most && before.charCodeAt(offset + start) === text.charCodeAt(start)) start++;
	let end = 0;
	while (end < most - start && before.charCodeAt(offset + length - end - 1) === text.charCodeAt(text.length - end - 1))
		end++;
	return { offset: offset + start, length: length - start - end, inserted: text.length - start - end };
}

/** Converts the changes of a VS Code event. */
export function changesOf({ contentChanges }: TextDocumentChangeEvent): readonly Change[] {
	return contentChanges.map(({ rangeOffset, rangeLength, text }) => ({
		offset: rangeOffset,
		length: rangeLength,
		inserted: text.length,
	}));
}
