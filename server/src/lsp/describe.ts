/** An error with its stack, for the log. */
export function describe(error: unknown): string {
	return (error instanceof Error && error.stack) || String(error);
}
