import type { ArchiveDocument } from './article.ts';
import { findRemains } from './conflict.ts';
import type { Span } from './span.ts';

/** Returns the leftover conflict markers in a text, except those that an article quotes in a `pre` or `textarea`. */
export function remainsIn(document: ArchiveDocument): readonly Span[] {
	const remains = findRemains(document.text);
	if (remains.length === 0 || document.kind === 'list') return remains;
	const quotes = document.nodes.filter(({ nodeName }) => nodeName === 'pre' || nodeName === 'textarea');
	return remains.filter(line => !quotes.some(({ start, end }) => start <= line.start && line.end <= end));
}
