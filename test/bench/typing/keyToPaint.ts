import type { Page } from 'playwright-core';
import type { QuickInput } from '../../browser/quickInput.ts';

/** What typing cost: for each key the milliseconds until it was painted, and the mean CPU time of the page's process for a key. */
export interface KeyTimes {
	readonly paint: readonly number[];
	readonly cpu: number;
}

declare global {
	interface Window {
		/** Milliseconds from each key to its frame, since `typeLetters` was called. */
		keyTimes: number[];
	}
}

/** Records in a page the time from each key to its frame, and returns a function that reads the CPU time of the page's process. */
export async function openMeter(page: Page): Promise<() => Promise<number>> {
	await page.evaluate(() => {
		window.keyTimes = [];
		let pressed: number[] = [];
		document.addEventListener('keydown', event => pressed.push(event.timeStamp), { capture: true });
		const channel = new MessageChannel();
		// A message that is posted while a frame is made arrives after it.
		channel.port1.onmessage = ({ data }: MessageEvent<number[]>) => {
			const now = performance.now();
			window.keyTimes.push(...data.map(start => now - start));
		};
		const lines = '.editor-group-container.active .view-lines';
		new MutationObserver(records => {
			const isDrawn = records.some(({ target }) =>
				(target instanceof Element ? target : target.parentElement)?.closest(lines),
			);
			if (!isDrawn || pressed.length === 0) return;
			channel.port2.postMessage(pressed);
			pressed = [];
		}).observe(document.body, { subtree: true, childList: true, characterData: true });
	});
	const cdp = await page.context().newCDPSession(page);
	await cdp.send('Performance.enable');
	return async () => {
		const { metrics } = await cdp.send('Performance.getMetrics');
		return (metrics.find(({ name }) => name === 'ProcessTime')?.value ?? Number.NaN) * 1000;
	};
}

/** Types letters at the cursor and waits until all that follows from them is done. */
export async function typeLetters(
	page: Page,
	cpuTime: () => Promise<number>,
	keys: number,
	intervalMs: number,
): Promise<KeyTimes> {
	await page.evaluate(() => {
		window.keyTimes = [];
	});
	const before = await cpuTime();
	for (let key = 0; key < keys; key++) {
		const next = page.waitForTimeout(intervalMs);
		await page.keyboard.press('abcdefghij'[key % 10] ?? '');
		await next;
	}
	await page.waitForFunction(count => window.keyTimes.length >= count, keys);
	await quiet(cpuTime);
	const paint = await page.evaluate(() => window.keyTimes);
	return { paint, cpu: ((await cpuTime()) - before) / keys };
}

/** Puts the cursor at an offset of the active editor. */
export async function goToOffset(page: Page, quickInput: QuickInput, offset: number): Promise<void> {
	await quickInput.repeat(`going to ${offset}`, async timeout => {
		await page.keyboard.press('Control+G');
		await quickInput.input.fill(`::${offset}`, { timeout });
		await page.keyboard.press('Enter');
		await quickInput.closed(timeout);
	});
}

/** Waits until a page has done next to nothing for a second. */
export async function quiet(cpuTime: () => Promise<number>): Promise<void> {
	for (let calm = 0; calm < 4; ) {
		const before = await cpuTime();
		await new Promise(resolve => setTimeout(resolve, 250));
		calm = (await cpuTime()) - before < 12 ? calm + 1 : 0;
	}
}
