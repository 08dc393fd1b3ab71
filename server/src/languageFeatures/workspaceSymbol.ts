import { type SymbolInformation, SymbolKind, type WorkspaceSymbol } from 'vscode-languageserver';
import type { Archive } from '../archive/archive.ts';
import type { NoteMatch } from '../archive/noteSearch.ts';
import { displayName } from '../util/uri.ts';
import { isRecord } from '../util/value.ts';
import { FILE_START } from './position.ts';

/** Maximum number of results; editors repeat the request as the query changes. */
const LIMIT = 200;

/** A symbol for clients with and without `workspaceSymbol/resolve`. The range of a note is added when the symbol is resolved. */
export type FoundSymbol = WorkspaceSymbol & SymbolInformation;

/** The data of a note's symbol. */
interface NoteData {
	readonly article: string;
	readonly note: string;
}

/**
 * `workspace/symbol`: for each archive, the articles whose title or source matches a query, best match first, with their
 * source; then the matching notes, with the title of their article and whether they are resolved.
 */
export function workspaceSymbols(archives: readonly Archive[], query: string): FoundSymbol[] {
	return archives.flatMap(archive => [
		...archive.search(query, LIMIT).map(({ uri, title, source }) => ({
			name: title?.value.trim() || displayName(uri),
			kind: SymbolKind.File,
			location: { uri, range: FILE_START },
			...(source ? { containerName: source.value } : {}),
		})),
		...archive.searchNotes(query, LIMIT).map(noteSymbol),
	]);
}

function noteSymbol({ note, article, title }: NoteMatch): FoundSymbol {
	const { id, kind, text, quote, tags, creator, resolved } = note;
	const summary = [text || quote, ...tags.map(tag => `#${tag}`), ...(creator ? [`@${creator}`] : [])].join(' ');
	return {
		name: `${kind}: ${summary}`,
		kind: SymbolKind.Key,
		location: { uri: article, range: FILE_START },
		containerName: `${title?.trim() || displayName(article)} · ${resolved ? 'resolved' : 'open'}`,
		data: { article, note: id } satisfies NoteData,
	};
}

/** Returns the note of a symbol; `undefined` for an article. */
export function noteOfSymbol({ data }: WorkspaceSymbol): NoteData | undefined {
	if (!isRecord(data)) return undefined;
	const { article, note } = data;
	return typeof article === 'string' && typeof note === 'string' ? { article, note } : undefined;
}
