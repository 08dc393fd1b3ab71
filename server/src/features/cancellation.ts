import { type CancellationToken, LSPErrorCodes, ResponseError } from 'vscode-languageserver';

/**
 * Ends a request that nobody waits for any more; a cancelled request has no answer, not an empty one.
 *
 * @throws ResponseError `RequestCancelled`
 */
export function throwIfCancelled(token: CancellationToken): void {
	if (token.isCancellationRequested)
		throw new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was cancelled');
}
