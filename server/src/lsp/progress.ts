import type { RemoteClient, ShownWork } from './client.ts';

/** Work that is shown to the user while it lasts. */
export interface ShownProgress {
	/** `percentage` is from 0 to 100. */
	report(message: string, percentage?: number): void;
	/** Ends it, whether it was shown or not. */
	done(): void;
	readonly isCancelled: boolean;
	onCancel(listener: () => void): void;
}

/** Work that takes longer is shown, in milliseconds. */
const SHOWN_AFTER_MS = 1000;

/**
 * Shows work once it takes long.
 *
 * @param isAble whether the client shows such work
 * @param isMeasured whether it is known how much there is to do
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
		// It may have ended while the client was asked.
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
