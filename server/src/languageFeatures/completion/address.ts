import { CompletionItemKind } from 'vscode-languageserver';
import type { Archive } from '../../archive/index.ts';
import { labelOf } from '../../article/label.ts';
import { relativeAddress } from '../../links/relative.ts';
import { encodeFragment } from '../../links/resolve.ts';
import { encodeAttribute } from '../../util/html.ts';
import { normalUri } from '../../util/uri.ts';
import type { CompletionPlace } from './place.ts';
import { type CompletionContext, literal, type Suggestion } from './suggestion.ts';

/** Something that an address can lead to. */
export interface Destination {
	/** As it would be written, decoded. */
	readonly address: string;
	readonly label: string;
	readonly detail?: string;
	readonly kind: CompletionItemKind;
	/** Whether it was searched for by what is written, and needs no comparison. */
	readonly found?: boolean;
	/** Whether more of the address is to be chosen then. */
	readonly goesOn?: boolean;
}

/** At most so many are offered; typing more of what one looks for brings the others. */
export const MOST_ADDRESSES = 100;

/** Which elements lead to pages, and through which attribute. */
export function leadsToPage({ tag, attribute }: CompletionPlace & { kind: 'attributeValue' }): boolean {
	return attribute === 'href' && (tag === 'a' || tag === 'area');
}

/** Which elements show a file, and through which attribute. */
export function showsFile({ tag, attribute }: CompletionPlace & { kind: 'attributeValue' }): boolean {
	if (attribute === 'src') return ['img', 'source', 'video', 'audio', 'track', 'embed'].includes(tag);
	return attribute === 'poster' && tag === 'video';
}

/** The places of the article that `#id` leads to, with the text that is there. */
export function* fragments({ article }: CompletionContext): Generator<Destination> {
	for (const [id, [first]] of article.ids) {
		if (first === undefined) continue;
		const address = `#${encodeFragment(id)}`;
		const detail = labelOf(article.nodes, first, 80);
		yield { address, label: `#${id}`, kind: CompletionItemKind.Reference, ...(detail ? { detail } : {}) };
	}
}

/** Other articles of the archive, by title or source: as the page that they were taken from, and as the file. */
export function* archivedArticles(uri: string, archive: Archive, query: string): Generator<Destination> {
	if (query.startsWith('#')) return;
	const own = normalUri(uri);
	for (const { uri: file, title, source } of archive.search(query, MOST_ADDRESSES + 1)) {
		if (file === own) continue;
		const path = relativeAddress(own, file, false);
		for (const address of [source?.value, path]) {
			if (address === undefined) continue;
			const label = title?.value.trim() || address;
			const kind = address === path ? CompletionItemKind.File : CompletionItemKind.Reference;
			yield { address, label, detail: address, kind, found: true };
		}
	}
}

/**
 * The destinations that what is written before the cursor may mean: it is part of their address, label or detail, in any
 * case of letters. Their order is kept; `complete` tells whether there are no more.
 */
export function addressSuggestions(
	{ article, offset }: CompletionContext,
	{ value, quote, isOpen }: CompletionPlace & { kind: 'attributeValue' },
	destinations: Iterable<Destination>,
): { readonly suggestions: Suggestion[]; readonly complete: boolean } {
	const written = article.text.slice(value.start, offset);
	const sought = written.trim().toLowerCase();
	const suggestions: Suggestion[] = [];
	for (const { address, label, detail, kind, found, goesOn } of destinations) {
		if (sought && !found && !`${address}\n${label}\n${detail ?? ''}`.toLowerCase().includes(sought)) continue;
		if (suggestions.length === MOST_ADDRESSES) return { suggestions, complete: false };
		suggestions.push({
			label,
			kind,
			...(detail === undefined ? {} : { detail }),
			insert: literal(quoted(address, quote) + (isOpen && !goesOn ? quote : '')),
			span: value,
			// They were compared already, and in ways that clients do not: a title in Chinese has no words to start at.
			...(written ? { filter: written } : {}),
			rank: suggestions.length,
			...(goesOn ? { retrigger: true } : {}),
		});
	}
	return { suggestions, complete: true };
}

/** An address as the value of an attribute, with quotes where it has none yet. */
function quoted(address: string, quote: '"' | "'" | ''): string {
	const encoded = encodeAttribute(address, quote || '"');
	return quote === '' ? `"${encoded}"` : encoded;
}
