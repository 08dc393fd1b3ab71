import type { CancellationToken } from 'vscode-languageserver';

/** Who asks or tells whom, as the meta model of the Language Server Protocol has it. */
type MessageDirection = 'clientToServer' | 'serverToClient';

/**
 * A request that the Language Server Protocol does not have. Whoever names it has the types of its parameters and its result. It is
 * no class of the protocol's libraries, of which client and server have one each.
 */
export interface RequestType<P, R> {
	readonly method: string;
	readonly messageDirection: MessageDirection;
	/** Never there: for types alone. */
	readonly _?: readonly [P, R];
}

/** A notification that the Language Server Protocol does not have. */
export interface NotificationType<P> {
	readonly method: string;
	readonly messageDirection: MessageDirection;
	/** Never there: for types alone. */
	readonly _?: P;
}

/** The parameters of a method that has none. */
export type NoParams = Readonly<Record<string, never>>;

/** One end of a connection, of either library. */
interface Handling {
	onRequest(method: string, handler: (...given: never[]) => unknown): unknown;
	onNotification<P>(method: string, handler: (params: P) => void): unknown;
}

/** Has a request answered; its parameters are `{}` where the other end sends none. */
export function onRequest<P, R>(
	connection: Pick<Handling, 'onRequest'>,
	{ method }: RequestType<P, R>,
	handler: (params: P, token: CancellationToken) => R | Promise<R>,
): void {
	connection.onRequest(method, (...given: [P | null, CancellationToken] | [CancellationToken]) =>
		given.length === 2 ? handler(given[0] ?? ({} as P), given[1]) : handler({} as P, given[0]),
	);
}

/** Has a notification listened to. */
export function onNotification<P>(
	connection: Pick<Handling, 'onNotification'>,
	{ method }: NotificationType<P>,
	listener: (params: P) => void,
): void {
	connection.onNotification(method, listener);
}
