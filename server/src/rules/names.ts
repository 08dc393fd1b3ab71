import { greatest } from '../article/lists.ts';
/**
 * A test for membership in a set of names that mostly has to say no, to each of an article's attributes: nearly all are told
 * by their length, second and last letter.
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
