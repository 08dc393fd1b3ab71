import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { behaviourOf } from './behaviours.ts';

/** A request as received by a host. */
export interface Seen {
	readonly method: string;
	/** Includes the query. */
	readonly path: string;
	/** The `Host` header: name and port. */
	readonly host: string;
	readonly headers: IncomingMessage['headers'];
	/** In milliseconds, from a monotonic clock. */
	readonly time: number;
}

/** Misbehaving local hosts, and the requests they received. */
export interface Hosts {
	/** Returns the URL of a path, such as `http://127.0.0.1:1234/status/404`. */
	url(path: string, host?: string): string;
	/** Returns the HTTPS URL of a path at a host with the given certificate chain. */
	secureUrl(path: string, chain: Chain, host?: string): string;
	/** All requests so far, in order. */
	readonly seen: readonly Seen[];
	/** Returns `METHOD path` for all requests so far. */
	asked(): readonly string[];
	/** Clears the requests and the visits of each path, and answers all held requests. */
	forget(): void;
	/** The number of connections opened so far. */
	readonly connections: number;
	/** The maximum number of concurrent requests, per host and in total (`ALL`). */
	readonly peaks: ReadonlyMap<string, number>;
	/** Holds requests for matching paths until the returned function is called. */
	hold(paths: RegExp): () => void;
	/** Resolves to the next request for a path. */
	next(path: string): Promise<Seen>;
	/** Resolves once no request is in progress. */
	idle(): Promise<void>;
	close(): Promise<void>;
}

/** The certificate chain that a host presents. */
export type Chain = 'whole' | 'incomplete' | 'self-signed';

/** The key for the total of all hosts. */
export const ALL = '';

const read = (name: string): string => readFileSync(join(import.meta.dirname, 'certificates', name), 'utf8');

const CERTIFICATES: Readonly<Record<Chain, () => string>> = {
	whole: () => read('host.pem') + read('intermediate.pem'),
	incomplete: () => read('host.pem'),
	'self-signed': () => read('self-signed.pem'),
};

/** Returns the path of the certificate authority that a client must trust to accept the whole chain. */
export const authorityPath = (): string => join(import.meta.dirname, 'certificates/authority.pem');

/**
 * Starts hosts on a local port that misbehave depending on the path (see `behaviours.ts`).
 *
 * @param addresses IP addresses to listen on, all at the same port
 * @param latency the delay of each response in milliseconds
 * @param secure whether to start HTTPS hosts as well
 */
export async function startHosts({
	addresses = ['127.0.0.1'],
	latency = 0,
	secure: hasSecure = false,
}: {
	addresses?: readonly string[];
	latency?: number;
	secure?: boolean;
} = {}): Promise<Hosts> {
	let seen: Seen[] = [];
	let visits = new Map<string, number>();
	let connections = 0;
	const active = new Map<string, number>();
	const peaks = new Map<string, number>();
	const waiting = new Map<string, (seen: Seen) => void>();
	const idle: (() => void)[] = [];
	const holds = new Map<RegExp, (() => void)[]>();
	const count = (host: string, change: number): void => {
		if (change < 0 && active.get(ALL) === 1) for (const resolve of idle.splice(0)) resolve();
		for (const name of [host, ALL]) {
			const now = (active.get(name) ?? 0) + change;
			active.set(name, now);
			peaks.set(name, Math.max(now, peaks.get(name) ?? 0));
		}
	};
	const listener: RequestListener = (request, response) => {
		const { method = '', url = '', headers } = request;
		// Requests to a proxy contain the absolute URL.
		const path = url.startsWith('/') ? url : url.replace(/^https?:\/\/[^/]*/, '');
		const { host = '' } = headers;
		const one = { method, path, host, headers, time: performance.now() };
		seen.push(one);
		waiting.get(path)?.(one);
		waiting.delete(path);
		count(host, 1);
		response.once('close', () => count(host, -1));
		const visit = (visits.get(`${method} ${path}`) ?? 0) + 1;
		visits.set(`${method} ${path}`, visit);
		const answer = (): void => behaviourOf(path)(request, response, visit);
		const held = [...holds].find(([paths]) => paths.test(path))?.[1];
		if (held) held.push(answer);
		else if (latency > 0) setTimeout(answer, latency);
		else answer();
	};
	const servers: Server[] = [];
	const listen = async (server: Server, address: string, port = 0): Promise<number> => {
		server.on('connection', () => connections++);
		// Errors and aborts of clients are not failures here.
		server.on('clientError', (_, socket) => socket.destroy());
		server.keepAliveTimeout = 30_000;
		servers.push(server);
		await new Promise<void>((resolve, reject) => {
			server.once('error', reject);
			server.listen(port, address, resolve);
		});
		return (server.address() as AddressInfo).port;
	};
	const [first = '127.0.0.1', ...others] = addresses;
	const port = await listen(createServer(listener), first);
	for (const address of others) await listen(createServer(listener), address, port);
	const secure = new Map<Chain, number>();
	for (const [chain, certificate] of hasSecure ? Object.entries(CERTIFICATES) : []) {
		const server = createSecureServer({ cert: certificate(), key: read('host.key') }, listener);
		server.on('tlsClientError', (_, socket) => socket.destroy());
		secure.set(chain as Chain, await listen(server, first));
	}
	return {
		url: (path, host = first) => `http://${host}:${port}${path}`,
		secureUrl: (path, chain, host = first) => `https://${host}:${secure.get(chain)}${path}`,
		get seen() {
			return seen;
		},
		asked: () => seen.map(({ method, path }) => `${method} ${path}`),
		forget() {
			seen = [];
			visits = new Map();
			peaks.clear();
			for (const held of holds.values()) for (const answer of held.splice(0)) answer();
			holds.clear();
		},
		get connections() {
			return connections;
		},
		peaks,
		hold(paths) {
			const held: (() => void)[] = [];
			holds.set(paths, held);
			return () => {
				holds.delete(paths);
				for (const answer of held.splice(0)) answer();
			};
		},
		next: path => new Promise(resolve => waiting.set(path, resolve)),
		idle: () =>
			new Promise(resolve => {
				if (!active.get(ALL)) resolve();
				else idle.push(resolve);
			}),
		async close() {
			await Promise.all(
				servers.map(server => {
					const closed = new Promise<void>(resolve => server.close(() => resolve()));
					server.closeAllConnections();
					return closed;
				}),
			);
		},
	};
}
