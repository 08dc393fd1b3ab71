import { type Configuration, DEFAULTS, familyOf, type Level } from './configuration.ts';
import { matchesPattern } from './pattern.ts';

/** The part of a configuration that applies to one file. */
export interface Policy {
	/** Returns the level of a rule; `undefined` for its default. */
	level(ruleId: string): Level | undefined;
	/** Whether any URL is ignored. */
	readonly ignoresAddresses: boolean;
	/**
	 * Whether problems with the links and images of a URL are ignored.
	 *
	 * @param written the URL as written in the article
	 * @param resolved the URL that it resolves to, and the one behind it if that is a proxy
	 */
	ignoresAddress(written: string, resolved: readonly URL[]): boolean;
}

/**
 * Creates the policy for a file.
 *
 * @param path the path of the file relative to the folder of the configuration, with slashes; `undefined` if it is not below that
 */
export function policyFor(configuration: Configuration, path: string | undefined): Policy {
	const { levels, ignoredUrls, ignoredHosts, ignoredRules } = configuration;
	const here = path === undefined ? [] : ignoredRules.filter(entry => matchesPattern(path, entry.path));
	const off = new Set(here.flatMap(({ rules }) => rules));
	const exact = new Set(ignoredUrls);
	const patterns = ignoredUrls.filter(url => url.includes('*'));
	const hosts = new Set(ignoredHosts);
	const hasLevels = levels.size > 0 || off.size > 0;
	return {
		level(ruleId) {
			if (!hasLevels) return undefined;
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

/** Returns a host and its parent domains. */
function domainsOf(host: string): readonly string[] {
	const labels = host.split('.');
	return labels.map((_, at) => labels.slice(at).join('.'));
}

/** The policy for a file without a configuration. */
export const DEFAULT_POLICY: Policy = policyFor(DEFAULTS, undefined);
