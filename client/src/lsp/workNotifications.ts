import { ProgressLocation, window } from 'vscode';
import type { Middleware, ProgressToken } from 'vscode-languageclient';

/** A notification about an operation in progress. */
interface Shown {
	report(message: string | undefined, percentage: number): void;
	end(): void;
}

/**
 * Shows operations of the server that report a percentage in a notification with a Cancel button. The client library would
 * show them in the status bar, where it is not obvious that clicking cancels them.
 *
 * @param cancel asks the server to cancel the operation
 */
export function workNotifications(
	cancel: (token: ProgressToken) => void,
): NonNullable<Middleware['handleWorkDoneProgress']> {
	const notifications = new Map<ProgressToken, Shown>();
	return (token, params, next) => {
		if (params.kind === 'begin' && params.cancellable && params.percentage !== undefined) {
			notifications.set(
				token,
				show(params.title, () => cancel(token)),
			);
			return;
		}
		const shown = notifications.get(token);
		if (!shown) return next(token, params);
		if (params.kind === 'report') return shown.report(params.message, params.percentage ?? 0);
		shown.end();
		notifications.delete(token);
		// The library also keeps the token.
		next(token, params);
	};
}

function show(title: string, cancel: () => void): Shown {
	let end = (): void => {};
	const ended = new Promise<void>(resolve => {
		end = resolve;
	});
	let percent = 0;
	let report: Shown['report'] = () => {};
	void window.withProgress({ location: ProgressLocation.Notification, title, cancellable: true }, (progress, token) => {
		token.onCancellationRequested(cancel);
		report = (message, percentage) => {
			progress.report({ ...(message === undefined ? {} : { message }), increment: Math.max(0, percentage - percent) });
			percent = Math.max(percent, percentage);
		};
		return ended;
	});
	return { report: (message, percentage) => report(message, percentage), end };
}
