import type { ProxySettings } from '../platform.ts';
import type { LinkSettings } from '../services/linkChecks.ts';

/** Bounds and default of a setting that is a number. */
interface Range {
	readonly least: number;
	readonly most: number;
	readonly usual: number;
}

/** In seconds. */
const TIMEOUT: Range = { least: 1, most: 300, usual: 20 };
const CONCURRENCY: Range = { least: 1, most: 512, usual: 128 };

/**
 * Reads what a client answers to `marginalia.links` and to `http`, VS Code's own settings for the network. Whatever is
 * missing or makes no sense is as by default; who has no such setting is asked for nothing on save.
 *
 * @param trusted whether the user trusts what is open
 */
export function readLinkSettings(links: unknown, http: unknown, trusted: boolean): LinkSettings {
	const mode = property(links, 'network');
	return {
		mode: mode === 'onSave' || mode === 'off' ? mode : 'onCommand',
		trusted,
		http: {
			allowPrivate: property(links, 'allowPrivate') === true,
			systemCertificates: property(http, 'systemCertificates') !== false,
			proxy: readProxy(http),
		},
		timeout: within(TIMEOUT, property(links, 'timeout')) * 1000,
		concurrency: within(CONCURRENCY, property(links, 'concurrency')),
	};
}

/** What VS Code's settings say of a proxy; `undefined` where the environment decides all. */
function readProxy(http: unknown): ProxySettings | undefined {
	const written = property(http, 'proxy');
	const url = typeof written === 'string' ? written.trim() : '';
	const isOff = property(http, 'proxySupport') === 'off';
	const authorization = property(http, 'proxyAuthorization');
	const except = property(http, 'noProxy');
	const settings: ProxySettings = {
		url: isOff ? '' : url || undefined,
		authorization: typeof authorization === 'string' && authorization !== '' ? authorization : undefined,
		strict: property(http, 'proxyStrictSSL') !== false,
		except: Array.isArray(except) ? except.filter(host => typeof host === 'string') : [],
	};
	const isDefault = settings.authorization === undefined && settings.strict && settings.except.length === 0;
	return settings.url === undefined && isDefault ? undefined : settings;
}

function property(object: unknown, name: string): unknown {
	return typeof object === 'object' && object !== null
		? Object.entries(object).find(([key]) => key === name)?.[1]
		: undefined;
}

function within({ least, most, usual }: Range, value: unknown): number {
	return typeof value === 'number' && Number.isFinite(value) ? Math.min(most, Math.max(least, value)) : usual;
}
