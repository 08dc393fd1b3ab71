import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { ROOT } from '../../scripts/host/paths.ts';
import { temporaryFolder } from '../../scripts/host/temporary.ts';
import { waitFor } from '../browser/waitFor.ts';
import { lastWebview } from '../browser/webview.ts';
import { openWorkbench, type Workbench } from '../browser/workbench.ts';
import { type Hosts, startHosts } from '../hosts/hosts.ts';
import { png } from '../unit/languageFeatures/harness.ts';

const head = (title: string): string => `<!--1639640221000-->\n[${title}](https://courier.example/p/)\n------\n\n`;

describe('the reader and its host', () => {
	let workbench: Workbench;
	let hosts: Hosts;
	let temporary: Awaited<ReturnType<typeof temporaryFolder>>;
	let reader: FrameLocator;

	before(async () => {
		hosts = await startHosts();
		temporary = await temporaryFolder('reader-host');
		const folder = join(temporary.path, 'archive');
		await cp(join(ROOT, 'examples/archive'), folder, { recursive: true });
		// The hosts of this test run on this machine.
		await mkdir(join(folder, '.vscode'));
		await writeFile(join(folder, '.vscode/settings.json'), '{ "marginalia.links.allowPrivate": true }');
		await writeFile(
			join(folder, 'articles/courier/pictures.md'),
			`${head('Pictures')}<p>Two pictures.</p><img src="${hosts.url('/picture/plain/1.png')}" alt="plain"><p>x</p><img src="${hosts.url('/picture/wants-referer/2.png')}" alt="shy">\n`,
		);
		workbench = await openWorkbench({
			folder,
			settings: { 'files.simpleDialog.enable': true },
			size: { width: 1400, height: 900 },
		});
		await workbench.openFile('articles/courier/pictures.md');
		await workbench.runCommand('Marginalia: Focus on Reader View');
		reader = lastWebview(workbench.page);
		await reader.getByRole('heading', { name: 'Pictures' }).waitFor();
	});
	after(async () => {
		await workbench?.close();
		await hosts?.close();
		await temporary?.remove();
	});

	/** Waits until the view offers an action, which happens once its counterpart has run. */
	const action = (name: string): Promise<void> =>
		workbench.page.locator('.part.sidebar .title-actions').getByRole('button', { name }).waitFor();

	it('loads remote images with permission, without a referrer unless the host requires one', async () => {
		await reader.locator('.picture.waiting').nth(1).waitFor();
		assert.deepEqual(hosts.asked(), []);
		await reader.getByRole('button', { name: 'Load all' }).click();
		const widths = (): Promise<number[]> =>
			reader
				.locator('article img')
				.evaluateAll(images => images.map(image => (image as HTMLImageElement).naturalWidth))
				// The page is reloaded with a policy that allows the images.
				.catch(() => []);
		await waitFor(widths, all => all.length === 2 && all.every(width => width === 64), 'both pictures');
		const referrers = hosts.seen.map(({ path, headers }) => `${path} ${headers.referer ?? '-'}`);
		assert.deepEqual([...new Set(referrers)].sort(), [
			'/picture/plain/1.png -',
			'/picture/wants-referer/2.png -',
			'/picture/wants-referer/2.png https://courier.example/p/',
		]);
		await workbench.screenshot('reader-pictures-loaded');
	});

	it('requests no image whose address is being typed until the cursor has left it', async () => {
		const { page } = workbench;
		const loaded = (path: string): Promise<void> => reader.locator(`article img[src$="${path}"]`).waitFor();
		await workbench.goTo(await workbench.placeOf('1.png'));
		hosts.forget();
		// Slow enough for the reader to draw each.
		await page.keyboard.type('234', { delay: 500 });
		await reader.getByText('its address is being typed').waitFor();
		await page.keyboard.press('End');
		await loaded('/picture/plain/2341.png');
		assert.deepEqual([...new Set(hosts.asked())], ['GET /picture/plain/2341.png']);
		await page.keyboard.press('ControlOrMeta+Z');
		await loaded('/picture/plain/1.png');
		await workbench.runCommand('File: Save');
	});

	it('exports a single HTML file with embedded images', async () => {
		await workbench.startCommand('Marginalia: Export Article as HTML…');
		await workbench.page.getByText('Embed images').waitFor();
		await workbench.page.keyboard.press('Enter');
		// The dialog for the file name is also a quick input.
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
		assert.match(html, /<h1 class="title"[^>]*>Pictures<\/h1>/);
	});

	it('exports a file without notes and with remote images on request', async () => {
		await workbench.startCommand('Marginalia: Export Article as HTML…');
		await workbench.page.getByText('Embed images').waitFor();
		for (const row of await workbench.page.locator('.quick-input-list .monaco-list-row').all()) await row.click();
		await workbench.page.keyboard.press('Enter');
		const name = workbench.page.locator('.quick-input-widget input').first();
		await waitFor(
			() => name.inputValue(),
			value => value.endsWith('pictures.html'),
			'the name of the file',
		);
		const value = await name.inputValue();
		await name.fill(value.replace('pictures.html', 'linked.html'));
		await name.press('Enter');
		const file = join(workbench.folder, 'articles/courier/linked.html');
		const html = await waitFor(
			async () => (existsSync(file) ? await readFile(file, 'utf8') : ''),
			text => text.endsWith('</html>\n'),
			'the exported file',
		);
		assert.equal(html.match(new RegExp(`src="${hosts.url('/picture/')}`, 'g'))?.length, 2);
	});

	it('releases everything when the view is hidden, and is restored when it is shown', async () => {
		const frames = workbench.page.locator('iframe.webview');
		assert.equal(await frames.count(), 1);
		await workbench.runCommand('View: Toggle Primary Side Bar Visibility');
		await waitFor(
			() => frames.count(),
			count => count === 0,
			'no webview',
		);
		await workbench.runCommand('View: Toggle Primary Side Bar Visibility');
		reader = frames.last().contentFrame().locator('#active-frame').contentFrame();
		await reader.getByRole('heading', { name: 'Pictures' }).waitFor();
		await waitFor(
			() => reader.locator('article img').count(),
			count => count === 2,
			'both pictures',
		);
	});

	it('follows the active article until it is pinned', async () => {
		const title = (): Promise<string> => reader.locator('h1').innerText();
		await workbench.openFile('articles/courier/pictures.md');
		await waitFor(title, text => text === 'Pictures', 'the article');
		await workbench.runCommand('Marginalia: Pin Reader to This Article');
		await action('Unpin Reader');
		await workbench.openFile('articles/courier/20211217_night-ferry.md');
		await workbench.languageIs('Article');
		assert.equal(await title(), 'Pictures');
		await workbench.runCommand('Marginalia: Unpin Reader');
		await action('Pin Reader to This Article');
		await waitFor(title, text => text.startsWith('The night ferry'), 'the other article');
	});

	it('shows no images from outside the archive', async () => {
		await writeFile(join(workbench.folder, '../secret.png'), png(4, 4));
		await writeFile(join(workbench.folder, 'articles/courier/inside.png'), png(5, 5));
		await writeFile(
			join(workbench.folder, 'articles/courier/local.md'),
			`${head('Local')}<p>x</p><img src="inside.png" alt="in"><p>y</p><img src="../../../secret.png" alt="out"><p>z</p><img src="file://${workbench.folder}/../secret.png" alt="out">\n`,
		);
		await workbench.openFile('articles/courier/local.md');
		await reader.getByRole('heading', { name: 'Local' }).waitFor();
		await waitFor(
			() => reader.locator('article img').evaluateAll(all => all.map(one => (one as HTMLImageElement).naturalWidth)),
			widths => widths.length === 1 && widths[0] === 5,
			'the picture in the archive alone',
		);
		assert.equal(await reader.locator('.picture.broken, .picture.waiting').count(), 2);
	});

	it('creates notes on exactly the selected text, inline and in the sidecar file', async () => {
		const body =
			'<p>Fish &amp; chips<br>cost <b>f<i>ou</i>r</b> &pound;s&mdash;&#128512;!</p><p><img data-src="https://p.example/a.jpg"><noscript><img src="https://p.example/a.jpg"></noscript>After a <a href="/x">lazy</a> picture.</p><p>The end.</p>';
		const path = 'articles/courier/passages.md';
		await writeFile(join(workbench.folder, path), `${head('Passages')}${body}\n`);
		await workbench.openFile(path);
		await reader.getByRole('heading', { name: 'Passages' }).waitFor();
		await reader.locator('.article').evaluate(article => {
			const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
			const found: Text[] = [];
			for (let node = walker.nextNode(); node; node = walker.nextNode()) found.push(node as Text);
			const first = found.find(({ data }) => data.includes('& chips')) as Text;
			const last = found.find(({ data }) => data.includes('The end')) as Text;
			getSelection()?.setBaseAndExtent(first, first.data.indexOf('& chips'), last, 'The'.length);
		});
		await reader.getByRole('button', { name: 'Highlight' }).click();
		const sidecar = join(workbench.folder, `${path}.annotations.jsonld`);
		const written = await waitFor(
			async () => (existsSync(sidecar) ? await readFile(sidecar, 'utf8') : ''),
			text => text !== '',
			'the sidecar',
		);
		const exact = /"exact":("(?:[^"\\\\]|\\\\.)*")/.exec(written)?.[1] ?? '""';
		const plain = (text: string): string => text.replace(/\s+/g, '');
		const words = '&chipscostfour£s—😀!Afteralazypicture.The';
		assert.equal(plain(JSON.parse(exact) as string), words);
		await reader.locator('.segment').first().waitFor();
		assert.equal(plain((await reader.locator('.segment').allTextContents()).join('')), words);
		// For inline notes, the marked text is the selected text.
		const marked = '& chips<br>cost <b>f<i>ou</i>r</b> &pound;s&mdash;&#128512;!'.replace('&', '&amp;');
		assert.ok((await readFile(join(workbench.folder, path), 'utf8')).includes(marked));
	});

	it('stops synchronised scrolling on request', async () => {
		await workbench.openFile('articles/courier/20211216_tide-gauge.md');
		await reader.getByRole('heading', { name: 'The tide gauge' }).waitFor();
		await workbench.runCommand('Marginalia: Disable Synchronised Scrolling in Reader');
		await action('Enable Synchronised Scrolling in Reader');
		const seen = (): Promise<boolean> =>
			reader.locator('blockquote').evaluate(quote => {
				const { top } = quote.getBoundingClientRect();
				return top > 0 && top < innerHeight;
			});
		await workbench.goTo(await workbench.placeOf('People say the sea is rising'));
		await workbench.runCommand('Marginalia: Enable Synchronised Scrolling in Reader');
		await action('Disable Synchronised Scrolling in Reader');
		assert.equal(await seen(), false);
		await workbench.goTo(await workbench.placeOf('MARTA HOLLIS'));
		await workbench.goTo(await workbench.placeOf('People say the sea is rising'));
		await waitFor(seen, isSeen => isSeen, 'the quotation in sight');
	});

	it('shows the article after it is moved to the secondary side bar', async () => {
		await workbench.runAndChoose('View: Move View', 'Reader', 'New Secondary Side Bar Entry');
		const part = workbench.page.locator('.part.auxiliarybar');
		await part.waitFor();
		reader = lastWebview(workbench.page);
		await reader.getByRole('heading', { name: 'The tide gauge' }).waitFor();
		await workbench.screenshot('reader-secondary-side-bar');
	});
});
