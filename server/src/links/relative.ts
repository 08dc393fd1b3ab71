import { URI } from 'vscode-uri';
import { pathBelow } from '../util/uri.ts';

/**
 * Returns the relative URL from one file to another: `pictures/a.png`, `../b.md`. Characters that would end or change the URL are
 * percent-encoded and all others stay readable; with `encoded`, all characters that a URL may not contain are encoded.
 *
 * @returns `undefined` if the files are on different machines or in different file systems
 */
export function relativeAddress(from: string, to: string, encoded: boolean): string | undefined {
	const [start, target] = [URI.parse(from), URI.parse(to)];
	if (start.scheme !== target.scheme || start.authority !== target.authority || start.query !== target.query)
		return undefined;
	const above = start.path.split('/').slice(0, -1);
	const steps = target.path.split('/');
	let same = 0;
	while (same < Math.min(above.length, steps.length - 1) && above[same] === steps[same]) same++;
	const path = [...above.slice(same).map(() => '..'), ...steps.slice(same)];
	const address = encodePath(path.join('/'), encoded);
	// `a:b.md` would have a scheme.
	return /^[^/]*:/.test(address) ? `./${address}` : address;
}

/**
 * Returns the URL that refers to another file in the same way as a given one: from the root of the archive if it starts with a slash,
 * else from the document, and percent-encoded or not.
 *
 * @param value the given URL, without query and fragment
 * @param root URI of the archive's root
 * @returns `undefined` if the file cannot be referred to in this way
 */
export function addressLike(value: string, document: string, target: string, root: string): string | undefined {
	const isRooted = value.trim().startsWith('/');
	const path = isRooted ? pathBelow(root, target) : undefined;
	if (path !== undefined) return encodePath(`/${path}`, isEncoded(value));
	return isRooted ? undefined : relativeAddress(document, target, isEncoded(value));
}

/** Whether a URL percent-encodes more than the characters that would end or change it, which in lists are often only the spaces. */
export function isEncoded(value: string): boolean {
	return /%(?!0[9ad]|2[0235]|3[cef]|5c|60)[\da-f]{2}/i.test(value);
}

/** Encodes a path for a URL; see `relativeAddress`. */
export function encodePath(path: string, encoded: boolean): string {
	return encoded
		? path.toWellFormed().split('/').map(encodeURIComponent).join('/')
		: path.replace(/[\s%?#"<>`\\]/g, unit => encodeURIComponent(unit));
}
