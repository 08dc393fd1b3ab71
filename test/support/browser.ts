import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../scripts/host/browser.ts';

let browser: Promise<Browser> | undefined;

/**
 * The browser for all tests of this process, which ends after them. What a test opens in it, it closes: a page or context, each
 * with a storage and cache of its own.
 */
export async function sharedBrowser(): Promise<Browser> {
	// One that has crashed is replaced.
	if (browser === undefined || !(await browser).isConnected()) browser = launchBrowser(line => console.log(line));
	return await browser;
}

after(async () => (await browser)?.close());
