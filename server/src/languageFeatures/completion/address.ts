import { CompletionItemKind } from 'vscode-languageserver';
import type { Archive } from '../../archive/archive.ts';
import { labelOf } from '../../article/label.ts';
import { relativeAddress } from '../../links/relative.ts';
import { encodeFragment } from '../../links/resolve.ts';
import { encodeAttribute } from '../../util/html.ts';
import { normalUri } from '../../util/uri.ts';
import type { CompletionPlace } from './place.ts';
import { type CompletionContext, literal, type Suggestion } from './suggestion.ts';

/** A possible target of a URL. */
export interface Destination {
	/** The text to insert, not yet encoded as an attribute value. */
	readonly address: string;
	readonly label: string;
	readonly detail?: string;
	readonly description?: string;
	readonly kind: CompletionItemKind;
	/** Whether it is already the result of a search, and needs no filtering. */
	readonly found?: boolean;
	/** Whether completion continues after it, as for a folder. */
	readonly continues?: boolean;
}

/** Maximum number of suggestions; typing more narrows the search. */
export const MOST_ADDRESSES = 100;

/** Whether an attribute links to a page. */
export function linksToPage({ tag, attribute }: CompletionPlace & { kind: 'attributeValue' }): boolean {
	return attribute === 'href' && (tag === 'a' || tag === 'area');
}

/** Whether an attribute is the URL of a file that its element shows. */
export function showsFile({ tag, attribute }: CompletionPlace & { kind: 'attributeValue' }): boolean {
	if (attribute === 'src') return ['img', 'source', 'video', 'audio', 'track', 'embed'].includes(tag);
	return attribute === 'poster' && tag === 'video';
}

/** Yields the ids of the article, without those of the page around it, with the text of their elements. */
export function* fragments({ article }: CompletionContext): Generator<Destination> {
	for (const [id, [first]] of article.ids) {
		if (first === undefined || article.regions.isFurniture(first)) continue;
		const address = `#${encodeFragment(id)}`;
		const detail = labelOf(article.nodes, first, 80);
		yield { address, label: `#${id}`, kind: CompletionItemKind.Reference, ...(detail ? { detail } : {}) };
	}
}

/** Yields the other articles whose title or source matches a query, each as source URL and as file path. */
export function* archivedArticles(uri: string, archive: Archive, query: string): Generator<Destination> {
	if (query.startsWith('#')) return;
	const own = normalUri(uri);
	for (const { uri: file, title, source } of archive.search(query, MOST_ADDRESSES + 1)) {
		if (file === own) continue;
		const path = relativeAddress(own, file, false);
		for (const address of [source?.value, path]) {
			if (address === undefined) continue;
			const label = title?.value.trim() || address;
			const [kind, description] =
				address === path ? [CompletionItemKind.File, 'file'] : [CompletionItemKind.Reference, 'page'];
			yield { address, label, detail: address, description, kind, found: true };
		}
	}
}

/**
 * Returns the destinations whose URL, label or detail contains the text before the cursor, ignoring case, in their original
 * order. `complete` is false if there are more.
 */
export function addressSuggestions(
	{ article, offset }: CompletionContext,
	{ value, quote, isOpen }: CompletionPlace & { kind: 'attributeValue' },
	destinations: Iterable<Destination>,
): { readonly suggestions: Suggestion[]; readonly complete: boolean } {
	const written = article.text.slice(value.start, offset);
	const sought = written.trim().toLowerCase();
	const suggestions: Suggestion[] = [];
	for (const { address, label, detail, description, kind, found, continues } of destinations) {
		if (sought && !found && !`${address}\n${label}\n${detail ?? ''}`.toLowerCase().includes(sought)) continue;
		if (suggestions.length === MOST_ADDRESSES) return { suggestions, complete: false };
		suggestions.push({
			label,
			kind,
			...(detail === undefined ? {} : { detail }),
			...(description === undefined ? {} : { description }),
			insert: literal(quoted(address, quote) + (isOpen && !continues ? quote : '')),
			span: value,
			// Disable the client's filter: it matches at word starts, which Chinese titles do not have.
			...(written ? { filter: written } : {}),
			rank: suggestions.length,
			...(continues ? { retrigger: true } : {}),
		});
	}
	return { suggestions, complete: true };
}

/** Encodes a URL as an attribute value, and adds quotes if there are none. */
function quoted(address: string, quote: '"' | "'" | ''): string {
	const encoded = encodeAttribute(address, quote || '"');
	return quote === '' ? `"${encoded}"` : encoded;
}
