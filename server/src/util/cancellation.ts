import { type CancellationToken, LSPErrorCodes, ResponseError } from 'vscode-languageserver';

/** What ends a request that nobody waits for any more; a cancelled request has no answer, not an empty one. */
export function cancelled(): ResponseError<void> {
	return new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was cancelled');
}

/**
 * Ends a request that nobody waits for any more.
 *
 * @throws ResponseError `RequestCancelled`
 */
export function throwIfCancelled(token: CancellationToken): void {
	if (token.isCancellationRequested) throw cancelled();
}
