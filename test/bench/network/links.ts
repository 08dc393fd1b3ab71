import { createRandom } from '../random.ts';

/** A link of the bench, and what a checker has to say of it. */
export interface BenchLink {
	readonly url: string;
	readonly isBroken: boolean;
	/** Whether the page says that it has another address for good. */
	readonly isMoved: boolean;
}

/** How many links there are, at how many hosts, and how many of them are slow. */
export interface LinkShape {
	readonly links: number;
	readonly hosts: number;
	/** Share of links that answer after three seconds. */
	readonly slow: number;
}

/** Paths of `test/hosts`, and their share of all links; all others are plain pages. */
const MIX: readonly (readonly [path: string, share: number])[] = [
	['/status/404', 0.05],
	['/moved/301', 0.05],
	['/head/405', 0.02],
];

const SLOW = '/slow/3000';

/** The addresses of the hosts: all of them are this machine (RFC 5735, "loopback"), at one port. */
export function hostAddresses(count: number): readonly string[] {
	return Array.from({ length: count }, (_, at) => `127.0.0.${at + 2}`);
}

/** Links over the hosts in turns, of each kind as many as its share; which are which is left to chance, but the same each time. */
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
