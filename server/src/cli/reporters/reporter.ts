import type { DocumentKind } from '../../article/detect.ts';
import type { Snapshot } from '../../languageFeatures/snapshot.ts';
import type { Problem } from '../../rules/check.ts';
import type { Severity } from '../../rules/rule.ts';

/** A file that was checked. */
export interface CheckedFile {
	readonly path: string;
	readonly kind: DocumentKind | 'sidecar';
	readonly document: Snapshot;
	/** What was found and is to be reported, in the order of the text. */
	readonly problems: readonly Problem[];
}

/** A file that could not be checked, and why. */
export interface Failure {
	readonly path: string;
	readonly reason: string;
}

/** What a run came to. */
export interface Summary {
	readonly articles: number;
	readonly lists: number;
	/** How many problems of each severity, shown or not. */
	readonly problems: Readonly<Record<Severity, number>>;
	/** How many files have any problem, shown or not. */
	readonly filesWithProblems: number;
	readonly failures: readonly Failure[];
	/** What links and images were found to be; absent where nothing was asked over the network. */
	readonly network?: NetworkSummary | undefined;
}

/** What a check over the network came to. */
export interface NetworkSummary {
	/** How many addresses of pages and pictures there are; and of them, as they are. */
	readonly addresses: number;
	readonly ok: number;
	readonly moved: number;
	readonly broken: number;
	/** Those of which nothing is known for sure, and why, as the end of a sentence; with the files that they stand in. */
	readonly unverified: readonly { readonly url: string; readonly reason: string; readonly paths: readonly string[] }[];
}

/**
 * Turns what a run finds into text, piece by piece, in the order of the files. It keeps nothing between two files, so that
 * several threads can report files of one run.
 */
export interface Reporter {
	readonly begin: string;
	/** What a file adds; often nothing. */
	file(file: CheckedFile): readonly string[];
	/** What goes before the first entry of a run, and before all others. */
	readonly separators: readonly [first: string, others: string];
	end(summary: Summary): string;
}
