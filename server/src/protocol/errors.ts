/**
 * Error codes that neither JSON-RPC nor the Language Server Protocol defines. They are positive, since standard codes are negative.
 * Error messages are for people, and may change at any time.
 */
export const MarginaliaErrorCodes = {
	/** The document of the request is not open, or has been closed. */
	documentNotOpen: 1,
} as const;

/** Whether a request failed for this reason. */
export function failedFor(error: unknown, reason: keyof typeof MarginaliaErrorCodes): boolean {
	return error instanceof Error && 'code' in error && error.code === MarginaliaErrorCodes[reason];
}
