import { greatest } from '../article/lists.ts';
/**
 * Returns a fast membership test for a set of names. It runs on every attribute of an article and nearly always returns `false`, so it
 * first looks up the name's length, second and last letter.
 */
export function quickSet(names: Iterable<string>): (name: string) => boolean {
	const exact = new Set(names);
	const longest = greatest([...exact].map(({ length }) => length));
	const possible = new Uint8Array((longest + 1) * 1024);
	for (const name of exact) possible[keyOf(name)] = 1;
	return name => name.length <= longest && possible[keyOf(name)] === 1 && exact.has(name);
}

function keyOf(name: string): number {
	const { length } = name;
	return length * 1024 + (name.charCodeAt(1) & 31) * 32 + (name.charCodeAt(length - 1) & 31);
}
