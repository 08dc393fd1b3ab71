/** A file of the archive that is measured. */
export interface BenchFile {
	readonly uri: string;
	readonly text: string;
	/** Where its body starts: what is before it means nothing to the peers. */
	readonly body: number;
}

/** One change of a text, as an editor tells of it. */
export interface Change {
	readonly offset: number;
	readonly removed: number;
	readonly inserted: string;
	/** The whole text after the change. */
	readonly text: string;
}

/**
 * One program that takes part. All functions return how much they found, so that nobody can skip the work and the counts
 * can be looked at.
 */
export interface Contender {
	/** Says all it can about a file. */
	check(file: BenchFile): number | Promise<number>;
	/** Opens a file, as in an editor; the result says all anew after each change. */
	open(file: BenchFile): Promise<(change: Change) => number | Promise<number>>;
}
