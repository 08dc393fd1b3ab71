/** The message of a thrown value of any type. */
export function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

/** The stack trace of a thrown value of any type, for the log. */
export function stackOf(error: unknown): string {
	return (error instanceof Error && error.stack) || String(error);
}

/** The code of a Node error, such as `ENOENT`; empty for other values. */
export function codeOf(error: unknown): string {
	return error instanceof Error && 'code' in error ? String(error.code) : '';
}
