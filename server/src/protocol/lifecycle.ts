import type { NoParams, NotificationType, RequestType } from './method.ts';

/** What a client may say of itself in its `initializationOptions`; each is `false` where it says nothing. */
export const INITIALIZATION_OPTIONS = [
	/** It answers the requests for files (`files.ts`). */
	'servesFiles',
	/** It has the command `marginalia.showPlaces`. */
	'showsPlaces',
	/** It has the command `marginalia.openReader`. */
	'opensReader',
	/** It asks for the target of a document link that has none when the link is followed. */
	'resolvesLinks',
	/** Its user does not trust what is open. */
	'untrusted',
] as const;
export type InitializationOptions = { readonly [K in (typeof INITIALIZATION_OPTIONS)[number]]?: boolean };

/** Asks for nothing but a sign of life. */
export const PingRequest: RequestType<NoParams, null> = {
	method: 'marginalia/ping',
	messageDirection: 'clientToServer',
};

/** Whether the user trusts what is open. */
export const WorkspaceTrustNotification: NotificationType<{ readonly trusted: boolean }> = {
	method: 'marginalia/workspaceTrust',
	messageDirection: 'clientToServer',
};
