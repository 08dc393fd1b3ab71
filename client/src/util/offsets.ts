import type { TextDocumentChangeEvent } from 'vscode';

/** One change of a document: `length` UTF-16 units from `offset` on became `inserted` others. */
export interface Change {
	readonly offset: number;
	readonly length: number;
	readonly inserted: number;
}

/** A part of a text, from `start` up to `end`, in UTF-16 units. */
export interface OffsetRange {
	readonly start: number;
	readonly end: number;
}

/** How many versions are remembered: as many as a page can be behind. */
const MOST_VERSIONS = 100;

/** Follows places of a document through its changes. */
export interface Offsets {
	/** Takes over what led to a version. All changes of one version count from the text before it. */
	changed(version: number, changes: readonly Change[]): void;
	/** Where a place of an earlier version is now. */
	toPresent(version: number, offset: number): number;
}

/** Starts to follow a document. */
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

/** Where a place is after changes that all count from the same text. What was in a replaced part is at its start. */
export function shift(offset: number, changes: readonly Change[]): number {
	let place = offset;
	for (const change of changes) {
		if (change.offset + change.length <= offset) place += change.inserted - change.length;
		else if (change.offset < offset) place -= offset - change.offset;
	}
	return place;
}

/** Where a part of a text is after such changes. What is written right before or behind it is outside. */
export function shiftPart({ start, end }: OffsetRange, changes: readonly Change[]): OffsetRange {
	const from = shift(start, changes);
	const before = changes.filter(({ offset }) => offset < end);
	return { start: from, end: Math.max(from, shift(end, before)) };
}

/** A change without what it leaves as it was at either end, as much of a line that is read anew from a file. */
export function trimmed(before: string, offset: number, length: number, text: string): Change {
	const most = Math.min(length, text.length);
	let start = 0;
	while (start < most && before.charCodeAt(offset + start) === text.charCodeAt(start)) start++;
	let end = 0;
	while (end < most - start && before.charCodeAt(offset + length - end - 1) === text.charCodeAt(text.length - end - 1))
		end++;
	return { offset: offset + start, length: length - start - end, inserted: text.length - start - end };
}

/** The changes that VS Code tells of. */
export function changesOf({ contentChanges }: TextDocumentChangeEvent): readonly Change[] {
	return contentChanges.map(({ rangeOffset, rangeLength, text }) => ({
		offset: rangeOffset,
		length: rangeLength,
		inserted: text.length,
	}));
}
