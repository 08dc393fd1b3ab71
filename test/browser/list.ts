import type { Locator } from 'playwright-core';

/** A row of a list or tree of the workbench. */
export interface ListRow {
	readonly index: number;
	/** 1 for a row of a list or a top-level row of a tree. */
	readonly level: number;
	/** Texts of parts of the row, by selector; empty if the row does not have the part. */
	readonly texts: Readonly<Record<string, string>>;
	/** Class names of the row's icons. */
	readonly icons: string;
}

/**
 * Reads all rows of a list. A list renders only visible rows, so it is scrolled from top to bottom.
 * @param parts selectors of the parts of a row whose texts are wanted
 * @returns the rows from top to bottom; none for a list that is hidden, as VS Code hides one without rows
 */
export async function readList(list: Locator, parts: readonly string[]): Promise<ListRow[]> {
	if (!(await list.isVisible())) return [];
	const rows = await list.evaluate(scrollThrough, parts);
	return rows.sort((a, b) => a.index - b.index);
}

/** Runs in the page. */
async function scrollThrough(list: Element, parts: readonly string[]): Promise<ListRow[]> {
	/** Scrolls like a mouse wheel, 50 pixels for a delta of 120, and waits until the list is redrawn. */
	const scroll = async (pixels: number): Promise<void> => {
		const target = list.querySelector('.monaco-scrollable-element');
		target?.dispatchEvent(new WheelEvent('wheel', { deltaY: (pixels / 50) * 120, bubbles: true, cancelable: true }));
		await new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)));
	};
	const rows = new Map<number, ListRow>();
	await scroll(-1_000_000);
	for (;;) {
		const before = rows.size;
		for (const row of list.querySelectorAll<HTMLElement>('.monaco-list-row')) {
			const text = (part: string): string => row.querySelector(part)?.textContent.trim() ?? '';
			const index = Number(row.dataset.index);
			rows.set(index, {
				index,
				level: Number(row.getAttribute('aria-level') ?? 1),
				texts: Object.fromEntries(parts.map(part => [part, text(part)])),
				icons: [...row.querySelectorAll('.codicon, .symbol-icon')].map(icon => icon.getAttribute('class')).join(' '),
			});
		}
		if (rows.size === before) break;
		await scroll(list.clientHeight);
	}
	await scroll(-1_000_000);
	return [...rows.values()];
}
