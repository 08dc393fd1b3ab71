import { fragmentOf, linkTargets } from '../archive/entry.ts';
import type { Article } from '../article/article.ts';
import { attributeField } from '../article/node.ts';
import { contains, type Span } from '../article/span.ts';
import { resolveEntry } from '../links/archiveRoot.ts';
import { pageKey } from '../links/pageKey.ts';
import type { Resolver } from '../links/resolve.ts';
import { normalUri } from '../util/uri.ts';
import type { Snapshot } from './snapshot.ts';

/** What an offset in a document refers to. */
export type Subject =
	/** A link, a list entry or an image, with the files and page keys that it may refer to. */
	| {
			readonly kind: 'target';
			readonly targets: readonly string[];
			readonly fragment: string | undefined;
			readonly span: Span;
	  }
	/** An id of this document, at its declaration or in a link to it. */
	| { readonly kind: 'id'; readonly id: string; readonly span: Span }
	/** The document itself: its title and source. */
	| { readonly kind: 'self'; readonly span: Span };

/**
 * Returns what an offset refers to; `undefined` for plain text.
 *
 * @param root URI of the archive root, if the document is in an archive
 */
export function subjectAt(
	{ uri, parsed, resolve }: Snapshot,
	root: string | undefined,
	offset: number,
): Subject | undefined {
	if (parsed.kind === 'list') {
		const entry = parsed.entries.find(({ span }) => contains(span, offset));
		const target = entry && resolveEntry(normalUri(uri), root, entry.url.value);
		if (!entry || target === undefined) return undefined;
		const key = /^https?:/.test(target) ? pageKey(new URL(target)) : normalUri(target);
		return key === undefined
			? undefined
			: { kind: 'target', targets: [key], fragment: undefined, span: entry.url.span };
	}
	const { titleLine } = parsed.header;
	const own = [titleLine, parsed.title?.span, parsed.source?.span].find(span => span && contains(span, offset));
	if (own) return { kind: 'self', span: own };
	return idAt(parsed, offset) ?? imageAt(uri, parsed, resolve, offset) ?? linkAt(uri, parsed, resolve, offset);
}

/** Returns the id that is declared at an offset. */
function idAt({ ids, nodes, text }: Article, offset: number): Subject | undefined {
	for (const [id, places] of ids) {
		for (const index of places) {
			const node = nodes[index];
			// Attributes are in the start tag.
			if (!node || offset < node.start || offset > node.startTagEnd) continue;
			for (const name of ['id', 'name']) {
				const field = attributeField(text, node, name);
				if (field?.value === id && contains(field.span, offset)) return { kind: 'id', id, span: field.span };
			}
		}
	}
	return undefined;
}

function imageAt(uri: string, article: Article, resolve: Resolver, offset: number): Subject | undefined {
	const image = article.images.find(
		({ source, span }) => (source && contains(source.span, offset)) || (span.start <= offset && offset < span.end),
	);
	if (!image?.source) return undefined;
	const { value, span } = image.source;
	const targets = linkTargets(normalUri(uri), value, resolve);
	return targets.length > 0 ? { kind: 'target', targets, fragment: undefined, span } : undefined;
}

/** Returns the target of the innermost link at an offset. */
function linkAt(uri: string, article: Article, resolve: Resolver, offset: number): Subject | undefined {
	const link = article.links.findLast(({ span, href }) => href && span.start <= offset && offset < span.end);
	if (!link?.href) return undefined;
	const { value, span } = link.href;
	const resolution = resolve(value);
	if (resolution.kind === 'fragment') return { kind: 'id', id: resolution.id, span };
	const targets = linkTargets(normalUri(uri), value, resolve);
	return targets.length > 0 ? { kind: 'target', targets, fragment: fragmentOf(value), span } : undefined;
}
