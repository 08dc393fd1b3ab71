import { type AnchorOptions, type AnchorResult, anchor } from '../../../../server/src/annotations/anchor/anchor.ts';
import { quoteAt } from '../../../../server/src/annotations/anchor/quote.ts';
import type { Position, Selectors } from '../../../../server/src/annotations/anchor/selectors.ts';
import { createTextModel } from '../../../../server/src/annotations/anchor/textModel.ts';

/** Returns the selectors of the words between `⟦` and `⟧`. */
export function noted(marked: string): Selectors & { readonly position: Position } {
	const start = marked.indexOf('⟦');
	const end = marked.indexOf('⟧') - 1;
	return quoteAt(createTextModel(marked.replace(/[⟦⟧]/g, '')), { start, end });
}

/** Anchors a quote in a text without a time limit. */
export function find(selectors: Selectors, text: string, options: Partial<AnchorOptions> = {}): AnchorResult {
	return anchor(createTextModel(text), selectors, { now: () => 0, ...options });
}

/** Formats an anchor: its state, its places in the text and its reason. */
export function shown(text: string, found: AnchorResult): string {
	const places =
		'span' in found ? [found.span] : found.state === 'ambiguous' ? found.candidates.map(({ span }) => span) : [];
	const words = places.map(({ start, end }) => `⟦${text.slice(start, end)}⟧`);
	return [`${found.state}:`, ...words, found.reason].join(' ');
}

/** Anchors the words marked in one text in another text. */
export function fate(marked: string, text: string): string {
	return shown(text, find(noted(marked), text));
}
