import type { CancellationToken } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Excludes } from '../archive/excludes.ts';
import { readArchived } from '../archive/scan.ts';
import { walk } from '../archive/walk.ts';
import { type ArchiveDocument, parseDocument } from '../article/article.ts';
import { movedEdits } from '../languageFeatures/linkAction.ts';
import { type ArticleLinks, type LinkReport, linkReport } from '../languageFeatures/linkReport.ts';
import type { DocumentEdits } from '../languageFeatures/workspaceEdit.ts';
import type { Requested } from '../links/network/requests.ts';
import type { FileSystem } from '../platform.ts';
import type { CheckProgress, LinkStatus } from '../protocol/links.ts';
import type { Problem } from '../rules/check.ts';
import { throwIfCancelled } from '../util/cancellation.ts';
import type { LinkChecks, Outcome } from './linkChecks.ts';

/** How a check is followed. */
export interface Following {
	/** Whether what is known is asked for, too. */
	readonly again: boolean;
	readonly onProgress: (progress: CheckProgress) => void;
}

/** Checks over the network of open documents and whole archives. */
export interface Links {
	readonly checks: LinkChecks;
	/** Checks the links and images of an open document; the check has the document's URI for a name. */
	check(document: TextDocument, following: Following): Promise<Outcome>;
	status(document: TextDocument): Promise<LinkStatus>;
	/** Checks all articles below a folder. `report` is missing where nothing was requested. */
	checkBelow(
		folder: string,
		following: Following & { readonly signal: AbortSignal },
	): Promise<{ readonly outcome: Outcome; readonly report: LinkReport | undefined }>;
	/** What would update all links below a folder that are known to have moved, by document. */
	movedBelow(folder: string, token: CancellationToken): Promise<readonly DocumentEdits[]>;
}

/** What is needed for that. */
export interface LinksOptions {
	readonly checks: LinkChecks;
	readonly files: FileSystem;
	readonly parse: (document: TextDocument) => ArchiveDocument;
	/** What the rules find in a text that lies at an address. */
	readonly problemsOf: (uri: string, parsed: ArchiveDocument, token: CancellationToken) => Promise<readonly Problem[]>;
	/** The text of a file that is open, which goes before what was saved. */
	readonly openText: (uri: string) => string | undefined;
	/** What the settings of the editor leave out of a folder. */
	readonly excludes: (folder: string) => Promise<Excludes>;
}

/** Wires checks over the network to documents and archives. */
export function createLinks({ checks, files, parse, problemsOf, openText, excludes }: LinksOptions): Links {
	const requestsOf = async (document: TextDocument): Promise<readonly Requested[]> => {
		const parsed = parse(document);
		return parsed.kind === 'article' ? checks.requests(document.uri, parsed) : [];
	};
	/** The texts of all articles and lists below a folder, one after the other. */
	async function* textsBelow(folder: string): AsyncGenerator<{ readonly uri: string; readonly text: string }> {
		for await (const { kind, uri } of walk(folder, files, { excludes: await excludes(folder) })) {
			const text = kind === 'file' ? (openText(uri) ?? (await readArchived(uri, files))) : undefined;
			if (text !== undefined) yield { uri, text };
		}
	}
	const linksBelow = async (folder: string, signal: AbortSignal): Promise<readonly ArticleLinks[]> => {
		const found: ArticleLinks[] = [];
		for await (const { uri, text } of textsBelow(folder)) {
			if (signal.aborted) break;
			const parsed = parseDocument(text);
			if (parsed.kind !== 'article') continue;
			const requests = await checks.requests(uri, parsed);
			found.push({ uri, title: parsed.title?.value ?? '', published: parsed.published?.value, requests });
		}
		return found;
	};
	return {
		checks,
		check: async (document, following) => checks.check(document.uri, await requestsOf(document), following),
		status: async document => checks.status(document.uri, await requestsOf(document)),
		async checkBelow(folder, following) {
			const reason = checks.refusal();
			if (reason !== undefined) return { outcome: { kind: 'refused', reason }, report: undefined };
			const articles = await linksBelow(folder, following.signal);
			const requests = articles.flatMap(article => article.requests);
			const outcome = await checks.check(folder, requests, following);
			const verdictOf = await checks.verdictsFor(requests);
			return { outcome, report: verdictOf && linkReport(folder, articles, verdictOf) };
		},
		async movedBelow(folder, token) {
			const changes: DocumentEdits[] = [];
			for await (const { uri, text } of textsBelow(folder)) {
				throwIfCancelled(token);
				const edits = movedEdits(await problemsOf(uri, parseDocument(text), token));
				// An editor would write through a symbolic link.
				if (edits.length > 0 && (await files.readLink?.(uri)) === undefined)
					changes.push({ document: TextDocument.create(uri, 'article', 0, text), edits });
			}
			return changes.sort((a, b) => (a.document.uri < b.document.uri ? -1 : 1));
		},
	};
}
