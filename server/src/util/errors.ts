/** What went wrong, for people. Anything can be thrown. */
export function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

/** What went wrong and where, for the log. */
export function stackOf(error: unknown): string {
	return (error instanceof Error && error.stack) || String(error);
}

/** The code of an error of Node's, as `ENOENT`; empty for any other. */
export function codeOf(error: unknown): string {
	return error instanceof Error && 'code' in error ? String(error.code) : '';
}
