import type { Article } from '../article/article.ts';
import type { Span } from '../article/span.ts';
import type { Resolver } from '../links/resolve.ts';

/** A link or image, with its URL. */
interface Addressed {
	readonly span: Span;
	readonly address: string | undefined;
}

interface Placed {
	readonly span: Span;
	readonly rule: { readonly id: string };
}

/**
 * Returns the URL that each finding of a `link/` or `image/` rule is about: that of the innermost link or image around it. Other
 * findings are not in the map.
 *
 * @param findings in document order
 */
export function subjects<T extends Placed>(article: Article, findings: readonly T[]): ReadonlyMap<T, string> {
	const found = new Map<T, string>();
	const collect = (family: string, things: () => readonly Addressed[]): void => {
		const mine = findings.filter(({ rule }) => rule.id.startsWith(family));
		if (mine.length === 0) return;
		const waiting = things().toSorted((a, b) => b.span.start - a.span.start || a.span.end - b.span.end);
		const open: Addressed[] = [];
		for (const finding of mine) {
			const { start } = finding.span;
			for (let next = waiting.at(-1); next && next.span.start <= start; next = waiting.at(-1)) {
				open.push(next);
				waiting.pop();
			}
			while (open.length > 0 && (open.at(-1)?.span.end ?? 0) <= start) open.pop();
			const address = open.at(-1)?.address?.trim();
			if (address) found.set(finding, address);
		}
	};
	collect('link/', () => article.links.map(({ span, href }) => ({ span, address: href?.value })));
	collect('image/', () => article.images.map(({ span, source, src }) => ({ span, address: (source ?? src)?.value })));
	return found;
}

/** Returns the URL that a link resolves to and, if that is an image proxy, the original URL; empty if it does not resolve. */
export function destinations(resolve: Resolver, address: string): readonly URL[] {
	const resolution = resolve(address);
	if (resolution.kind !== 'url') return [];
	return resolution.origin ? [resolution.url, resolution.origin] : [resolution.url];
}
