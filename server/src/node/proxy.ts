import { isIP, isIPv6 } from 'node:net';
import type { ProxySettings } from '../platform.ts';
import { decodePercent } from '../util/uri.ts';

/** The proxy to ask for an address. */
export interface HttpProxy {
	readonly url: URL;
	/** The value of `Proxy-Authorization`. */
	readonly authorization: string | undefined;
	readonly strict: boolean;
}

/**
 * The proxy to ask for an address: the one of the settings, else that of the variables `HTTPS_PROXY`, `HTTP_PROXY`,
 * `ALL_PROXY` and `NO_PROXY`, in capitals or not.
 *
 * @returns `undefined` where the host is asked directly
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
	const host = plainHost(hostname);
	const isDirect = (exception: string): boolean => isMeant(exception, host, port || defaultPort(protocol));
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
 * Whether an exception, as `example.org`, `.example.org`, `*.example.org`, `example.org:8080`, `[::1]` or `*`, is meant for a host. A name
 * means all below it too, as for curl and VS Code.
 */
function isMeant(exception: string, host: string, port: string): boolean {
	if (exception === '*') return true;
	const [, written = exception, only] = (!isIPv6(exception) && /^(.*):(\d+)$/.exec(exception)) || [];
	const name = plainHost(written.replace(/^\*?\.?/, ''));
	if (name === '' || (only !== undefined && only !== port)) return false;
	return host === name || (isIP(host) === 0 && host.endsWith(`.${name}`));
}

/** A host as any other that means the same: in ASCII and lower case, without brackets, IPv6 at its shortest, no dot at its end. */
function plainHost(host: string): string {
	const bare = host.replace(/^\[|\]$|\.$/g, '');
	const address = isIPv6(bare) ? `http://[${bare}]` : `http://${bare}`;
	return URL.canParse(address) ? new URL(address).hostname.replace(/^\[|\]$/g, '') : bare;
}
