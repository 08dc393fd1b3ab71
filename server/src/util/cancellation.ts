import { type CancellationToken, LSPErrorCodes, ResponseError } from 'vscode-languageserver';

/** The error for a cancelled request: it has no result, rather than an empty one. */
export function cancelled(): ResponseError<void> {
	return new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was cancelled');
}

/**
 * Throws if the request was cancelled.
 *
 * @throws ResponseError `RequestCancelled`
 */
export function throwIfCancelled(token: CancellationToken): void {
	if (token.isCancellationRequested) throw cancelled();
}
