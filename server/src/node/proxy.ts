import type { ProxySettings } from '../platform.ts';

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
	const exceptions = settings?.except.length ? settings.except : variable('no_proxy').split(/[\s,]+/);
	const host = hostname.replace(/^\[|\]$/g, '');
	if (exceptions.some(exception => isMeant(exception.trim().toLowerCase(), host, port || defaultPort(protocol))))
		return undefined;
	const address = /^[a-z][a-z\d+.-]*:\/\//i.test(written) ? written : `http://${written}`;
	if (!URL.canParse(address)) return undefined;
	const url = new URL(address);
	const { username, password } = url;
	const credentials = [username, password].map(decodeURIComponent).join(':');
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

/** Whether an exception, as `example.org`, `.example.org`, `*.example.org`, `example.org:8080` or `*`, is meant for a host. */
function isMeant(exception: string, host: string, port: string): boolean {
	if (exception === '*') return true;
	const [, name = '', only] = /^(.*?)(?::(\d+))?$/.exec(exception) ?? [];
	if (name === '' || (only !== undefined && only !== port)) return false;
	const suffix = name.replace(/^\*/, '').replace(/^\[|\]$/g, '');
	return suffix.startsWith('.') ? `.${host}`.endsWith(suffix) : host === suffix || host.endsWith(`.${suffix}`);
}
