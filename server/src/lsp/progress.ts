import type { Connection, WorkDoneProgressServerReporter } from 'vscode-languageserver';

/** Work that is shown to the user while it lasts. */
export interface ShownProgress {
	/** `percentage` is from 0 to 100. */
	report(message: string, percentage?: number): void;
	/** Ends it, whether it was shown or not. */
	done(): void;
	readonly isCancelled: boolean;
	onCancel(listener: () => void): void;
}

/**
 * Shows work once it takes longer than `patience` milliseconds.
 *
 * @param isAble whether the client shows such work
 * @param isMeasured whether it is known how much there is to do
 */
export function showProgress(
	connection: Connection,
	isAble: boolean,
	title: string,
	patience: number,
	isMeasured: boolean,
): ShownProgress {
	let isDone = false;
	let isCancelled = false;
	let shown: WorkDoneProgressServerReporter | undefined;
	const listeners: (() => void)[] = [];
	const show = async (): Promise<void> => {
		try {
			const created = await connection.window.createWorkDoneProgress();
			created.begin(title, isMeasured ? 0 : undefined, undefined, true);
			created.token.onCancellationRequested(() => {
				isCancelled = true;
				for (const listener of listeners) listener();
			});
			// It may have ended while the client was asked.
			if (isDone) created.done();
			else shown = created;
		} catch (error) {
			connection.console.error(`Progress is not shown: ${error}`);
		}
	};
	const timer = isAble ? setTimeout(show, patience) : undefined;
	return {
		report(message, percentage) {
			if (percentage === undefined) shown?.report(message);
			else shown?.report(percentage, message);
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
