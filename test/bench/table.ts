/** Returns the median of some numbers. */
export function median(numbers: readonly number[]): number {
	const sorted = numbers.toSorted((a, b) => a - b);
	const [low, high] = [sorted[(sorted.length - 1) >> 1] ?? Number.NaN, sorted[sorted.length >> 1] ?? Number.NaN];
	return (low + high) / 2;
}

/** Formats a table for the terminal, with the first column left-aligned and the others right-aligned. */
export function formatTable(rows: readonly (readonly string[])[]): string {
	const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0)));
	const line = (row: readonly string[]): string =>
		row
			.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
			.join('  ')
			.trimEnd();
	return rows.map(line).join('\n');
}

/** Formats milliseconds with three significant digits. */
export function formatMs(milliseconds: number): string {
	return milliseconds >= 100 ? milliseconds.toFixed(0) : milliseconds.toPrecision(3);
}
