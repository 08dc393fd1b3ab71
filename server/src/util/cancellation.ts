import { type CancellationToken, type Disposable, LSPErrorCodes, ResponseError } from 'vscode-languageserver';

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

/**
 * Waits for something that cannot be stopped, until the request is cancelled.
 *
 * @throws ResponseError `RequestCancelled`
 */
export async function orCancelled<T>(awaited: Promise<T>, token: CancellationToken): Promise<T> {
	throwIfCancelled(token);
	let listener: Disposable | undefined;
	const stopped = new Promise<never>((_, reject) => {
		listener = token.onCancellationRequested(() => reject(cancelled()));
	});
	try {
		return await Promise.race([awaited, stopped]);
	} finally {
		listener?.dispose();
	}
}
