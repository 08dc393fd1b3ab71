import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A port that forwards to another one and takes its time, as the connection to a remote machine does. */
export interface DelayedConnection {
	readonly port: number;
	/** The round trip, in milliseconds, for what is sent from now on: half of it on the way there, half on the way back. */
	roundTrip: number;
	/** Ends all connections. */
	close(): Promise<void>;
}

/** Forwards connections to a port on 127.0.0.1. Without a delay at first. */
export async function delayConnection(target: number): Promise<DelayedConnection> {
	const sockets = new Set<Socket>();
	let roundTrip = 0;
	const server = createServer(near => {
		const far = connect(target, '127.0.0.1');
		for (const [from, to] of [
			[near, far],
			[far, near],
		] as const) {
			from.setNoDelay(true);
			sockets.add(from);
			const later = inOrder(() => roundTrip / 2);
			from.on('data', data => later(() => to.write(data)));
			from.on('close', () => {
				sockets.delete(from);
				later(() => to.destroy());
			});
			// A page that is closed resets its connections; `close` follows.
			from.on('error', () => undefined);
		}
	});
	await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
	return {
		port: (server.address() as AddressInfo).port,
		get roundTrip() {
			return roundTrip;
		},
		set roundTrip(value) {
			roundTrip = value;
		},
		close: () => {
			for (const socket of sockets) socket.destroy();
			return new Promise(resolve => server.close(() => resolve()));
		},
	};
}

/** Returns a function that runs each action after a delay and never before an earlier one, even if the delay becomes shorter. */
function inOrder(delay: () => number): (action: () => void) => void {
	const waiting: { readonly due: number; readonly action: () => void }[] = [];
	let timer: NodeJS.Timeout | undefined;
	const run = (): void => {
		timer = undefined;
		for (let next = waiting[0]; next; next = waiting[0]) {
			const left = next.due - performance.now();
			if (left > 0) {
				timer = setTimeout(run, left);
				return;
			}
			waiting.shift();
			next.action();
		}
	};
	return action => {
		const due = Math.max(performance.now() + delay(), waiting.at(-1)?.due ?? 0);
		waiting.push({ due, action });
		if (timer === undefined) run();
	};
}
