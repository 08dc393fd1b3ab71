import { createRandom } from '../random.ts';

/** A link of the benchmark, and the expected result. */
export interface BenchLink {
	readonly url: string;
	readonly isBroken: boolean;
	/** Whether the page redirects permanently. */
	readonly isMoved: boolean;
}

/** The number of links and hosts, and the share of slow links. */
export interface LinkShape {
	readonly links: number;
	readonly hosts: number;
	/** The share of links that respond after three seconds. */
	readonly slow: number;
}

/** Paths of `test/hosts` and their shares of all links. All other links are plain pages. */
const MIX: readonly (readonly [path: string, share: number])[] = [
	['/status/404', 0.05],
	['/moved/301', 0.05],
	['/head/405', 0.02],
];

const SLOW = '/slow/3000';

/** Returns the addresses of the hosts. All are loopback addresses (RFC 5735), at one port. */
export function hostAddresses(count: number): readonly string[] {
	return Array.from({ length: count }, (_, at) => `127.0.0.${at + 2}`);
}

/** Creates links, distributed over the hosts in turns, with the given share of each kind. Deterministic. */
export function benchLinks({ links, hosts, slow }: LinkShape, port: number): readonly BenchLink[] {
	const addresses = hostAddresses(hosts);
	const paths = [...MIX, [SLOW, slow] as const].flatMap(([path, share]) =>
		Array<string>(Math.round(links * share)).fill(path),
	);
	const chosen = shuffled([...paths, ...Array<string>(links - paths.length).fill('/page')]);
	return chosen.map((path, at) => ({
		url: `http://${addresses[at % hosts]}:${port}${path}/${at}`,
		isBroken: path === '/status/404',
		isMoved: path === '/moved/301',
	}));
}

function shuffled(items: readonly string[]): readonly string[] {
	const random = createRandom(1);
	const result = [...items];
	for (let at = result.length - 1; at > 0; at--) {
		const other = random.below(at + 1);
		[result[at], result[other]] = [result[other] ?? '', result[at] ?? ''];
	}
	return result;
}
