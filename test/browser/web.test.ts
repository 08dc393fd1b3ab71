import { strict as assert } from 'node:assert';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../../scripts/host/paths.ts';
import { png } from '../unit/languageFeatures/harness.ts';
import { copyPicture, pngWidth } from './copyPicture.ts';
import { waitFor } from './waitFor.ts';
import { lastWebview } from './webview.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

/** An article with a link to another article's page, an image that exists, and one that does not. */
const ARTICLE = [
	'<!--1639640221000-->\n[Boats](https://harbour.example/boats)\n------\n\n',
	'<p>See <a href="http://www.harbour.example/zh/2021/12/ferry">the ferry</a>.</p>',
	'<figure><img src="pictures/quay.png" alt="The quay"><figcaption>The quay</figcaption></figure>',
	'<figure><img src="pictures/gone.png" alt="The pier"><figcaption>The pier</figcaption></figure>\n',
].join('');
const PATH = 'articles/harbour/1004_boats.md';

describe('an article in the extension host of VS Code for the Web', () => {
	let workbench: Workbench;

	before(async () => {
		workbench = await openWorkbench({
			folder: join(ROOT, 'test/fixtures/archive'),
			// The browser build runs in a web worker, and so does its language server.
			settings: { 'remote.extensionKind': { 'marginalia.marginalia': ['web'] } },
		});
		await mkdir(join(workbench.folder, 'articles/harbour/pictures'));
		await writeFile(join(workbench.folder, 'articles/harbour/pictures/quay.png'), png(120, 80));
		await writeFile(join(workbench.folder, PATH), ARTICLE);
	});

	after(() => workbench?.close());

	it('is recognised, with an outline from the server in a worker', async () => {
		await workbench.openFile('articles/harbour/1001_night-ferry.md');
		await workbench.languageIs('Article');
		const names = (await workbench.outline()).map(row => row.name);
		assert.equal(names[0], 'The night ferry [Line 3] returns');
		assert.ok(names.includes('A quiet departure'), names.join(' | '));
	});

	it('has diagnostics', async () => {
		const codes = (await workbench.problems()).map(problem => problem.code);
		assert.ok(codes.includes('link/invalid-url'), codes.join(' | '));
	});

	it('has image sizes and previews, and reports missing images', async () => {
		await workbench.openFile(PATH);
		const problems = await workbench.problems(rows => rows.some(({ code }) => code === 'image/missing-file'));
		assert.deepEqual(
			problems.filter(({ code }) => code === 'image/missing-file').map(({ message }) => /gone\.png/.test(message)),
			[true],
		);
		await workbench.hover('pictures/quay.png', /120 × 80/);
		await workbench.hoverPicture();
		await workbench.screenshot('web-hover-picture');
		await workbench.dismissHover();
	});

	it('is shown in the reader with its image', async () => {
		await workbench.openFile(PATH);
		await workbench.runCommand('Marginalia: Open Reader to the Side');
		const reader = lastWebview(workbench.page);
		await reader.getByRole('heading', { name: 'Boats' }).waitFor();
		const width = (): Promise<number> =>
			reader
				.locator('img')
				.first()
				.evaluate(image => (image as HTMLImageElement).naturalWidth);
		await waitFor(width, loaded => loaded === 120, 'the picture in the reader');
		assert.match(await reader.locator('figure').nth(1).innerText(), /not in the archive[\s\S]*The pier/);
		await workbench.screenshot('web-reader');
		await workbench.runCommand('View: Close Other Editors in Group');
		await workbench.runCommand('View: Close Editors in Other Groups');
	});

	it('gets a picture that is pasted', async () => {
		await workbench.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
		await workbench.openFile(PATH);
		await workbench.goTo(await workbench.placeOf('</p>'));
		await copyPicture(workbench.page, png(60, 40));
		await workbench.page.keyboard.press('ControlOrMeta+V');
		const figure = '</p><figure><img src="pictures/1004_boats.png"><figcaption>Caption</figcaption></figure><figure>';
		await workbench.visibleText(text => text.replaceAll('\n', '').includes(figure));
		assert.equal(await pngWidth(join(workbench.folder, 'articles/harbour/pictures/1004_boats.png')), 60);
		await workbench.runCommand('File: Revert File');
	});

	it('is compared with the clipboard block by block', async () => {
		const { page } = workbench;
		await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
		await page.evaluate(text => navigator.clipboard.writeText(text), ARTICLE.replace('the ferry', 'the old ferry'));
		await workbench.openFile(PATH);
		await workbench.runCommand('Marginalia: Compare Article with Clipboard');
		await page.locator('.tab.active', { hasText: 'Clipboard ↔ 1004_boats.md' }).waitFor();
		await workbench.visibleText(text => text.split('figcaption>The quay').length > 2 && text.includes('the old ferry'));
		await workbench.screenshot('web-compared');
		await workbench.openFile(PATH);
	});

	it('links to the archived copy of a page', async () => {
		await workbench.goTo(await workbench.placeOf('http://www.harbour.example'));
		await workbench.runCommand('Go to Definition');
		await workbench.page.locator('.tab.active[data-resource-name="1002_渡轮复航.txt"]').waitFor();
		await workbench.screenshot('web-archived-copy');
	});

	it('is checked according to marginalia.json, once that is written', async () => {
		await writeFile(join(workbench.folder, 'marginalia.json'), '{ "rules": { "image/missing-file": "off" } }');
		await workbench.openFile(PATH);
		await workbench.problems(rows => !rows.some(({ code }) => code === 'image/missing-file'));
		await workbench.screenshot('web-configured');
	});

	it('is annotated in its sidecar file', async () => {
		await workbench.openFile(PATH);
		await workbench.goTo(await workbench.placeOf('the ferry</a>'));
		for (const _ of 'the ferry') await workbench.page.keyboard.press('Shift+ArrowRight');
		await workbench.page.keyboard.press('Control+Alt+H');
		const read = (): Promise<string> =>
			readFile(join(workbench.folder, `${PATH}.annotations.jsonld`), 'utf8').catch(() => '');
		await waitFor(read, text => text.includes('"exact":"the ferry"'), 'the highlight');
		await workbench.runCommand('Marginalia: Undo Last Annotation Change');
		await waitFor(read, text => text !== '' && !text.includes('"exact"'), 'no highlight');
	});

	it('has a server that can be restarted', async () => {
		await workbench.runCommand('Marginalia: Restart Language Server');
		await workbench.openFile('articles/harbour/1002_渡轮复航.txt');
		await workbench.problems(problems => problems.some(problem => problem.code === 'header/timestamp'));
		assert.deepEqual(await workbench.notifications(), []);
	});

	it('has no link checks, and shows the reason', async () => {
		await workbench.openFile(PATH);
		await workbench.runCommand('Marginalia: Check Links in This Article');
		const messages = await waitFor(
			() => workbench.notifications(),
			shown => shown.some(message => message.startsWith('Links cannot be checked here')),
			'the reason',
		);
		assert.match(messages.join('\n'), /browsers do not let a page read responses from other sites/);
		await workbench.screenshot('web-links');
	});
});
