/**
 * Merges two versions of a sidecar by lines, as git does with `merge=union`: keeps lines that either side added or changed, and drops
 * those that either side removed.
 *
 * @returns `undefined` if one of them has no notes, which changes the surrounding lines
 */
export function mergeByLines(base: string, ours: string, theirs: string): string | undefined {
	const [before, mine, other] = [base, ours, theirs].map(blocksOf) as [Block[], Block[], Block[]];
	if (before.length !== mine.length || before.length !== other.length) return undefined;
	const merged = mine.map((block, index) => {
		const [had, has] = [new Set(before[index]), new Set(other[index])];
		return [
			...block.filter(line => has.has(line) || !had.has(line)),
			...[...has].filter(line => !had.has(line) && !block.includes(line)),
		];
	});
	return merged.flatMap((block, index) => (index === 0 ? block : ['', ...block])).join('\n');
}

type Block = readonly string[];

/** The lines between empty lines. */
function blocksOf(text: string): Block[] {
	const blocks: string[][] = [[]];
	for (const line of text.split('\n')) {
		if (line === '') blocks.push([]);
		else blocks.at(-1)?.push(line);
	}
	return blocks;
}
