import { type SymbolInformation, SymbolKind, type WorkspaceSymbol } from 'vscode-languageserver';
import type { Archive } from '../archive/index.ts';
import type { NoteMatch } from '../archive/noteSearch.ts';
import { displayName } from '../util/uri.ts';
import { isRecord } from '../util/value.ts';
import { FILE_START } from './position.ts';

/** More than a person reads; editors narrow it down as more is typed. */
const LIMIT = 200;

/** A symbol of any client; where a note stands, those say that are asked again. */
export type FoundSymbol = WorkspaceSymbol & SymbolInformation;

/** What the symbol of a note carries. */
interface NoteData {
	readonly article: string;
	readonly note: string;
}

/**
 * `workspace/symbol`: the articles of all archives whose title or source fits a query, the best of each archive first, with
 * their address below them, at the start of their files; then the notes that fit, as they are written in a text, with the title of
 * their article and whether they are open.
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
	const said = [text || quote, ...tags.map(tag => `#${tag}`), ...(creator ? [`@${creator}`] : [])].join(' ');
	return {
		name: `${kind}: ${said}`,
		kind: SymbolKind.Key,
		location: { uri: article, range: FILE_START },
		containerName: `${title?.trim() || displayName(article)} · ${resolved ? 'resolved' : 'open'}`,
		data: { article, note: id } satisfies NoteData,
	};
}

/** The note that a symbol stands for; `undefined` for an article. */
export function noteOfSymbol({ data }: WorkspaceSymbol): NoteData | undefined {
	if (!isRecord(data)) return undefined;
	const { article, note } = data;
	return typeof article === 'string' && typeof note === 'string' ? { article, note } : undefined;
}
