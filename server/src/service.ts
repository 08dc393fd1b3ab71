import type { CancellationToken, Diagnostic, DocumentSymbol } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { ArchiveDocument } from './article/article.ts';
import { createDocumentCache } from './article/cache.ts';
import { throwIfCancelled } from './features/cancellation.ts';
import { diagnostics } from './features/diagnostic.ts';
import { documentSymbols } from './features/documentSymbol.ts';
import { lookUpLocalFiles } from './links/localFiles.ts';
import { createResolver } from './links/resolve.ts';
import type { Clock, FileSystem } from './platform.ts';
import { checkArticle, type Problem } from './rules/check.ts';

/** What the engine needs from the machine. */
export interface Platform {
	readonly files: FileSystem;
	readonly now: Clock;
}

/**
 * All that Marginalia can say about open documents; it knows of no connection. A function that takes a token throws
 * `RequestCancelled` once it is cancelled.
 */
export interface Service {
	/** What all rules find in a document, in the order of the text. */
	check(uri: string, parsed: ArchiveDocument, token: CancellationToken): Promise<readonly Problem[]>;
	documentSymbols(document: TextDocument): DocumentSymbol[];
	diagnostics(document: TextDocument, token: CancellationToken): Promise<Diagnostic[]>;
	/** Lets go of a document that was closed. */
	close(uri: string): void;
}

/** Wires the engine together. */
export function createService({ files, now }: Platform): Service {
	const cache = createDocumentCache();
	const check: Service['check'] = async (uri, parsed, token) => {
		if (parsed.kind === 'list') return [];
		const localFile = await lookUpLocalFiles(uri, parsed, files);
		throwIfCancelled(token);
		return checkArticle({ article: parsed, resolve: createResolver(parsed.source?.value), localFile, now: now() });
	};
	return {
		check,
		documentSymbols: document => documentSymbols(document, cache.get(document)),
		async diagnostics(document, token) {
			const parsed = cache.get(document);
			return diagnostics(document, parsed, await check(document.uri, parsed, token));
		},
		close: uri => cache.delete(uri),
	};
}
