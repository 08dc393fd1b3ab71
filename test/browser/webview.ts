import type { FrameLocator, Locator, Page } from 'playwright-core';

/** Returns the page in the last webview of a workbench, which VS Code nests in two frames. */
export const lastWebview = (page: Page): FrameLocator => contentOf(page.locator('iframe.webview').last());

/** Returns the page in a webview. */
export const contentOf = (webview: Locator): FrameLocator =>
	webview.contentFrame().locator('#active-frame').contentFrame();
