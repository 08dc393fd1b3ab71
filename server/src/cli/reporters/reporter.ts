import type { DocumentKind } from '../../article/detect.ts';
import type { Snapshot } from '../../languageFeatures/snapshot.ts';
import type { Problem } from '../../rules/check.ts';
import type { Severity } from '../../rules/rule.ts';

/** A checked file. */
export interface CheckedFile {
	readonly path: string;
	readonly kind: DocumentKind | 'sidecar';
	readonly document: Snapshot;
	/** The problems to report, in the order of the text. */
	readonly problems: readonly Problem[];
}

/** A file that could not be checked. */
export interface Failure {
	readonly path: string;
	readonly reason: string;
}

/** The counts of a run. */
export interface Summary {
	readonly articles: number;
	readonly lists: number;
	/** The number of problems by severity, reported or not. */
	readonly problems: Readonly<Record<Severity, number>>;
	/** The number of files with problems, reported or not. */
	readonly filesWithProblems: number;
	readonly failures: readonly Failure[];
	/** The results of link checks; absent without `--network`. */
	readonly network?: NetworkSummary | undefined;
}

/** The results of link checks. */
export interface NetworkSummary {
	/** The number of URLs, in total and by verdict. */
	readonly addresses: number;
	readonly ok: number;
	readonly moved: number;
	readonly broken: number;
	/** The unverified URLs, each with its reason, as the end of a sentence, and the files that contain it. */
	readonly unverified: readonly { readonly url: string; readonly reason: string; readonly paths: readonly string[] }[];
}

/**
 * Formats the results of a run piece by piece, in the order of the files. It keeps no state between files, so that several threads can
 * report files of one run.
 */
export interface Reporter {
	readonly begin: string;
	/** Returns the entries of a file, often none. */
	file(file: CheckedFile): readonly string[];
	/** The separators before the first entry of a run, and before all others. */
	readonly separators: readonly [first: string, others: string];
	end(summary: Summary): string;
}
