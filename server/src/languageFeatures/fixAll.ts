import { parseDocument } from '../article/article.ts';
import { remainsIn } from '../article/conflictMarkers.ts';
import type { TextEdit } from '../article/edits.ts';
import { pushAll } from '../article/lists.ts';
import { applyToPieces, type Piece, toEdits } from '../article/pieces.ts';
import { overlaps, type Span, span } from '../article/span.ts';
import type { Problem } from '../rules/check.ts';
import type { Fix } from '../rules/rule.ts';
import { append } from '../util/groups.ts';

/** Maximum number of rounds: a fix may reveal further problems, and two fixes may undo each other. */
const ROUNDS = 25;

/** The result of fixing a text. */
export interface Fixed {
	readonly text: string;
	/** Edits of the original text that produce `text`, sorted and non-overlapping. */
	readonly edits: readonly TextEdit[];
	/** The number of fixed problems. */
	readonly count: number;
}

/**
 * Applies the preferred fixes of a text repeatedly until none is left. If two fixes overlap, the first is applied; the other
 * follows in the next round if it is still needed. A text with merge conflicts is not changed.
 *
 * @param check returns the problems of a text, in text order
 */
export async function fixAll(text: string, check: (text: string) => Promise<readonly Problem[]>): Promise<Fixed> {
	const parsed = parseDocument(text);
	if (parsed.conflicts.length > 0 || remainsIn(parsed).length > 0) return { text, edits: [], count: 0 };
	let current = text;
	let pieces: readonly Piece[] = [span(0, text.length)];
	let count = 0;
	for (let round = 0; round < ROUNDS; round++) {
		const chosen = chooseFixes(current, await check(current));
		if (chosen.count === 0) break;
		pieces = applyToPieces(pieces, chosen.edits);
		current = pieces.map(piece => (typeof piece === 'string' ? piece : text.slice(piece.start, piece.end))).join('');
		count += chosen.count;
	}
	return { text: current, edits: toEdits(text, pieces), count };
}

/** Returns the sorted edits of the fixes that can be applied together, one of each problem, and their number. */
export function chooseFixes(
	text: string,
	problems: readonly Problem[],
	isChosen: (fix: Fix) => boolean = ({ preferred }) => preferred,
): { readonly edits: readonly TextEdit[]; readonly count: number } {
	const taken = new Places();
	const edits: TextEdit[] = [];
	let count = 0;
	for (const { fixes } of problems) {
		const fix = fixes?.().find(isChosen);
		if (!fix?.edits.every(edit => taken.isFree(edit.span))) continue;
		if (fix.edits.every(edit => text.slice(edit.span.start, edit.span.end) === edit.newText)) continue;
		for (const edit of fix.edits) taken.take(edit.span);
		pushAll(edits, fix.edits);
		count++;
	}
	return { edits: edits.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end), count };
}

/** A set of non-overlapping spans, indexed by fixed-size blocks of the text. */
class Places {
	readonly #blocks = new Map<number, Span[]>();

	isFree(place: Span): boolean {
		for (let block = blockOf(place.start) - 1; block <= blockOf(place.end) + 1; block++) {
			if (this.#blocks.get(block)?.some(other => overlaps(place, other))) return false;
		}
		return true;
	}

	take(place: Span): void {
		for (let block = blockOf(place.start); block <= blockOf(place.end); block++) {
			append(this.#blocks, block, place);
		}
	}
}

function blockOf(offset: number): number {
	return Math.floor(offset / 64);
}
