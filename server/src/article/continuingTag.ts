/** An attribute and the white space before it. */
const ATTRIBUTE = /\s+([^\s"'<>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?/g;

/**
 * Returns the start tag of the second part of a divided list or quote: without the id, which must not be repeated, and an ordered
 * list goes on counting.
 *
 * @param tag the start tag of the first part
 * @param items how many items the first part has
 */
export function continuingTag(name: string, tag: string, items: number): string {
	let isReversed = false;
	let first = 1;
	const copied = tag.replace(ATTRIBUTE, (attribute: string, key: string, value = '') => {
		const lower = key.toLowerCase();
		if (lower === 'reversed') isReversed = true;
		if (lower === 'start') first = Number(/^["']?\s*(-?\d+)/.exec(value)?.[1] ?? 1);
		return lower === 'id' || lower === 'start' ? '' : attribute;
	});
	if (name !== 'ol' || isReversed) return copied;
	return `${copied.slice(0, -1).trimEnd()} start="${first + items}">`;
}
