/** Why name servers on the internet do not know a host that may exist. */
export type SpecialName =
	/** Names reserved for examples and tests. */
	| 'reserved-name'
	/** Names of hosts in other networks. */
	| 'other-network';

/** The last labels of such names (IANA, "Special-Use Domain Names"; `internal` by a resolution of ICANN, `i2p` by custom). */
const SPECIAL: Readonly<Record<SpecialName, RegExp>> = {
	'reserved-name': /(?:^|\.)(?:example|invalid|test)\.?$/,
	'other-network': /(?:^|\.)(?:onion|i2p|local|internal|home\.arpa)\.?$/,
};

/** Returns the kind of a special-use host name, as written in a URL; `undefined` for other names. */
export function specialNameOf(hostname: string): SpecialName | undefined {
	return (['reserved-name', 'other-network'] as const).find(kind => SPECIAL[kind].test(hostname));
}
