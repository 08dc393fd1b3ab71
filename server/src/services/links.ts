import type { CancellationToken } from 'vscode-languageserver';
import type { Excludes } from '../archive/excludes.ts';
import { readText } from '../archive/readText.ts';
import { walk } from '../archive/walk.ts';
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
import type { ReadingOptions } from './readingOptions.ts';

/** The rules whose problems readers of the article can see. */
const BROKEN_RULES: readonly string[] = ['link/broken', 'image/broken', 'image/not-an-image'];

/** Options for running a check. */
export interface Following {
	/** Whether cached verdicts are ignored. */
	readonly again: boolean;
	readonly onProgress: (progress: CheckProgress) => void;
}

/** Network checks of open documents and whole archives. */
export interface Links {
	readonly checks: LinkChecks;
	/**
	 * Checks the links and images of an open document, until it is closed. The name of the check is the document's URI.
	 *
	 * @param cursors offsets at which the user is writing; URLs there are not requested, since they may be incomplete
	 */
	check(document: Snapshot, following: Following, cursors?: readonly number[]): Promise<LinkCheckOutcome>;
	status(document: Snapshot): Promise<LinkStatus>;
	/** The links and images of a document that are known to be broken. */
	broken(document: Snapshot, token: CancellationToken): Promise<readonly Span[]>;
	/** Checks all articles below a folder. `report` is missing if nothing was requested. */
	checkBelow(
		folder: string,
		following: Following & { readonly signal: AbortSignal },
	): Promise<{ readonly outcome: LinkCheckOutcome; readonly report: LinkReport | undefined }>;
	/** The edits that update all moved links below a folder, by document. */
	movedBelow(folder: string, token: CancellationToken): Promise<readonly DocumentEdits[]>;
}

/** Dependencies of `createLinks`. */
export interface LinksOptions {
	readonly checks: LinkChecks;
	readonly files: FileSystem;
	readonly documents: Pick<OpenDocuments, 'of'>;
	readonly reading: ReadingOptions;
	/** The problems in a document. */
	readonly problemsOf: (document: Snapshot, token: CancellationToken) => Promise<readonly Problem[]>;
	/** The text of an open file, which takes precedence over the saved one. */
	readonly openText: (uri: string) => string | undefined;
	/** The editor's exclude settings for a folder. */
	readonly excludes: (folder: string) => Promise<Excludes>;
}

/** Connects network checks to documents and archives. */
export function createLinks({
	checks,
	files,
	documents,
	reading,
	problemsOf,
	openText,
	excludes,
}: LinksOptions): Links {
	const requestsOf = async (document: Snapshot): Promise<readonly Requested[]> => {
		const { uri, parsed } = await reading.apply(document);
		return parsed.kind === 'article' ? checks.requests(uri, parsed) : [];
	};
	const status = async (document: Snapshot): Promise<LinkStatus> =>
		checks.status(document.uri, await requestsOf(document));
	/** Yields the texts of all articles and lists below a folder. */
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
			const { parsed } = await reading.apply(snapshotOf(uri, text));
			if (parsed.kind !== 'article') continue;
			const requests = await checks.requests(uri, parsed);
			found.push({ uri, title: parsed.title?.value ?? '', published: parsed.published?.value, requests });
		}
		return found;
	};
	return {
		checks,
		async check(document, following, cursors = []) {
			const signal = documents.of(document)?.closed;
			const requests = (await requestsOf(document)).filter(
				({ span }) => !cursors.some(cursor => span.start <= cursor && cursor <= span.end),
			);
			return checks.check(document.uri, requests, { ...following, ...(signal && { signal }) });
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
				// With another encoding, offsets would be wrong, and an editor might lose characters.
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
