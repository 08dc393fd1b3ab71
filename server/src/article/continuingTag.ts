/**
 * Returns the start tag of the second part of a divided list or quote: without the id, which must not be repeated, and an ordered
 * list goes on counting.
 *
 * @param tag the start tag of the first part
 * @param items how many items the first part has
 */
export function continuingTag(name: string, tag: string, items: number): string {
	const copied = tag.replace(/\s+(?:id|start)\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+)/gi, '');
	if (name !== 'ol' || /\sreversed\b/i.test(tag)) return copied;
	const first = Number(/\sstart\s*=\s*["']?\s*(-?\d+)/i.exec(tag)?.[1] ?? 1);
	return `${copied.slice(0, -1).trimEnd()} start="${first + items}">`;
}
