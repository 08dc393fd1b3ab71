import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { ROOT } from '../../../scripts/host/paths.ts';
import { type Hosts, startHosts } from '../../hosts/hosts.ts';
import { waitFor } from '../waitFor.ts';
import { openWorkbench, type Workbench } from '../workbench.ts';

describe('what the reader asks of VS Code', function () {
	this.timeout(120_000);
	let workbench: Workbench;
	let hosts: Hosts;
	let reader: FrameLocator;

	before(async () => {
		hosts = await startHosts();
		workbench = await openWorkbench({
			folder: join(ROOT, 'examples/archive'),
			settings: { 'files.simpleDialog.enable': true },
			size: { width: 1400, height: 900 },
		});
		// The hosts of this test are on this machine.
		await mkdir(join(workbench.folder, '.vscode'));
		await writeFile(join(workbench.folder, '.vscode/settings.json'), '{ "marginalia.links.allowPrivate": true }');
		await writeFile(
			join(workbench.folder, 'articles/courier/pictures.md'),
			`<!--1639640221000-->\n[Pictures](https://courier.example/p/)\n------\n\n<p>Two pictures.</p><img src="${hosts.url('/picture/plain/1.png')}" alt="plain"><p>x</p><img src="${hosts.url('/picture/wants-referer/2.png')}" alt="shy">\n`,
		);
		await workbench.openFile('articles/courier/pictures.md');
		await workbench.runCommand('Marginalia: Focus on Reader View');
		reader = workbench.page.locator('iframe.webview').last().contentFrame().locator('iframe').contentFrame();
		await reader.getByRole('heading', { name: 'Pictures' }).waitFor();
	});
	after(async () => {
		await workbench?.close();
		await hosts?.close();
	});

	it('loads pictures of other sites once it may, without a referrer, and one that needs it as its page', async () => {
		await reader.locator('.picture.waiting').nth(1).waitFor();
		assert.deepEqual(hosts.asked(), []);
		await reader.getByRole('button', { name: 'Load all' }).click();
		const widths = (): Promise<number[]> =>
			reader
				.locator('article img')
				.evaluateAll(images => images.map(image => (image as HTMLImageElement).naturalWidth));
		await waitFor(widths, all => all.length === 2 && all.every(width => width === 64), 'both pictures');
		const referrers = hosts.seen.map(({ path, headers }) => `${path} ${headers.referer ?? '-'}`);
		assert.deepEqual([...new Set(referrers)].sort(), [
			'/picture/plain/1.png -',
			'/picture/wants-referer/2.png -',
			'/picture/wants-referer/2.png https://courier.example/p/',
		]);
		await workbench.screenshot('reader-pictures-loaded');
	});

	it('writes one file of HTML with the pictures in it', async () => {
		// It asks at once, in the same place.
		await workbench.page.keyboard.press('F1');
		await workbench.page.locator('.quick-input-widget input').first().fill('>Marginalia: Export Article as HTML');
		await workbench.page.keyboard.press('Enter');
		await workbench.page.getByText('Pictures inside the file').waitFor();
		await workbench.page.keyboard.press('Enter');
		// The dialog for the file's name is a quick input, too.
		await waitFor(
			() => workbench.page.locator('.quick-input-widget input').first().inputValue(),
			name => name.endsWith('pictures.html'),
			'the name of the file',
		);
		await workbench.page.keyboard.press('Enter');
		const file = join(workbench.folder, 'articles/courier/pictures.html');
		const html = await waitFor(
			async () => (existsSync(file) ? await readFile(file, 'utf8') : ''),
			text => text.endsWith('</html>\n'),
			'the exported file',
		);
		assert.equal(html.match(/src="data:image\/png;base64,/g)?.length, 2);
		assert.match(html, /<h1 class="title">Pictures<\/h1>/);
	});

	it('gives all of it back when the view is hidden, and is as it was when it is shown', async () => {
		const frames = workbench.page.locator('iframe.webview');
		assert.equal(await frames.count(), 1);
		await workbench.runCommand('View: Toggle Primary Side Bar Visibility');
		await waitFor(
			() => frames.count(),
			count => count === 0,
			'no webview',
		);
		await workbench.runCommand('View: Toggle Primary Side Bar Visibility');
		reader = frames.last().contentFrame().locator('iframe').contentFrame();
		await reader.getByRole('heading', { name: 'Pictures' }).waitFor();
		assert.equal(await reader.locator('article img').count(), 2);
	});

	it('follows the active article until it is pinned', async () => {
		const title = (): Promise<string> => reader.locator('h1').innerText();
		await workbench.runCommand('Marginalia: Pin Reader to This Article');
		await workbench.openFile('articles/courier/20211217_night-ferry.md');
		await workbench.languageIs('Article');
		assert.equal(await title(), 'Pictures');
		await workbench.runCommand('Marginalia: Let Reader Follow the Active Article');
		await waitFor(title, text => text.startsWith('The night ferry'), 'the other article');
	});
});
