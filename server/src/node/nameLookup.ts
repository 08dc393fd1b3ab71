import { promises as dns, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { codeOf } from '../util/errors.ts';
import { isPrivateAddress } from './privateAddress.ts';

/** Resolves host names. */
export interface Names {
	/** The addresses of a host. Rejects with a code if there are none. */
	addresses(host: string): Promise<readonly LookupAddress[]>;
	/** Whether a name server reports that the host does not exist. */
	isUnknown(host: string): Promise<boolean>;
	/** Whether an IP address is not on the public internet. */
	isPrivate(address: string): boolean;
}

/** Resolves host names as the system does. */
export const SYSTEM_NAMES: Names = {
	addresses: host => dns.lookup(host, { all: true }),
	async isUnknown(host) {
		try {
			await new dns.Resolver({ timeout: 2000, tries: 2 }).resolve4(host);
			return false;
		} catch (error) {
			return ['ENOTFOUND', 'ENODATA'].includes(codeOf(error));
		}
	},
	isPrivate: isPrivateAddress,
};

/** How long results are cached, in milliseconds, because a host is often requested several times in a row. */
const KEPT = 60_000;

/** A name that every name server with access to the internet knows. Others, such as those of captive portals, deny all names. */
export const SURE_NAME = 'a.root-servers.net';

/** After this many failed lookups in a row, the sure name must resolve before other names are looked up. */
const MOST_MISSED = 12;

/** Error code for a host that is not contacted because all its addresses are private. */
export const PRIVATE = 'EPRIVATE';

/** Error code for a host that no name server answered for, or only one that denies every name. */
const NO_ANSWER = 'EAI_AGAIN';

/**
 * Creates a lookup function that rejects private addresses. It checks them for each new connection, so that DNS rebinding has no effect.
 *
 * @param now a monotonic clock in milliseconds
 */
export function createLookup(names: Names, allowPrivate: boolean, now = () => performance.now()): LookupFunction {
	const known = new Map<string, { readonly until: number; readonly addresses: Promise<readonly LookupAddress[]> }>();
	const find = (host: string): Promise<readonly LookupAddress[]> => {
		const found = known.get(host);
		if (found && now() < found.until) return found.addresses;
		const addresses = names.addresses(host);
		known.set(host, { until: now() + KEPT, addresses });
		// A host is only reported as unknown after two lookups.
		if (host !== SURE_NAME) addresses.catch(() => known.delete(host));
		return addresses;
	};
	const knowsInternet = (): Promise<boolean> =>
		find(SURE_NAME).then(
			addresses => addresses.length > 0,
			() => false,
		);
	/** The number of failed lookups in a row. */
	let missed = 0;
	const lookUp = async (host: string): Promise<readonly LookupAddress[]> => {
		// Without a network, each lookup takes a long time, and there may be thousands.
		if (missed >= MOST_MISSED && !(await knowsInternet())) throw withCode('No host name can be resolved', NO_ANSWER);
		try {
			const addresses = await find(host);
			missed = 0;
			const allowed = allowPrivate ? addresses : addresses.filter(({ address }) => !names.isPrivate(address));
			if (allowed.length === 0) throw withCode(`${host} resolves to ${addresses.map(one => one.address)}`, PRIVATE);
			return allowed;
		} catch (error) {
			if (codeOf(error) !== PRIVATE) missed++;
			if (codeOf(error) === 'ENOTFOUND' && !((await knowsInternet()) && (await names.isUnknown(host))))
				throw withCode('No name server answered', NO_ANSWER);
			throw error;
		}
	};
	return (host, options, callback) => {
		lookUp(host).then(
			addresses => {
				const [first] = addresses;
				if (options.all) callback(null, [...addresses]);
				else callback(null, first?.address ?? '', first?.family);
			},
			error => callback(error, ''),
		);
	};
}

/** Names that always refer to the local machine (RFC 6761). */
const OWN = /(?:^|\.)localhost\.?$/;

/** Whether the host of a URL is private, as far as can be determined without a lookup. */
export function isPrivateHost(hostname: string, { isPrivate }: Names): boolean {
	const address = hostname.replace(/^\[|\]$/g, '');
	return isIP(address) > 0 ? isPrivate(address) : OWN.test(hostname);
}

function withCode(message: string, code: string): Error {
	return Object.assign(new Error(message), { code });
}
