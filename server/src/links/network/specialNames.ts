/** Why a name server that knows the internet knows nothing of a host, other than that there is none. */
export type SpecialName =
	/** Names for examples and tests, which no host has. */
	| 'reserved-name'
	/** Names of hosts in other networks. */
	| 'other-network';

/** The last parts of such names (IANA, "Special-Use Domain Names"; `internal` by a resolution of ICANN, `i2p` by custom). */
const SPECIAL: Readonly<Record<SpecialName, RegExp>> = {
	'reserved-name': /(?:^|\.)(?:example|invalid|test)\.?$/,
	'other-network': /(?:^|\.)(?:onion|i2p|local|internal|home\.arpa)\.?$/,
};

/** What is special about a host name as it stands in a URL; `undefined` for names of the internet. */
export function specialNameOf(hostname: string): SpecialName | undefined {
	return (['reserved-name', 'other-network'] as const).find(kind => SPECIAL[kind].test(hostname));
}
