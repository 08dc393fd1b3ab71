import { URI } from 'vscode-uri';

/**
 * The path that leads from a file to another one, as an address in it: `pictures/a.png`, `../b.md`. What would end or change
 * the address is percent-encoded, all else stays readable; with `encoded` all is encoded that a URL may not hold.
 *
 * @returns `undefined` where no path leads there: on another machine or in another file system
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

/** A path as it stands in an address; see `relativeAddress`. */
export function encodePath(path: string, encoded: boolean): string {
	return encoded
		? path.toWellFormed().split('/').map(encodeURIComponent).join('/')
		: path.replace(/[\s%?#"<>`\\]/g, unit => encodeURIComponent(unit));
}
