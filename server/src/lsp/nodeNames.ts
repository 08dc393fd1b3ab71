import { promises as dns, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { isPrivateAddress } from './nodeAddress.ts';

/** Who knows the addresses of hosts. */
export interface Names {
	/** Rejects with a code where there are none. */
	addresses(host: string): Promise<readonly LookupAddress[]>;
	/** Whether a name server says that there is no such host. Without a network nobody says anything. */
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

/** The code of a host that is not asked, since it is at none but private addresses. */
export const PRIVATE = 'EPRIVATE';

/** The code of a host that no name server says anything of. */
export const NO_ANSWER = 'EAI_AGAIN';

/** Finds the addresses to connect to, and refuses those that are private: at each connection anew, whatever a name meant before. */
export function createLookup(names: Names, allowPrivate: boolean): LookupFunction {
	const known = new Map<string, { readonly until: number; readonly addresses: Promise<readonly LookupAddress[]> }>();
	const find = (host: string): Promise<readonly LookupAddress[]> => {
		const found = known.get(host);
		if (found && performance.now() < found.until) return found.addresses;
		const addresses = names.addresses(host);
		known.set(host, { until: performance.now() + KEPT, addresses });
		addresses.catch(() => known.delete(host));
		return addresses;
	};
	const lookUp = async (host: string): Promise<readonly LookupAddress[]> => {
		try {
			const addresses = await find(host);
			const allowed = allowPrivate ? addresses : addresses.filter(({ address }) => !names.isPrivate(address));
			if (allowed.length === 0) throw withCode(`${host} is at ${addresses.map(one => one.address)}`, PRIVATE);
			return allowed;
		} catch (error) {
			if (codeOf(error) === 'ENOTFOUND' && !(await names.isUnknown(host)))
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

/** Names that mean nothing outside one machine, or nothing at all (RFC 6761): no name server need be asked. */
const RESERVED = /(?:^|\.)(?:localhost|example|invalid)\.?$/i;

/** Whether a host, as it stands in a URL, is private as far as can be told without asking for its address. */
export function isPrivateHost(hostname: string, { isPrivate }: Names): boolean {
	const address = hostname.replace(/^\[|\]$/g, '');
	return isIP(address) > 0 ? isPrivate(address) : RESERVED.test(hostname);
}

/** The code of a system's error; empty for others. */
export function codeOf(error: unknown): string {
	return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function withCode(message: string, code: string): Error {
	return Object.assign(new Error(message), { code });
}
