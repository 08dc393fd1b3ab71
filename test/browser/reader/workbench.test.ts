import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { ROOT } from '../../../scripts/host/paths.ts';
import { waitFor } from '../waitFor.ts';
import { openWorkbench, type Workbench } from '../workbench.ts';

/** The page of the reader, two frames deep. */
function readerFrame(workbench: Workbench): FrameLocator {
	return workbench.page.frameLocator('iframe.webview').frameLocator('iframe');
}

describe('the reader in VS Code', function () {
	this.timeout(120_000);
	let workbench: Workbench;

	before(async () => {
		workbench = await openWorkbench({
			folder: join(ROOT, 'examples/archive'),
			theme: 'light',
			size: { width: 1600, height: 1000 },
		});
	});
	after(() => workbench?.close());

	it('opens to the side and shows the article', async () => {
		await workbench.openFile('articles/courier/20211216_tide-gauge.md');
		await workbench.languageIs('Article');
		await workbench.runCommand('Marginalia: Open Reader to the Side');
		const title = readerFrame(workbench).locator('h1');
		await title.waitFor();
		assert.equal(await title.innerText(), 'The tide gauge that nobody switched off');
		await readerFrame(workbench)
			.locator('img')
			.first()
			.evaluate(image => (image as HTMLImageElement).decode());
		await workbench.screenshot('reader-workbench');
	});

	it('opens in the side panel', async () => {
		await workbench.runCommand('Marginalia: Focus on Reader View');
		const frames = workbench.page.locator('iframe.webview');
		await waitFor(
			() => frames.count(),
			count => count === 2,
			'a second reader',
		);
		const view = frames.last().contentFrame().locator('iframe').contentFrame();
		await view.locator('h1').waitFor();
		assert.equal(await view.locator('h1').innerText(), 'The tide gauge that nobody switched off');
		await view
			.locator('img')
			.first()
			.evaluate(image => (image as HTMLImageElement).decode());
		await workbench.screenshot('reader-side-panel');
	});
});
