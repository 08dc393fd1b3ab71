import type { Progress } from './checker.ts';
import type { Verdict } from './verdict.ts';

/** How many links or images of an article there are that are asked for, and what they were found to be. */
export type Counts = Readonly<Record<Verdict['kind'] | 'unknown', number>>;

/** What is known of an article's links and images. */
export interface LinkStatus {
	readonly link: Counts;
	readonly image: Counts;
	/** When the oldest of the verdicts was found, in milliseconds since the Unix epoch. */
	readonly oldest: number | undefined;
	/** Whether all that was asked for last says no more than that there was no network. */
	readonly offline: boolean;
	/** How far a check has come that is under way. */
	readonly checking: Progress | undefined;
	/** Why nothing is requested, in one sentence without a full stop. */
	readonly refusal: string | undefined;
}
