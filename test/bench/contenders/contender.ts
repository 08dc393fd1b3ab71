/** A file of the measured archive. */
export interface BenchFile {
	readonly uri: string;
	readonly text: string;
	/** The offset of the body. Peers ignore everything before it. */
	readonly body: number;
}

/** A change to a text, as an editor reports it. */
export interface Change {
	readonly offset: number;
	readonly removed: number;
	readonly inserted: string;
	/** The whole text after the change. */
	readonly text: string;
}

/**
 * A program under comparison. All functions return how much they found, so that none can skip the work and the counts
 * can be verified.
 */
export interface Contender {
	/** Reports everything it can about a file. */
	check(file: BenchFile): number | Promise<number>;
	/** Opens a file, as an editor does. The returned function updates all results after a change. */
	open(file: BenchFile): Promise<(change: Change) => number | Promise<number>>;
}
