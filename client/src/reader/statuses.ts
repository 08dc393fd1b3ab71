import { messageOf } from '../../../server/src/util/errors.ts';
import type { Status } from './page/messages.ts';

/** What a reader shows instead of an article. */
export const EMPTY: Status = {
	kind: 'empty',
	title: 'No article',
	text: 'Open an article, and it is set here to be read.',
	actions: [{ command: 'openArticle', title: 'Go to Article…' }],
};

export const LOADING: Status = { kind: 'loading', title: 'Loading…', text: '', actions: [] };

/** For a document that is a list. */
export function listStatus(title: string): Status {
	return {
		kind: 'empty',
		title: title || 'A list',
		text: 'This is a list of articles. Open one of them to read it.',
		actions: [{ command: 'openArticle', title: 'Go to Article…' }],
	};
}

export function notRunning(): Status {
	return {
		kind: 'error',
		title: 'The article cannot be shown',
		text: 'The Marginalia language server does not run.',
		actions: [
			{ command: 'restart', title: 'Restart' },
			{ command: 'showOutput', title: 'Show Output' },
		],
	};
}

export function failed(error: unknown): Status {
	return {
		kind: 'error',
		title: 'The article cannot be shown',
		text: messageOf(error),
		actions: [
			{ command: 'retry', title: 'Try Again' },
			{ command: 'showOutput', title: 'Show Output' },
		],
	};
}
