import http, { type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import https from 'node:https';
import { createSecureContext, type SecureContext } from 'node:tls';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { specialNameOf } from '../links/network/specialNames.ts';
import type { HttpAnswer, HttpClient, HttpFailure, HttpRequest, HttpSettings } from '../platform.ts';
import { codeOf } from '../util/errors.ts';
import { trustedAuthorities } from './certificates.ts';
import { createLookup, isPrivateHost, type Names, PRIVATE, SYSTEM_NAMES } from './nameLookup.ts';
import { type HttpProxy, proxyFor } from './proxy.ts';

/** Of a body that is not wanted, this much is read all the same, so that the connection can be kept, in bytes. */
const SMALL_BODY = 16_384;

/** A body that ends early says what it is if there are so many bytes of it. */
const TELLING = 1024;

/** Of several addresses of a host, each but the last has so long to take a connection, in milliseconds; Node's own quarter of a second is less than the way round the world. */
const ATTEMPT = 1500;

/** Headers of more bytes are no answer. */
const LARGEST_HEADERS = 65_536;

/**
 * Speaks HTTP/1.1 by Node's own client. Proxies are asked by name, so that only addresses which are written as such can be
 * told to be private there.
 *
 * @param names who knows the addresses of hosts
 */
export function createHttpClient(settings: HttpSettings, names: Names = SYSTEM_NAMES): HttpClient {
	const { allowPrivate } = settings;
	const lookup = createLookup(names, allowPrivate);
	const direct = { keepAlive: true, autoSelectFamilyAttemptTimeout: ATTEMPT, lookup };
	const agents = { 'http:': new http.Agent(direct), 'https:': new https.Agent(direct) };
	/** By protocol of the request, and address of the proxy. */
	const proxied = new Map<string, http.Agent>();
	const agentFor = ({ url, authorization, strict }: HttpProxy, isTunnel: boolean): http.Agent => {
		const key = `${isTunnel} ${url.href}`;
		let agent = proxied.get(key);
		if (!agent) {
			const options = { keepAlive: true, rejectUnauthorized: strict };
			const headers: Record<string, string> = authorization ? { 'proxy-authorization': authorization } : {};
			if (isTunnel) agent = new HttpsProxyAgent(withoutCredentials(url), { ...options, headers });
			else agent = url.protocol === 'https:' ? new https.Agent(options) : new http.Agent(options);
			proxied.set(key, agent);
		}
		return agent;
	};
	let trusted: { readonly context: SecureContext | undefined } | undefined;
	const secureContext = (): { readonly secureContext?: SecureContext } => {
		trusted ??= {
			context: settings.systemCertificates ? createSecureContext({ ca: [...trustedAuthorities()] }) : undefined,
		};
		return trusted.context ? { secureContext: trusted.context } : {};
	};
	const start = ({ url, method, headers }: HttpRequest, proxy: HttpProxy | undefined): ClientRequest => {
		const common = { method, headers, maxHeaderSize: LARGEST_HEADERS };
		const path = `${url.pathname}${url.search}`;
		const target = { host: url.hostname.replace(/^\[|\]$/g, ''), port: url.port || undefined, path };
		if (url.protocol === 'https:') {
			const agent = proxy ? agentFor(proxy, true) : agents['https:'];
			return https.request({ ...common, ...target, agent, ...secureContext() });
		}
		if (!proxy) return http.request({ ...common, ...target, agent: agents['http:'] });
		const { url: address, authorization } = proxy;
		const options: RequestOptions = {
			...common,
			agent: agentFor(proxy, false),
			host: address.hostname.replace(/^\[|\]$/g, ''),
			port: address.port || undefined,
			path: `http://${url.host}${path}`,
			headers: { ...headers, host: url.host, ...(authorization ? { 'proxy-authorization': authorization } : {}) },
		};
		return address.protocol === 'https:' ? https.request(options) : http.request(options);
	};
	return {
		async exchange(request, signal) {
			if (signal.aborted) return failure('cancelled');
			const { hostname } = request.url;
			if (!allowPrivate && isPrivateHost(hostname, names)) return failure('private-address', hostname);
			if (!allowPrivate && specialNameOf(hostname) === 'reserved-name') return failure('host-unknown', hostname);
			const proxy = proxyFor(request.url, settings.proxy, process.env);
			if (proxy && !/^https?:$/.test(proxy.url.protocol))
				return failure('proxy', `${proxy.url.protocol} is not an HTTP proxy`);
			const begin = (): ClientRequest => start(request, proxy);
			const answer = await run(begin, request, signal);
			// The host gave a connection up just as it was used again.
			return answer ?? (await run(begin, request, signal)) ?? failure('reset');
		},
		close() {
			for (const agent of [...Object.values(agents), ...proxied.values()]) agent.destroy();
		},
	};
}

/** Makes one request; `undefined` where the connection, an old one, was closed meanwhile. */
function run(start: () => ClientRequest, wanted: HttpRequest, signal: AbortSignal): Promise<HttpAnswer | undefined> {
	return new Promise(resolve => {
		let request: ClientRequest;
		try {
			request = start();
		} catch (error) {
			// Node refuses to write it.
			resolve(failure('protocol', String(error)));
			return;
		}
		let partial = (reason: HttpFailure): HttpAnswer => failure(reason);
		const end = (reason: HttpFailure): void => {
			resolve(partial(reason));
			request.destroy();
		};
		const cancel = (): void => end('cancelled');
		const timer = setTimeout(end, wanted.timeout, 'timeout');
		signal.addEventListener('abort', cancel, { once: true });
		request.once('close', () => {
			clearTimeout(timer);
			signal.removeEventListener('abort', cancel);
			resolve(partial('reset'));
		});
		request.on('error', error => {
			const isStale = request.reusedSocket && codeOf(error) === 'ECONNRESET';
			resolve(isStale ? undefined : failure(reasonOf(error), error.message));
		});
		request.once('proxyConnect', ({ statusCode }: { readonly statusCode: number }) => {
			if (statusCode !== 200) end('proxy');
		});
		request.once('response', response => {
			const answer = collect(request, response, wanted, resolve);
			partial = reason => answer() ?? failure(reason);
		});
		request.end();
	});
}

/**
 * Reads as much of an answer as is wanted, then resolves; lets the rest come where that keeps the connection for little.
 *
 * @returns a function that tells what can be told from the bytes that have come
 */
function collect(
	request: ClientRequest,
	response: IncomingMessage,
	{ method, bodyLimit }: HttpRequest,
	resolve: (answer: HttpAnswer) => void,
): () => HttpAnswer | undefined {
	const { statusCode = 0, headers } = response;
	const length = method === 'HEAD' ? 0 : Number(headers['content-length'] ?? Number.POSITIVE_INFINITY);
	const chunks: Buffer[] = [];
	let got = 0;
	const answer = (): HttpAnswer => ({
		kind: 'response',
		status: statusCode,
		header: name => headers[name]?.toString(),
		body: Buffer.concat(chunks).subarray(0, bodyLimit),
	});
	const enough = (): void => {
		resolve(answer());
		if (length - got > SMALL_BODY) request.destroy();
	};
	response.on('data', (chunk: Buffer) => {
		if (got < bodyLimit) chunks.push(chunk);
		got += chunk.length;
		if (got >= bodyLimit) enough();
	});
	response.on('end', () => resolve(answer()));
	// What it means that the rest does not come is for the request's own end to say.
	response.on('error', () => {});
	if (bodyLimit === 0) enough();
	return () => (got >= TELLING ? answer() : undefined);
}

function reasonOf(error: Error): HttpFailure {
	const code = codeOf(error);
	switch (code) {
		case PRIVATE:
			return 'private-address';
		case 'ENOTFOUND':
			return 'host-unknown';
		case 'ECONNREFUSED':
			return 'refused';
		case 'ETIMEDOUT':
			return 'timeout';
		case 'ENETUNREACH':
		case 'EHOSTUNREACH':
		case 'ENETDOWN':
		case 'EADDRNOTAVAIL':
			return 'unreachable';
	}
	// No name server answers, or none is of use.
	if (code.startsWith('EAI_')) return 'name-servers';
	if (/^(?:HPE_|ERR_INVALID|ERR_UNESCAPED|ERR_HTTP)/.test(code)) return 'protocol';
	// OpenSSL's names for what can be wrong with a certificate, and Node's for a failed handshake.
	if (/CERT|SIGN|CRL|_CA$|PURPOSE|^(?:ERR_(?:TLS|SSL)|EPROTO|CA_|EE_|HOSTNAME)/.test(code)) return 'tls';
	return 'reset';
}

function failure(reason: HttpFailure, detail: string = reason): HttpAnswer {
	return { kind: 'failure', reason, detail };
}

function withoutCredentials(url: URL): URL {
	const bare = new URL(url);
	bare.username = '';
	bare.password = '';
	return bare;
}
