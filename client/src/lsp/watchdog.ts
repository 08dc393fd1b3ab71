import type { CancellationToken, MessageSignature } from 'vscode-languageclient';

/** Seconds of silence after which the server is asked whether it is there at all. */
const PING_AFTER = 5;

/** What a watchdog asks and tells its owner. */
export interface WatchdogOptions {
	/** How many seconds the server may be silent while it owes an answer; 0 for any time. */
	limit(): number;
	/** Asks the server for something that costs it nothing. */
	ping(): void;
	/** Called once when the server has been silent for too long. */
	onHang(seconds: number): void;
}

/** Watches whether a server still answers, while it owes an answer. */
export interface Watchdog {
	/** For the middleware of a client: sends a request and waits for the answer. */
	sendRequest<P, R>(
		type: string | MessageSignature,
		param: P | undefined,
		token: CancellationToken | undefined,
		next: (type: string | MessageSignature, param?: P, token?: CancellationToken) => Promise<R>,
	): Promise<R>;
	/** Waits for something else that the server owes. */
	watch(owed: Promise<unknown>): void;
	dispose(): void;
}

/**
 * Makes a watchdog. Any answer is a sign of life, so that long work that others wait for, as a check over the network, is none of
 * its business; a server that is busy with one text for less than the limit answers afterwards. Time is counted in seconds in
 * which this process ran too: a computer that slept has not been waiting.
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
			// An error is an answer. Whoever asked gets it.
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
