import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';

/** Puts a PNG into the clipboard, as a program does that copies a picture. The page needs the permission `clipboard-write`. */
export async function copyPicture(page: Page, bytes: Uint8Array): Promise<void> {
	await page.evaluate(
		async data => {
			const picture = new Blob([Uint8Array.from(data)], { type: 'image/png' });
			await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })]);
		},
		[...bytes],
	);
}

/** The width of a PNG in a file. Browsers encode what is copied anew, so its bytes differ. */
export async function pngWidth(path: string): Promise<number> {
	return (await readFile(path)).readUInt32BE(16);
}
