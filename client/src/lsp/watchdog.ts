import type { CancellationToken, MessageSignature } from 'vscode-languageclient';

/** Seconds of silence after which the server is pinged. */
const PING_AFTER = 5;

/** Callbacks of a watchdog. */
export interface WatchdogOptions {
	/** Returns the number of seconds the server may be silent while a request is pending; 0 for no limit. */
	limit(): number;
	/** Sends the server a trivial request. */
	ping(): void;
	/** Called once when the server has been silent for too long. */
	onHang(seconds: number): void;
}

/** Monitors whether a server still responds while requests are pending. */
export interface Watchdog {
	/** Sends a request and awaits the response. Used as the client's middleware. */
	sendRequest<P, R>(
		type: string | MessageSignature,
		param: P | undefined,
		token: CancellationToken | undefined,
		next: (type: string | MessageSignature, param?: P, token?: CancellationToken) => Promise<R>,
	): Promise<R>;
	/** Monitors another pending response of the server. */
	watch(owed: Promise<unknown>): void;
	dispose(): void;
}

/**
 * Creates a watchdog. Any response counts as a sign of life, so a long-running request such as a link check does not trigger
 * it. Only seconds in which this process ran are counted, not the time the computer was asleep.
 */
export function createWatchdog({ limit, ping, onHang }: WatchdogOptions): Watchdog {
	let owed = 0;
	let silence = 0;
	let timer: ReturnType<typeof setInterval> | undefined;
	const stop = (): void => {
		clearInterval(timer);
		timer = undefined;
		silence = 0;
	};
	const tick = (): void => {
		silence++;
		const seconds = limit();
		if (seconds > 0 && silence >= seconds) {
			stop();
			onHang(seconds);
		} else if (silence === PING_AFTER) ping();
	};
	const watch = async (promise: Promise<unknown>): Promise<void> => {
		owed++;
		timer ??= setInterval(tick, 1000);
		try {
			await promise;
		} catch {
			// An error is a response. The caller receives it.
		} finally {
			owed--;
			silence = 0;
			if (owed === 0) stop();
		}
	};
	return {
		sendRequest(type, param, token, next) {
			const answer = next(type, param, token);
			void watch(answer);
			return answer;
		},
		watch: promise => void watch(promise),
		dispose: stop,
	};
}
