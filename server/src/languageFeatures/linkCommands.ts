/** What the server can be asked to do with links, by name; of any client. Where a document is named, by its address, it comes first. */

/** Checks the links and images of an open document. */
export const CHECK_COMMAND = 'marginalia.checkLinks';
/** Does so again, whatever is known of them. */
export const CHECK_AGAIN_COMMAND = 'marginalia.checkLinksAgain';
/** Checks all of the archive of a document, or without one all folders that are open. */
export const CHECK_ARCHIVE_COMMAND = 'marginalia.checkArchiveLinks';
/** Ends the check of a document. */
export const CANCEL_CHECK_COMMAND = 'marginalia.cancelLinkCheck';
/** Forgets what was found out. */
export const CLEAR_CACHE_COMMAND = 'marginalia.clearLinkCache';
/** Changes all addresses in the archive of a document that are known to have moved. */
export const UPDATE_MOVED_COMMAND = 'marginalia.updateMovedLinks';
/** Opens an address, the first argument, in a browser. */
export const OPEN_ADDRESS_COMMAND = 'marginalia.openAddress';

export const LINK_COMMANDS: readonly string[] = [
	CHECK_COMMAND,
	CHECK_AGAIN_COMMAND,
	CHECK_ARCHIVE_COMMAND,
	CANCEL_CHECK_COMMAND,
	CLEAR_CACHE_COMMAND,
	UPDATE_MOVED_COMMAND,
	OPEN_ADDRESS_COMMAND,
];
