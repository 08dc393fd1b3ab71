import type { NoParams, NotificationType, RequestType } from './method.ts';

/** Flags in the `initializationOptions` of a client; all default to `false`. */
export const INITIALIZATION_OPTIONS = [
	/** The client handles the file requests (`files.ts`). */
	'servesFiles',
	/** The client has the command `marginalia.showPlaces`. */
	'showsPlaces',
	/** The client has the command `marginalia.openReader`. */
	'opensReader',
	/** The client resolves document links without a target when they are followed. */
	'resolvesLinks',
	/** The client handles the request for its cursors (`editing.ts`). */
	'tellsCursors',
	/** The workspace is not trusted. */
	'untrusted',
] as const;
export type InitializationOptions = { readonly [K in (typeof INITIALIZATION_OPTIONS)[number]]?: boolean };

/** Checks whether the server responds. */
export const PingRequest: RequestType<NoParams, null> = {
	method: 'marginalia/ping',
	messageDirection: 'clientToServer',
};

/** Whether the user trusts the workspace. */
export const WorkspaceTrustNotification: NotificationType<{ readonly trusted: boolean }> = {
	method: 'marginalia/workspaceTrust',
	messageDirection: 'clientToServer',
};

/** Articles are read in another way now, since `marginalia.furniture` or a configuration has changed: outlines have to be requested again. */
export const OutlinesChangedNotification: NotificationType<NoParams> = {
	method: 'marginalia/outlinesChanged',
	messageDirection: 'serverToClient',
};
