import { messageOf } from '../../../server/src/util/errors.ts';
import type { Status } from './page/messages.ts';

/** The status shown when no article is open. */
export const EMPTY: Status = {
	kind: 'empty',
	title: 'No article',
	text: 'Open an article to read it here.',
	actions: [{ command: 'openArticle', title: 'Go to Article…' }],
};

export const LOADING: Status = { kind: 'loading', title: 'Loading…', text: '', actions: [] };

/** Returns the status shown for a list. */
export function listStatus(title: string): Status {
	return {
		kind: 'empty',
		title: title || 'Untitled list',
		text: 'This document is a list of articles. Open an article to read it here.',
		actions: [{ command: 'openArticle', title: 'Go to Article…' }],
	};
}

export function notRunning(): Status {
	return {
		kind: 'error',
		title: 'The article cannot be shown',
		text: 'The Marginalia language server is not running.',
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
