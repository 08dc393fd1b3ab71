import type { Span } from '../../article/span.ts';
import { type AnchorOptions, type AnchorResult, anchor } from './anchor.ts';
import type { Position, Selectors } from './selectors.ts';
import type { TextModel } from './textModel.ts';

/** Options of the search for all quotes of an article; `budget` applies to each quote. */
export interface AnchorAllOptions extends AnchorOptions {
	/** Yields to other work. Called after every few milliseconds. */
	readonly pause: () => Promise<void>;
	readonly token: { readonly isCancellationRequested: boolean };
}

/** Milliseconds of work between two pauses. */
const SLICE_MS = 8;

/** The noted and the current position of a quote, in code points. */
interface Found {
	readonly before: Position;
	readonly now: Position;
}

/**
 * Anchors the quotes of an article, in their order. Quotes that were found show how far the text around them moved, and so where the
 * others should be. That resolves many quotes that are uncertain on their own.
 *
 * @returns `undefined` when cancelled
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

/** Returns the quotes that were found, sorted by their noted position. */
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

/** Returns how far the nearest quotes before and after a position moved, if they did. */
function shiftsAround(known: readonly Found[], { start }: Position): ReadonlySet<number> {
	const last = known.findLast(({ before }) => before.start <= start);
	const next = known.find(({ before }) => before.start >= start);
	const shifts = [last, next].map(found => (found ? found.now.start - found.before.start : 0));
	return new Set(shifts.filter(by => by !== 0));
}

/** Whether a place is still between the nearest quotes before and after it. */
function isInOrder(known: readonly Found[], { start, end }: Position, place: Position): boolean {
	const last = known.findLast(({ before }) => before.end <= start);
	const next = known.find(({ before }) => before.start >= end);
	return (last?.now.end ?? 0) <= place.start && place.end <= (next?.now.start ?? Number.POSITIVE_INFINITY);
}
