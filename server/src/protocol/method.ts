import type { CancellationToken } from 'vscode-languageserver';

/** The direction of a message, as in the meta model of the Language Server Protocol. */
type MessageDirection = 'clientToServer' | 'serverToClient';

/**
 * A request that extends the Language Server Protocol, with the types of its parameters and result. It is
 * a plain object rather than a class of the protocol libraries, since client and server use different ones.
 */
export interface RequestType<P, R> {
	readonly method: string;
	readonly messageDirection: MessageDirection;
	/** Never set: carries the types. */
	readonly _?: readonly [P, R];
}

/** A notification that extends the Language Server Protocol. */
export interface NotificationType<P> {
	readonly method: string;
	readonly messageDirection: MessageDirection;
	/** Never set: carries the type. */
	readonly _?: P;
}

/** The parameters of a method without parameters. */
export type NoParams = Readonly<Record<string, never>>;

/** A connection of either library. */
interface Handling {
	onRequest(method: string, handler: (...given: never[]) => unknown): unknown;
	onNotification<P>(method: string, handler: (params: P) => void): unknown;
}

/** Registers a request handler; its parameters are `{}` if the other side sends none. */
export function onRequest<P, R>(
	connection: Pick<Handling, 'onRequest'>,
	{ method }: RequestType<P, R>,
	handler: (params: P, token: CancellationToken) => R | Promise<R>,
): void {
	connection.onRequest(method, (...given: [P | null, CancellationToken] | [CancellationToken]) =>
		given.length === 2 ? handler(given[0] ?? ({} as P), given[1]) : handler({} as P, given[0]),
	);
}

/** Registers a notification handler. */
export function onNotification<P>(
	connection: Pick<Handling, 'onNotification'>,
	{ method }: NotificationType<P>,
	listener: (params: P) => void,
): void {
	connection.onNotification(method, listener);
}
