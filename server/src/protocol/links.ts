import type { TextDocumentIdentifier } from 'vscode-languageserver';
import type { NoParams, NotificationType, RequestType } from './method.ts';

/** What is known of the links and images of an open document; `null` where it is no article. */
export const LinkStatusRequest: RequestType<
	{ readonly textDocument: TextDocumentIdentifier },
	(LinkStatus & StatusWords) | null
> = { method: 'marginalia/linkStatus', messageDirection: 'clientToServer' };

/** What is known of links and images is no longer what it was. */
export const LinkStatusChangedNotification: NotificationType<NoParams> = {
	method: 'marginalia/linkStatusChanged',
	messageDirection: 'serverToClient',
};

/** How many links or images of an article there are that are asked for, and what they were found to be. */
export type Counts = Readonly<Record<'ok' | 'moved' | 'broken' | 'unverified' | 'unknown', number>>;

/** How far a check has come; `total` are the addresses that have to be asked for. */
export interface CheckProgress {
	readonly done: number;
	readonly total: number;
	/** How many of those that are done are broken. */
	readonly broken: number;
}

/** What is known of an article's links and images. */
export interface LinkStatus {
	readonly link: Counts;
	readonly image: Counts;
	/** When the oldest of the verdicts was found, in milliseconds since the Unix epoch. */
	readonly oldest: number | undefined;
	/** Whether all that was asked for last says no more than that there was no network. */
	readonly offline: boolean;
	/** How far a check has come that is under way. */
	readonly checking: CheckProgress | undefined;
	/** Why nothing is requested, in one sentence without a full stop. */
	readonly refusal: string | undefined;
}

/** What is known of an article's links and pictures, in words for the status of an editor. */
export interface StatusWords {
	/** `14 links, 1 broken`; while a check is under way, how far it has come. */
	readonly text: string;
	/** All of it, in Markdown. */
	readonly tooltip: string;
}
