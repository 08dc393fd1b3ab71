import type { CancellationToken } from 'vscode-languageserver';
import type { CheckProgress } from '../protocol/links.ts';
import type { ClientSupport } from './capabilities.ts';
import type { RemoteClient } from './client.ts';
import { showProgress } from './progress.ts';

/** A check that is shown to the user who asked for it. */
export interface ShownCheck {
	/** Aborted once the user does not want to wait any more. */
	readonly signal: AbortSignal;
	readonly onProgress: (progress: CheckProgress) => void;
	done(): void;
}

/** Time between two messages about it, in milliseconds. */
const INTERVAL = 400;

/** Shows a check once it takes long. */
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
