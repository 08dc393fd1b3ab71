import { type Configuration, DEFAULTS, familyOf, type Level } from './configuration.ts';
import { matchesPattern } from './pattern.ts';

/** What a configuration says of one file. */
export interface Policy {
	/** What a rule is set to here; `undefined` where its default holds. */
	level(ruleId: string): Level | undefined;
	/** Whether any address is ignored. */
	readonly ignoresAddresses: boolean;
	/**
	 * Whether links and images with an address are not to be reported.
	 *
	 * @param written the address as it stands in the article
	 * @param resolved where it leads, and what is behind that if it is a proxy
	 */
	ignoresAddress(written: string, resolved: readonly URL[]): boolean;
}

/**
 * What a configuration says of one file.
 *
 * @param path the file's path from the configuration's folder, with slashes; `undefined` where it is not below that
 */
export function policyFor(configuration: Configuration, path: string | undefined): Policy {
	const { levels, ignoredUrls, ignoredHosts, ignoredRules } = configuration;
	const here = path === undefined ? [] : ignoredRules.filter(entry => matchesPattern(path, entry.path));
	const off = new Set(here.flatMap(({ rules }) => rules));
	const exact = new Set(ignoredUrls);
	const patterns = ignoredUrls.filter(url => url.includes('*'));
	const hosts = new Set(ignoredHosts);
	return {
		level(ruleId) {
			const family = familyOf(ruleId);
			if (off.has(ruleId) || off.has(family)) return 'off';
			return levels.get(ruleId) ?? levels.get(family);
		},
		ignoresAddresses: ignoredUrls.length + ignoredHosts.length > 0,
		ignoresAddress(written, resolved) {
			const addresses = [written, ...resolved.map(({ href }) => href)];
			return (
				resolved.some(({ hostname }) => domainsOf(hostname.replace(/\.$/, '')).some(domain => hosts.has(domain))) ||
				addresses.some(address => exact.has(address) || patterns.some(pattern => matchesPattern(address, pattern)))
			);
		},
	};
}

/** A host, and all that it is a subdomain of. */
function domainsOf(host: string): readonly string[] {
	const labels = host.split('.');
	return labels.map((_, at) => labels.slice(at).join('.'));
}

/** What holds for a file without a configuration. */
export const DEFAULT_POLICY: Policy = policyFor(DEFAULTS, undefined);
