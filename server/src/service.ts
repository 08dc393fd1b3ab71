import type {
	CancellationToken,
	CodeAction,
	CodeActionContext,
	Diagnostic,
	DocumentLink,
	DocumentSymbol,
	FoldingRange,
	Hover,
	Position,
	Range,
	SelectionRange,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { ArchiveDocument } from './article/article.ts';
import { createDocumentCache } from './article/cache.ts';
import { throwIfCancelled } from './features/cancellation.ts';
import { type CodeActionOptions, codeActions, wantsQuickFixes } from './features/codeAction.ts';
import { diagnostics } from './features/diagnostic.ts';
import { documentLinks } from './features/documentLink.ts';
import { documentSymbols } from './features/documentSymbol.ts';
import { foldingRanges } from './features/foldingRange.ts';
import type { HoverOptions } from './features/hover/markup.ts';
import { hover } from './features/hover.ts';
import { selectionRanges } from './features/selectionRange.ts';
import { lookUpLocalFiles } from './links/localFiles.ts';
import { createResolver, type Resolver } from './links/resolve.ts';
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
	hover(
		document: TextDocument,
		position: Position,
		options: HoverOptions,
		token: CancellationToken,
	): Promise<Hover | undefined>;
	documentLinks(document: TextDocument, token: CancellationToken): Promise<DocumentLink[]>;
	/** `limit` is how many ranges the client takes. */
	foldingRanges(document: TextDocument, limit: number): FoldingRange[];
	selectionRanges(document: TextDocument, positions: readonly Position[]): SelectionRange[];
	codeActions(
		document: TextDocument,
		range: Range,
		context: CodeActionContext,
		options: CodeActionOptions,
		token: CancellationToken,
	): Promise<CodeAction[]>;
	/** Lets go of a document that was closed. */
	close(uri: string): void;
}

/** Wires the engine together. */
export function createService({ files, now }: Platform): Service {
	const cache = createDocumentCache();
	/** What the last check of each parsed text found, so that quick fixes are those of the diagnostics shown. */
	const checked = new WeakMap<ArchiveDocument, readonly Problem[]>();
	/** The resolver of each parsed text, which keeps its answers for all features. */
	const resolvers = new WeakMap<ArchiveDocument, Resolver>();
	const resolverOf = (parsed: ArchiveDocument): Resolver => {
		let resolve = resolvers.get(parsed);
		if (!resolve) {
			resolve = createResolver(parsed.kind === 'article' ? parsed.source?.value : undefined);
			resolvers.set(parsed, resolve);
		}
		return resolve;
	};
	const check: Service['check'] = async (uri, parsed, token) => {
		if (parsed.kind === 'list') return [];
		const localFile = await lookUpLocalFiles(uri, parsed, files);
		throwIfCancelled(token);
		const problems = checkArticle({
			article: parsed,
			resolve: resolverOf(parsed),
			localFile,
			now: now(),
		});
		checked.set(parsed, problems);
		return problems;
	};
	return {
		check,
		documentSymbols: document => documentSymbols(document, cache.get(document)),
		async diagnostics(document, token) {
			const parsed = cache.get(document);
			return diagnostics(document, parsed, await check(document.uri, parsed, token));
		},
		hover(document, position, options, token) {
			const parsed = cache.get(document);
			const sources = { files, resolve: resolverOf(parsed), now: now() };
			return hover(document, parsed, position, options, sources, token);
		},
		documentLinks(document, token) {
			const parsed = cache.get(document);
			return documentLinks(document, parsed, resolverOf(parsed), files, token);
		},
		foldingRanges: (document, limit) => foldingRanges(document, cache.get(document), limit),
		selectionRanges: (document, positions) => selectionRanges(document, cache.get(document), positions),
		async codeActions(document, range, context, options, token) {
			if (!wantsQuickFixes(context)) return [];
			const parsed = cache.get(document);
			const problems = checked.get(parsed) ?? (await check(document.uri, parsed, token));
			return codeActions(document, problems, range, context, options);
		},
		close: uri => cache.delete(uri),
	};
}
