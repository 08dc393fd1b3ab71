/**
 * Errors that neither JSON-RPC nor the Language Server Protocol has a code for. Theirs are negative, so these are not. A message is for
 * people and may be worded otherwise at any time.
 */
export const MarginaliaErrorCodes = {
	/** The client has not opened the document that a request is about, or has closed it. */
	documentNotOpen: 1,
} as const;

/** Whether a request failed for one of these reasons. */
export function failedFor(error: unknown, reason: keyof typeof MarginaliaErrorCodes): boolean {
	return error instanceof Error && 'code' in error && error.code === MarginaliaErrorCodes[reason];
}
