import type { Span } from '../../article/span.ts';
import { type AnchorOptions, type AnchorResult, anchor } from './anchor.ts';
import type { Position, Selectors } from './selectors.ts';
import type { TextModel } from './textModel.ts';

/** What the search for all quotes of an article may cost; `budget` is for each of them. */
export interface AnchorAllOptions extends AnchorOptions {
	/** Lets others have their turn. It is asked for whenever the search went on for more than a few milliseconds. */
	readonly pause: () => Promise<void>;
	readonly token: { readonly isCancellationRequested: boolean };
}

/** Milliseconds of work between two pauses. */
const SLICE_MS = 8;

/** Where a quote was when it was noted, and where it is; in code points. */
interface Found {
	readonly before: Position;
	readonly now: Position;
}

/**
 * Says where the quotes of an article stand, in their order. Those that were found tell how far the text around them moved, and so
 * where the others should be: that finds many that are not certain by themselves.
 *
 * @returns `undefined` once it is cancelled
 */
export async function anchorAll(
	model: TextModel,
	all: readonly Selectors[],
	options: AnchorAllOptions,
): Promise<readonly AnchorResult[] | undefined> {
	let sliceEnd = options.now() + SLICE_MS;
	const rest = async (): Promise<boolean> => {
		if (options.now() >= sliceEnd) {
			await options.pause();
			sliceEnd = options.now() + SLICE_MS;
		}
		return options.token.isCancellationRequested;
	};
	const anchors: AnchorResult[] = [];
	for (const selectors of all) {
		if (await rest()) return undefined;
		anchors.push(anchor(model, selectors, options));
	}
	const known = foundQuotes(model, all, anchors);
	for (const [index, selectors] of all.entries()) {
		const { position } = selectors;
		if (!position || isFound(anchors[index])) continue;
		for (const by of shiftsAround(known, position)) {
			if (await rest()) return undefined;
			const expected = model.fromCodePoint(position.start + by);
			const found = anchor(model, { ...selectors, expected }, options);
			if (!('span' in found) || !isInOrder(known, position, pointsOf(model, found.span))) continue;
			anchors[index] = found;
			break;
		}
	}
	return anchors;
}

function isFound(anchor: AnchorResult | undefined): boolean {
	return anchor !== undefined && 'span' in anchor;
}

/** The quotes that were found, in the order in which they were noted. */
function foundQuotes(model: TextModel, all: readonly Selectors[], anchors: readonly AnchorResult[]): readonly Found[] {
	return anchors
		.flatMap((found, index): Found[] => {
			const before = all[index]?.position;
			return before && 'span' in found ? [{ before, now: pointsOf(model, found.span) }] : [];
		})
		.sort((a, b) => a.before.start - b.before.start);
}

function pointsOf(model: TextModel, { start, end }: Span): Position {
	return { start: model.toCodePoint(start), end: model.toCodePoint(end) };
}

/** How far the next quotes before and after a position moved, as far as that says something new. */
function shiftsAround(known: readonly Found[], { start }: Position): ReadonlySet<number> {
	const last = known.findLast(({ before }) => before.start <= start);
	const next = known.find(({ before }) => before.start >= start);
	const shifts = [last, next].map(found => (found ? found.now.start - found.before.start : 0));
	return new Set(shifts.filter(by => by !== 0));
}

/** Whether a place lies between the next quotes before and after, as it did when they were noted. */
function isInOrder(known: readonly Found[], { start, end }: Position, place: Position): boolean {
	const last = known.findLast(({ before }) => before.end <= start);
	const next = known.find(({ before }) => before.start >= end);
	return (last?.now.end ?? 0) <= place.start && place.end <= (next?.now.start ?? Number.POSITIVE_INFINITY);
}
