import type { ProxySettings } from '../platform.ts';
import { readSetting } from '../protocol/settings.ts';
import type { LinkSettings } from '../services/linkChecks.ts';
import { isRecord } from '../util/value.ts';

/**
 * Reads the settings `marginalia.links` and `http`, VS Code's network settings. Missing and invalid
 * values fall back to the defaults; without a `network` setting, nothing is checked on save.
 *
 * @param trusted whether the user trusts the workspace
 */
export function readLinkSettings(links: unknown, http: unknown, trusted: boolean): LinkSettings {
	return {
		mode: readSetting('marginalia.links.network', property(links, 'network'), 'onCommand'),
		trusted,
		http: {
			allowPrivate: readSetting('marginalia.links.allowPrivate', property(links, 'allowPrivate')),
			systemCertificates: property(http, 'systemCertificates') !== false,
			proxy: readProxy(http),
		},
		timeout: readSetting('marginalia.links.timeout', property(links, 'timeout')) * 1000,
		concurrency: readSetting('marginalia.links.concurrency', property(links, 'concurrency')),
		furniture: readSetting('marginalia.links.furniture', property(links, 'furniture')),
	};
}

/** Reads VS Code's proxy settings; `undefined` if they leave everything to the environment. */
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
	return isRecord(object) && Object.hasOwn(object, name) ? object[name] : undefined;
}
