import { type AnchorOptions, type AnchorResult, anchor } from '../../../../server/src/annotations/anchor/anchor.ts';
import { quoteAt } from '../../../../server/src/annotations/anchor/quote.ts';
import type { Position, Selectors } from '../../../../server/src/annotations/anchor/selectors.ts';
import { createTextModel } from '../../../../server/src/annotations/anchor/textModel.ts';

/** The selectors of what stands between `⟦` and `⟧`. */
export function noted(marked: string): Selectors & { readonly position: Position } {
	const start = marked.indexOf('⟦');
	const end = marked.indexOf('⟧') - 1;
	return quoteAt(createTextModel(marked.replace(/[⟦⟧]/g, '')), { start, end });
}

/** Looks for a quote in a text, without an end to the time. */
export function find(selectors: Selectors, text: string, options: Partial<AnchorOptions> = {}): AnchorResult {
	return anchor(createTextModel(text), selectors, { now: () => 0, ...options });
}

/** What an anchor says, for people who read tests: the state, the place in the text, the reason. */
export function shown(text: string, found: AnchorResult): string {
	const places =
		'span' in found ? [found.span] : found.state === 'ambiguous' ? found.candidates.map(({ span }) => span) : [];
	const words = places.map(({ start, end }) => `⟦${text.slice(start, end)}⟧`);
	return [`${found.state}:`, ...words, found.reason].join(' ');
}

/** What becomes of what is marked in a text when the text is another one. */
export function fate(marked: string, text: string): string {
	return shown(text, find(noted(marked), text));
}
