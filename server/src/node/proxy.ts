import { isIP, isIPv6 } from 'node:net';
import type { ProxySettings } from '../platform.ts';
import { decodePercent } from '../util/uri.ts';

/** The proxy for a request. */
export interface HttpProxy {
	readonly url: URL;
	/** The value of `Proxy-Authorization`. */
	readonly authorization: string | undefined;
	readonly strict: boolean;
}

/**
 * Chooses the proxy for a URL: from the settings, or from the environment variables `HTTPS_PROXY`, `HTTP_PROXY`,
 * `ALL_PROXY` and `NO_PROXY`, in upper or lower case.
 *
 * @returns `undefined` if the host is requested directly
 */
export function proxyFor(
	{ protocol, hostname, port }: URL,
	settings: ProxySettings | undefined,
	env: NodeJS.ProcessEnv,
): HttpProxy | undefined {
	const variable = (name: string): string => (env[name.toLowerCase()] || env[name.toUpperCase()] || '').trim();
	const written = settings?.url?.trim() ?? (variable(`${protocol.slice(0, -1)}_proxy`) || variable('all_proxy'));
	if (written === '') return undefined;
	const exceptions = settings?.except.length ? settings.except : [variable('no_proxy')];
	const host = normalHost(hostname);
	const isDirect = (exception: string): boolean => appliesTo(exception, host, port || defaultPort(protocol));
	if (exceptions.flatMap(list => list.split(/[\s,]+/)).some(isDirect)) return undefined;
	const address = /^[a-z][a-z\d+.-]*:\/\//i.test(written) ? written : `http://${written}`;
	if (!URL.canParse(address)) return undefined;
	const url = new URL(address);
	const { username, password } = url;
	const credentials = [username, password].map(decodePercent).join(':');
	return {
		url,
		authorization:
			settings?.authorization ??
			(credentials === ':' ? undefined : `Basic ${Buffer.from(credentials).toString('base64')}`),
		strict: settings?.strict ?? true,
	};
}

function defaultPort(protocol: string): string {
	return protocol === 'https:' ? '443' : '80';
}

/**
 * Whether an exception such as `example.org`, `.example.org`, `*.example.org`, `example.org:8080`, `[::1]` or `*` applies to a host. A name
 * includes all subdomains, as in curl and VS Code.
 */
function appliesTo(exception: string, host: string, port: string): boolean {
	if (exception === '*') return true;
	const [, written = exception, only] = (!isIPv6(exception) && /^(.*):(\d+)$/.exec(exception)) || [];
	const name = normalHost(written.replace(/^\*?\.?/, ''));
	if (name === '' || (only !== undefined && only !== port)) return false;
	return host === name || (isIP(host) === 0 && host.endsWith(`.${name}`));
}

/** Normalises a host: ASCII, lower case, no brackets, shortest form of IPv6 addresses, no trailing dot. */
function normalHost(host: string): string {
	const bare = host.replace(/^\[|\]$|\.$/g, '');
	const address = isIPv6(bare) ? `http://[${bare}]` : `http://${bare}`;
	return URL.canParse(address) ? new URL(address).hostname.replace(/^\[|\]$/g, '') : bare;
}
