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

/** The remaining body of a response is read up to this number of bytes, so that the connection can be reused. */
const SMALL_BODY = 16_384;

/** A truncated body is sufficient if it has at least this number of bytes. */
const TELLING = 1024;

/** Timeout for each but the last address of a host to accept a connection, in milliseconds. Node's default of 250 ms is less than the worldwide round-trip time. */
const ATTEMPT = 1500;

/** Maximum size of response headers, in bytes. */
const LARGEST_HEADERS = 65_536;

/**
 * An HTTP/1.1 client based on Node's own. Requests through a proxy contain the host name, so private hosts are only
 * detected there if they are written as addresses.
 *
 * @param names resolves host names
 */
export function createHttpClient(settings: HttpSettings, names: Names = SYSTEM_NAMES): HttpClient {
	const { allowPrivate } = settings;
	const lookup = createLookup(names, allowPrivate);
	const direct = { keepAlive: true, autoSelectFamilyAttemptTimeout: ATTEMPT, lookup };
	const agents = { 'http:': new http.Agent(direct), 'https:': new https.Agent(direct) };
	/** By protocol of the request and URL of the proxy. */
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
			// The host closed a reused connection just before the request.
			return answer ?? (await run(begin, request, signal)) ?? failure('reset');
		},
		close() {
			for (const agent of [...Object.values(agents), ...proxied.values()]) agent.destroy();
		},
	};
}

/** Makes a request; returns `undefined` if a reused connection was closed in the meantime. */
function run(start: () => ClientRequest, wanted: HttpRequest, signal: AbortSignal): Promise<HttpAnswer | undefined> {
	return new Promise(resolve => {
		let request: ClientRequest;
		try {
			request = start();
		} catch (error) {
			// Node rejects the request.
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
 * Reads the requested part of a body, then resolves. Reads the remaining bytes if they are few, so that the connection can be reused.
 *
 * @returns a function that returns a response from the bytes received so far, if they are sufficient
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
	// An incomplete body is handled when the request closes.
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
	// No name server answered, or none is usable.
	if (code.startsWith('EAI_')) return 'name-servers';
	if (/^(?:HPE_|ERR_INVALID|ERR_UNESCAPED|ERR_HTTP)/.test(code)) return 'protocol';
	// Certificate errors of OpenSSL, and Node's handshake errors.
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
