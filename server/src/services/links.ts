import type { CancellationToken } from 'vscode-languageserver';
import type { Excludes } from '../archive/excludes.ts';
import { readText } from '../archive/readText.ts';
import { walk } from '../archive/walk.ts';
import { parseDocument } from '../article/article.ts';
import type { Span } from '../article/span.ts';
import { movedEdits } from '../languageFeatures/linkAction.ts';
import { type ArticleLinks, type LinkReport, linkReport } from '../languageFeatures/linkReport.ts';
import { type Snapshot, snapshotOf } from '../languageFeatures/snapshot.ts';
import type { DocumentEdits } from '../languageFeatures/workspaceEdit.ts';
import type { Requested } from '../links/network/requests.ts';
import type { FileSystem } from '../platform.ts';
import type { CheckProgress, LinkStatus } from '../protocol/links.ts';
import type { Problem } from '../rules/check.ts';
import { throwIfCancelled } from '../util/cancellation.ts';
import { byText } from '../util/order.ts';
import type { OpenDocuments } from './documents.ts';
import type { LinkCheckOutcome, LinkChecks } from './linkChecks.ts';

/** The rules that tell of what is broken for whoever reads the article. */
const BROKEN_RULES: readonly string[] = ['link/broken', 'image/broken', 'image/not-an-image'];

/** How a check is followed. */
export interface Following {
	/** Whether what is known is asked for, too. */
	readonly again: boolean;
	readonly onProgress: (progress: CheckProgress) => void;
}

/** Checks over the network of open documents and whole archives. */
export interface Links {
	readonly checks: LinkChecks;
	/** Checks the links and images of an open document, until it is closed; the check has the document's URI for a name. */
	check(document: Snapshot, following: Following): Promise<LinkCheckOutcome>;
	status(document: Snapshot): Promise<LinkStatus>;
	/** The links and images of a document that the last check found broken. */
	broken(document: Snapshot, token: CancellationToken): Promise<readonly Span[]>;
	/** Checks all articles below a folder. `report` is missing where nothing was requested. */
	checkBelow(
		folder: string,
		following: Following & { readonly signal: AbortSignal },
	): Promise<{ readonly outcome: LinkCheckOutcome; readonly report: LinkReport | undefined }>;
	/** What would update all links below a folder that are known to have moved, by document. */
	movedBelow(folder: string, token: CancellationToken): Promise<readonly DocumentEdits[]>;
}

/** What is needed for that. */
export interface LinksOptions {
	readonly checks: LinkChecks;
	readonly files: FileSystem;
	readonly documents: Pick<OpenDocuments, 'of'>;
	/** What the rules find in a document. */
	readonly problemsOf: (document: Snapshot, token: CancellationToken) => Promise<readonly Problem[]>;
	/** The text of a file that is open, which goes before what was saved. */
	readonly openText: (uri: string) => string | undefined;
	/** What the settings of the editor leave out of a folder. */
	readonly excludes: (folder: string) => Promise<Excludes>;
}

/** Wires checks over the network to documents and archives. */
export function createLinks({ checks, files, documents, problemsOf, openText, excludes }: LinksOptions): Links {
	const requestsOf = async (document: Snapshot): Promise<readonly Requested[]> => {
		const { uri, parsed } = document;
		return parsed.kind === 'article' ? checks.requests(uri, parsed) : [];
	};
	const status = async (document: Snapshot): Promise<LinkStatus> =>
		checks.status(document.uri, await requestsOf(document));
	/** The texts of all articles and lists below a folder, one after the other. */
	async function* textsBelow(
		folder: string,
	): AsyncGenerator<{ readonly uri: string; readonly text: string; readonly isWhole: boolean }> {
		for await (const { kind, uri } of walk(folder, files, { excludes: await excludes(folder) })) {
			if (kind !== 'file') continue;
			const opened = openText(uri);
			const found = opened === undefined ? await readText(uri, files) : { text: opened, encoding: 'utf-8' };
			if ('text' in found) yield { uri, text: found.text, isWhole: found.encoding !== undefined };
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
		async check(document, following) {
			const signal = documents.of(document)?.closed;
			return checks.check(document.uri, await requestsOf(document), { ...following, ...(signal && { signal }) });
		},
		status,
		async broken(document, token) {
			if (checks.refusal() !== undefined) return [];
			const { link, image } = await status(document);
			if (link.broken + image.broken === 0) return [];
			const found = await problemsOf(document, token);
			return found.filter(({ rule }) => BROKEN_RULES.includes(rule.id)).map(({ span }) => span);
		},
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
			for await (const { uri, text, isWhole } of textsBelow(folder)) {
				throwIfCancelled(token);
				// Other encodings put its places elsewhere, and an editor that does not know them loses characters.
				if (!isWhole) continue;
				const document = snapshotOf(uri, text);
				const edits = movedEdits(await problemsOf(document, token));
				// An editor would write through a symbolic link.
				if (edits.length > 0 && (await files.readLink?.(uri)) === undefined) changes.push({ document, edits });
			}
			return changes.sort(byText(({ document }) => document.uri));
		},
	};
}
