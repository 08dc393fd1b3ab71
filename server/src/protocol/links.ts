import type { TextDocumentIdentifier } from 'vscode-languageserver';
import type { NoParams, NotificationType, RequestType } from './method.ts';

/** The status of the links and images of an open document; `null` if it is not an article. */
export const LinkStatusRequest: RequestType<
	{ readonly textDocument: TextDocumentIdentifier },
	(LinkStatus & StatusWords) | null
> = { method: 'marginalia/linkStatus', messageDirection: 'clientToServer' };

/** The status of links and images has changed. */
export const LinkStatusChangedNotification: NotificationType<NoParams> = {
	method: 'marginalia/linkStatusChanged',
	messageDirection: 'serverToClient',
};

/** The number of checked links or images of an article, by verdict. */
export type Counts = Readonly<Record<'ok' | 'moved' | 'broken' | 'unverified' | 'unknown', number>>;

/** The progress of a check; `total` is the number of URLs to request. */
export interface CheckProgress {
	readonly done: number;
	readonly total: number;
	/** How many of the `done` URLs are broken. */
	readonly broken: number;
}

/** The status of an article's links and images. */
export interface LinkStatus {
	readonly link: Counts;
	readonly image: Counts;
	/** When the oldest verdict was found, in milliseconds since the Unix epoch. */
	readonly oldest: number | undefined;
	/** Whether all requests of the last check failed because there was no network. */
	readonly offline: boolean;
	/** The progress of a running check. */
	readonly checking: CheckProgress | undefined;
	/** Why links are not checked, as one sentence without a full stop. */
	readonly refusal: string | undefined;
}

/** The status of an article's links and images as text for the status bar. */
export interface StatusWords {
	/** `14 URLs, 1 broken`; the progress while a check is running. */
	readonly text: string;
	/** The full status, in Markdown. */
	readonly tooltip: string;
}
