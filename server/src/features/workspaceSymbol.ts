import { type SymbolInformation, SymbolKind, type WorkspaceSymbol } from 'vscode-languageserver';
import type { Archive } from '../archive/index.ts';

/** More than a person reads; editors narrow it down as more is typed. */
const LIMIT = 200;

/**
 * `workspace/symbol`: the articles of all archives whose title or source fits a query, the best of each archive first, with
 * their address below them. They stand at the start of their files.
 */
export function workspaceSymbols(archives: readonly Archive[], query: string): (WorkspaceSymbol & SymbolInformation)[] {
	const start = { line: 0, character: 0 };
	return archives.flatMap(archive =>
		archive.search(query, LIMIT).map(({ uri, title, source }) => ({
			name: title?.value.trim() || decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1)),
			kind: SymbolKind.File,
			location: { uri, range: { start, end: start } },
			...(source ? { containerName: source.value } : {}),
		})),
	);
}
