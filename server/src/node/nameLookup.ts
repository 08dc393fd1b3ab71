import { promises as dns, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { codeOf } from '../util/errors.ts';
import { isPrivateAddress } from './address.ts';

/** Who knows the addresses of hosts. */
export interface Names {
	/** Rejects with a code where there are none. */
	addresses(host: string): Promise<readonly LookupAddress[]>;
	/** Whether a name server says that there is no such host. */
	isUnknown(host: string): Promise<boolean>;
	/** Whether an IP address is not on the public internet. */
	isPrivate(address: string): boolean;
}

/** The names that the machine knows, by its own ways to find them out. */
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

/** How long an answer is kept, in milliseconds: a host is asked several times one after the other. */
const KEPT = 60_000;

/** A name that all name servers know which know the internet. Others, as where one has to log in first, deny every name. */
export const SURE_NAME = 'a.root-servers.net';

/** After so many names that were not found, one after the other, the sure one has to be found before others are looked up. */
const MOST_MISSED = 12;

/** The code of a host that is not asked, since it is at none but private addresses. */
export const PRIVATE = 'EPRIVATE';

/** The code of a host that no name server says anything of, or one alone that denies every name. */
const NO_ANSWER = 'EAI_AGAIN';

/**
 * Finds the addresses to connect to, and refuses those that are private: at each connection anew, whatever a name meant before.
 *
 * @param now in milliseconds, of a clock that only goes forward
 */
export function createLookup(names: Names, allowPrivate: boolean, now = () => performance.now()): LookupFunction {
	const known = new Map<string, { readonly until: number; readonly addresses: Promise<readonly LookupAddress[]> }>();
	const find = (host: string): Promise<readonly LookupAddress[]> => {
		const found = known.get(host);
		if (found && now() < found.until) return found.addresses;
		const addresses = names.addresses(host);
		known.set(host, { until: now() + KEPT, addresses });
		// A host is called unknown only once it was looked up twice.
		if (host !== SURE_NAME) addresses.catch(() => known.delete(host));
		return addresses;
	};
	const knowsInternet = (): Promise<boolean> =>
		find(SURE_NAME).then(
			addresses => addresses.length > 0,
			() => false,
		);
	/** How many names were not found, one after the other. */
	let missed = 0;
	const lookUp = async (host: string): Promise<readonly LookupAddress[]> => {
		// Without a network every name takes its time, and there may be thousands.
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

/** Names that mean one machine alone (RFC 6761). */
const OWN = /(?:^|\.)localhost\.?$/;

/** Whether a host, as it stands in a URL, is private as far as can be told without asking for its address. */
export function isPrivateHost(hostname: string, { isPrivate }: Names): boolean {
	const address = hostname.replace(/^\[|\]$/g, '');
	return isIP(address) > 0 ? isPrivate(address) : OWN.test(hostname);
}

function withCode(message: string, code: string): Error {
	return Object.assign(new Error(message), { code });
}
