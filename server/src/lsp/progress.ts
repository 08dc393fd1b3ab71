import type { RemoteClient, ShownWork } from './client.ts';

/** A progress indicator for a piece of work. */
export interface ShownProgress {
	/** `percentage` is from 0 to 100. */
	report(message: string, percentage?: number): void;
	/** Ends the progress indicator, whether or not it was shown. */
	done(): void;
	readonly isCancelled: boolean;
	onCancel(listener: () => void): void;
}

/** The delay before a progress indicator is shown, in milliseconds. */
const SHOWN_AFTER_MS = 1000;

/**
 * Shows a progress indicator once the work takes long.
 *
 * @param isAble whether the client supports progress indicators
 * @param isMeasured whether the total amount of work is known
 */
export function showProgress(remote: RemoteClient, isAble: boolean, title: string, isMeasured: boolean): ShownProgress {
	let isDone = false;
	let isCancelled = false;
	let shown: ShownWork | undefined;
	const listeners: (() => void)[] = [];
	const show = async (): Promise<void> => {
		const created = await remote.showWork(title, isMeasured, () => {
			isCancelled = true;
			for (const listener of listeners) listener();
		});
		// The work may have ended in the meantime.
		if (isDone) created?.done();
		else shown = created;
	};
	const timer = isAble ? setTimeout(show, SHOWN_AFTER_MS) : undefined;
	return {
		report(message, percentage) {
			shown?.report(message, percentage);
		},
		done() {
			isDone = true;
			clearTimeout(timer);
			shown?.done();
		},
		get isCancelled() {
			return isCancelled;
		},
		onCancel: listener => listeners.push(listener),
	};
}
