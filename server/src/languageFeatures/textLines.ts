import type { Position } from 'vscode-languageserver';
import { firstIndex } from '../util/order.ts';

/** Converts between offsets and LSP positions. */
export interface Lines {
	/** Returns the position of an offset, which is clamped to the text; before the line ending if it is inside or after it. */
	positionAt(offset: number): Position;
	/** Returns the offset of a position, which is clamped to its line, before the line ending. */
	offsetAt(position: Position): number;
}

/**
 * Returns the lines of a text, as `TextDocument` of vscode-languageserver-textdocument has them. That looks at each
 * character, which for an article on one line costs a good part of what an edit costs; searching for line endings does not.
 */
export function textLinesOf(text: string): Lines {
	let found: readonly number[] | undefined;
	const starts = (): readonly number[] => {
		found ??= lineStarts(text);
		return found;
	};
	/** Returns the offset, or the end of its line if a line ending is before it. */
	const beforeEnding = (offset: number, lineStart: number): number => {
		let before = offset;
		while (before > lineStart && isLineEnding(text.charCodeAt(before - 1))) before--;
		return before;
	};
	return {
		positionAt(offset) {
			const clamped = Math.max(Math.min(offset, text.length), 0);
			const all = starts();
			const line = firstIndex(all.length, at => (all[at] ?? 0) > clamped) - 1;
			const start = all[line] ?? 0;
			return { line, character: beforeEnding(clamped, start) - start };
		},
		offsetAt({ line, character }) {
			const all = starts();
			if (line >= all.length) return text.length;
			const start = line < 0 ? 0 : (all[line] ?? 0);
			if (line < 0 || character <= 0) return start;
			return beforeEnding(Math.min(start + character, all[line + 1] ?? text.length), start);
		},
	};
}

/** Returns the offsets at which lines start: after each LF, CR or CR LF. */
function lineStarts(text: string): readonly number[] {
	const starts = [0];
	let lineFeed = text.indexOf('\n');
	let carriageReturn = text.indexOf('\r');
	while (lineFeed !== -1 || carriageReturn !== -1) {
		if (carriageReturn === -1 || (lineFeed !== -1 && lineFeed < carriageReturn)) {
			starts.push(lineFeed + 1);
			lineFeed = text.indexOf('\n', lineFeed + 1);
		} else {
			// The line feed after it ends the same line.
			if (lineFeed !== carriageReturn + 1) starts.push(carriageReturn + 1);
			carriageReturn = text.indexOf('\r', carriageReturn + 1);
		}
	}
	return starts;
}

function isLineEnding(unit: number): boolean {
	return unit === 10 || unit === 13;
}
