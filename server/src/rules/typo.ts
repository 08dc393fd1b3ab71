/** Whether two words differ by at most one typo: a letter added, omitted, changed, or swapped with its neighbour. */
export function isOneSlipAway(word: string, meant: string): boolean {
	let start = 0;
	while (start < word.length && word[start] === meant[start]) start++;
	let end = 0;
	while (end < Math.min(word.length, meant.length) - start && word.at(-1 - end) === meant.at(-1 - end)) end++;
	const [left, right] = [word.length - start - end, meant.length - start - end];
	if (left <= 1 && right <= 1) return true;
	return left === 2 && right === 2 && word[start] === meant[start + 1] && word[start + 1] === meant[start];
}
