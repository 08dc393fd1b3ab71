import { CompletionItemKind } from 'vscode-languageserver';
import type { Archive } from '../../archive/archive.ts';
import { encodesPaths, entryParts } from '../../archive/listEntry.ts';
import { lineAt } from '../../article/lines.ts';
import type { List } from '../../article/list.ts';
import { span } from '../../article/span.ts';
import { resolveEntry } from '../../links/archiveRoot.ts';
import { isBelow, normalUri } from '../../util/uri.ts';
import { MOST_ADDRESSES } from './address.ts';
import { literal, type Suggestion } from './suggestion.ts';

/** Suggests the articles of the archive that a list does not contain yet, each as a whole line. */
export function listSuggestions(
	uri: string,
	{ text, title, entries }: List,
	archive: Archive,
	offset: number,
): { readonly suggestions: Suggestion[]; readonly complete: boolean } {
	const start = text.lastIndexOf('\n', offset - 1) + 1;
	const line = lineAt(text, start) ?? { ...span(start, start), text: '' };
	const written = text.slice(start, offset);
	if (title && start <= title.span.end + 1) return { suggestions: [], complete: true };
	const query = /^(?:\d{1,2}-\d{1,2}\s+)?\[?([^\]]*)$/.exec(written)?.[1];
	if (query === undefined || /^-{2,}$/.test(line.text)) return { suggestions: [], complete: true };
	const others = entries.filter(entry => entry.span.start !== start);
	const has = new Set(others.map(({ url }) => normalUri(resolveEntry(uri, archive.root, url.value) ?? '')));
	const encoded = encodesPaths(others);
	const suggestions = archive
		.search(query, MOST_ADDRESSES + entries.length)
		.filter(found => !has.has(found.uri) && isBelow(found.uri, archive.root))
		.slice(0, MOST_ADDRESSES)
		.map(({ uri: file, title: field, published }, rank): Suggestion => {
			const { date, label, path } = entryParts(
				{ uri: file, title: field?.value ?? '', published },
				archive.root,
				encoded,
			);
			return {
				label,
				kind: CompletionItemKind.File,
				detail: path,
				insert: literal(`${date}[${label}](${path})`),
				span: span(line.start, line.end),
				...(written ? { filter: written } : {}),
				rank,
			};
		});
	// Clients cannot filter titles the way the search does.
	return { suggestions, complete: false };
}
