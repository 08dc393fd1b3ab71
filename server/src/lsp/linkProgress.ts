import type { CancellationToken } from 'vscode-languageserver';
import type { CheckProgress } from '../protocol/links.ts';
import type { ClientSupport } from './capabilities.ts';
import type { RemoteClient } from './client.ts';
import { showProgress } from './progress.ts';

/** A check whose progress is shown to the user. */
export interface ShownCheck {
	/** Aborted when the user cancels. */
	readonly signal: AbortSignal;
	readonly onProgress: (progress: CheckProgress) => void;
	done(): void;
}

/** The minimum time between two progress reports, in milliseconds. */
const INTERVAL = 400;

/** Shows the progress of a check once it takes long. */
export function showCheck(
	remote: RemoteClient,
	client: ClientSupport,
	title: string,
	token: CancellationToken,
): ShownCheck {
	const controller = new AbortController();
	const cancel = (): void => controller.abort();
	token.onCancellationRequested(cancel);
	const progress = showProgress(remote, client.showsProgress, title, true);
	progress.onCancel(cancel);
	let next = 0;
	return {
		signal: controller.signal,
		onProgress({ done, total, broken }) {
			if (done < total && performance.now() < next) return;
			next = performance.now() + INTERVAL;
			const counts = `${done.toLocaleString('en')} of ${total.toLocaleString('en')}`;
			const percentage = total === 0 ? 100 : Math.floor((100 * done) / total);
			progress.report(`${counts}${broken > 0 ? `, ${broken} broken` : ''}`, percentage);
		},
		done: progress.done,
	};
}
