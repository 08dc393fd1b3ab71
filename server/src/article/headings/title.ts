import { folded } from '../regions/head.ts';

/** What stands between a title and the names of its site, section or author. */
const SEPARATOR = /\s[-–—·•:/]\s|\s*[|｜丨_»«]\s*|：|:\s/g;

/** A part of a title must be at least this long, in folded characters, to be the title again. */
const MIN_PART = 4;

/** Returns a test of whether a text is the title again, with or without the name of the site before or behind it. */
export function titleTest(title: string | undefined): (text: string) => boolean {
	let wanted: string | undefined;
	let versions: ReadonlySet<string> | undefined;
	return text => {
		wanted ??= folded(title ?? '');
		if (title === undefined || wanted === '') return false;
		const found = folded(text);
		if (found === '' || found === wanted) return found !== '';
		// What is left of a text is shorter.
		if (found.length > wanted.length) return versionsOf(text).has(wanted);
		versions ??= versionsOf(title);
		return versions.has(found);
	};
}

/** Returns a text without what is before, or behind, one of its separators, where that leaves most of it. */
function versionsOf(text: string): ReadonlySet<string> {
	const versions = new Set<string>();
	const whole = folded(text).length;
	for (const { 0: separator, index } of text.matchAll(SEPARATOR)) {
		for (const part of [text.slice(0, index), text.slice(index + separator.length)]) {
			const version = folded(part);
			if (version.length >= Math.max(MIN_PART, whole * 0.4)) versions.add(version);
		}
	}
	return versions;
}
