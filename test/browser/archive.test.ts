import { strict as assert } from 'node:assert';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../../scripts/host/paths.ts';
import { png } from '../support/png.ts';
import { copyPicture, pngWidth } from './copyPicture.ts';
import { renameActiveFile } from './renameFile.ts';
import { repeat, waitFor } from './waitFor.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

const CHART = 'articles/nightjar/2023-05-14-how-to-read-a-chart.md';
const TIDE = 'articles/courier/20211216_tide-gauge.md';
const TRANSLATION = 'articles/dukou/118_没有人关掉的验潮仪.md';
const YEAR = 'articles/courier/20221231_a-year-on-the-mere.md';

describe('an archive in VS Code', () => {
	let workbench: Workbench;
	const opened: string[] = [];
	/** Waits until the editor of a file is active. */
	const untilActive = (name: string): Promise<void> =>
		workbench.page
			.locator(`.editor-group-container.active .tab.active[data-resource-name=${JSON.stringify(name)}]`)
			.waitFor();
	const open = async (path: string): Promise<void> => {
		await workbench.openFile(path);
		await workbench.languageIs('Article');
	};

	/** Waits until a text is drawn in the editor, ignoring line wraps. */
	const inEditor = (text: string): Promise<string> =>
		workbench.visibleText(drawn => drawn.replaceAll('\n', '').includes(text));

	before(async () => {
		workbench = await openWorkbench({ folder: join(ROOT, 'examples/archive'), theme: 'light' });
		await workbench.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
		workbench.page.context().on('page', page => opened.push(page.url()));
	});

	afterEach(async function () {
		if (this.currentTest?.state === 'failed')
			await workbench.screenshot(`failed-${this.currentTest.title.slice(0, 40)}`);
	});

	after(() => workbench?.close());

	it('suggests as one types: Enter begins a block in prose, and accepts in a tag; Tab expands an abbreviation', async () => {
		await open('articles/dukou/131_灯灭之后.md');
		const { keyboard } = workbench.page;
		const suggested = (text: string, timeout?: number): Promise<void> =>
			workbench.page
				.locator(`.suggest-widget.visible .monaco-list-row[aria-label^=${JSON.stringify(text)}]`)
				.first()
				.waitFor(timeout === undefined ? {} : { timeout });
		await workbench.goTo(await workbench.placeOf('</p>'));
		// The name of a tag, and a full stop that makes it an abbreviation.
		await keyboard.type(' for the first time');
		// VS Code starts Emmet some time after the first article, without an event. Its suggestions come with the next letter.
		await repeat('suggesting an abbreviation', async timeout => {
			await keyboard.press('Backspace');
			await keyboard.type('e');
			await suggested('time', timeout);
		});
		await keyboard.type('.');
		await suggested('time.');
		await keyboard.press('Enter');
		await inEditor('first time.</p><p></p>');
		await keyboard.type('ol>li*2');
		await suggested('ol>li*2');
		await workbench.screenshot('suggestions-light');
		await keyboard.press('Tab');
		await workbench.visibleText(text => /first time\.<\/p>\s*<p>\s*<ol>\s*<li><\/li>\s*<li><\/li>\s*<\/ol>/.test(text));
		await keyboard.press('Escape');
		await keyboard.type('<figca');
		await suggested('figcaption');
		await keyboard.press('Enter');
		await inEditor('<li><figcaption</li>');
		await workbench.runCommand('File: Revert File');
	});

	it('suggests the snippets for articles once, and those of the workspace', async () => {
		const { page } = workbench;
		const { keyboard } = page;
		const snippets = { Gauge: { prefix: '#gauge', scope: 'article', body: '<b>gauge$1</b>' } };
		await mkdir(join(workbench.folder, '.vscode'), { recursive: true });
		await writeFile(join(workbench.folder, '.vscode/tides.code-snippets'), JSON.stringify(snippets));
		await open(TIDE);
		await workbench.goTo(await workbench.placeOf('</p>'));
		const rows = page.locator('.suggest-widget.visible .monaco-list-row');
		const named = (label: string) => rows.and(page.locator(`[aria-label^=${JSON.stringify(label)}]`));
		await keyboard.type(' figur');
		await repeat('suggesting a snippet', async timeout => {
			await keyboard.press('Escape');
			await keyboard.press('Control+Space');
			await named('figure, Figure').waitFor({ timeout });
		});
		assert.equal(await named('figure, Figure').count(), 1);
		await keyboard.type('e #ga');
		await repeat('suggesting a snippet of the workspace', async timeout => {
			await keyboard.press('Escape');
			await keyboard.press('Control+Space');
			await named('#gauge').click({ timeout });
		});
		await inEditor('figure <b>gauge</b></p>');
		await keyboard.press('Escape');
		await workbench.runCommand('File: Revert File');
	});

	it('opens the archived copy of a linked page, and an id in it, by Ctrl+click', async () => {
		opened.length = 0;
		await open(TRANSLATION);
		// Until the server responds, VS Code provides its own links.
		await workbench.lenses(titles => titles.length > 0, 'a lens');
		await workbench.clickAt('https://courier.example/2021/12/16/tide-gauge/', 'Control');
		await untilActive('20211216_tide-gauge.md');
		await workbench.screenshot('archived-copy-light');
		await open(CHART);
		await workbench.clickAt('https://courier.example/2022/12/31/a-year-on-the-mere/', 'Control');
		await untilActive('20221231_a-year-on-the-mere.md');
		const heading = (await workbench.saved(YEAR)).split('\n');
		const line = heading.findIndex(text => text.includes('id="september"')) + 1;
		await waitFor(
			() => workbench.statusBar(),
			items => items.some(item => item.startsWith(`Ln ${line},`)),
			`the cursor in line ${line}`,
		);
		assert.deepEqual(opened, []);
	});

	it('peeks at the references to an article', async () => {
		await open(TIDE);
		await workbench.goTo({ line: 2, column: 5 });
		await workbench.runCommand('Peek References');
		const rows = workbench.page.locator('.peekview-widget .ref-tree .monaco-list-row');
		await waitFor(
			() => rows.allInnerTexts(),
			texts => texts.some(text => text.includes('118_没有人关掉的验潮仪.md')),
			'the references',
		);
		await workbench.screenshot('references-peek-light');
		await workbench.page.keyboard.press('Escape');
	});

	it('renames an id and the links to it, and undoes that', async () => {
		const [year, chart] = [await workbench.saved(YEAR), await workbench.saved(CHART)];
		await open(YEAR);
		await workbench.goTo(await workbench.placeOf('id="september"', 5));
		await workbench.page.keyboard.press('F2');
		const input = workbench.page.locator('.quick-input-widget input').first();
		await input.waitFor();
		assert.equal(await input.inputValue(), 'september');
		await input.fill('october');
		await workbench.page
			.locator('.quick-input-message', { hasText: 'The article already has an element with the id october' })
			.waitFor();
		await workbench.screenshot('rename-light');
		await input.fill('month-nine');
		await workbench.page.keyboard.press('Enter');
		await workbench.visibleText(text => text.includes('month-nine'));
		// VS Code saves the files changed by a refactoring.
		const renamed = year.replaceAll('"september"', '"month-nine"').replaceAll('"#september"', '"#month-nine"');
		await workbench.saved(YEAR, text => text === renamed);
		assert.equal(await workbench.saved(CHART), chart);
		await workbench.page.keyboard.press('ControlOrMeta+Z');
		await workbench.visibleText(text => text.includes('id="september"'));
		await workbench.runCommand('File: Save');
		await workbench.saved(YEAR, text => text === year);
	});

	it('completes a link by the Chinese title of an archived article', async () => {
		await open('articles/dukou/131_灯灭之后.md');
		await workbench.goTo(await workbench.placeOf('</p>'));
		await workbench.page.keyboard.type('<a href="验潮');
		const row = workbench.page.locator('.suggest-widget .monaco-list-row', { hasText: '没有人关掉的验潮仪' }).first();
		await row.waitFor();
		await workbench.screenshot('completion-title-light');
		await row.click();
		await inEditor('<a href="https://dukou.example/p/118"');
		await workbench.runCommand('File: Revert File');
	});

	it('selects a Chinese word on a double-click', async () => {
		await open('articles/dukou/131_灯灭之后.md');
		await workbench.goTo(await workbench.placeOf('</p>'));
		await workbench.page.keyboard.type('灯塔的光照着港口');
		for (let step = 0; step < 7; step++) await workbench.page.keyboard.press('ArrowLeft');
		const cursor = await workbench.page
			.locator('.editor-group-container.active .monaco-editor .cursors-layer .cursor')
			.first()
			.boundingBox();
		assert.ok(cursor);
		await workbench.page.mouse.dblclick(cursor.x + 3, cursor.y + cursor.height / 2);
		const selected = (items: readonly string[]): boolean => items.some(item => item.endsWith('(2 selected)'));
		await waitFor(() => workbench.statusBar(), selected, 'a selection of two characters');
		await workbench.runCommand('File: Revert File');
	});

	it('pastes part of a page as article HTML, and a URL over a selection as a link', async () => {
		await open(TIDE);
		const put = (html: string, text: string): Promise<void> =>
			workbench.page.evaluate(
				async ([markup = '', plain = '']) => {
					const blob = (type: string, content: string): Blob => new Blob([content], { type });
					const types = { 'text/plain': blob('text/plain', plain) };
					const all = markup ? { ...types, 'text/html': blob('text/html', markup) } : types;
					await navigator.clipboard.write([new ClipboardItem(all)]);
				},
				[html, text],
			);
		await workbench.goTo(await workbench.placeOf('</section>'));
		await put('<div style="color:red"><h3 class="x">High <b>water</b></h3><script>x()</script></div>', 'High water');
		await workbench.page.keyboard.press('ControlOrMeta+V');
		await inEditor('<h3>High <b>water</b></h3></section>');
		await workbench.screenshot('paste-html-light');
		await workbench.page.keyboard.press('Escape');
		await workbench.page.keyboard.type('quay');
		await workbench.page.keyboard.press('ControlOrMeta+Shift+ArrowLeft');
		await put('', 'https://courier.example/quay?a=1&b=2');
		await workbench.page.keyboard.press('ControlOrMeta+V');
		await inEditor('<a href="https://courier.example/quay?a=1&amp;b=2">quay</a>');
		await workbench.runCommand('File: Revert File');
	});

	it('pastes a picture as a figure with its caption selected, and undoes text and file in one step', async () => {
		const { page } = workbench;
		const picture = join(workbench.folder, 'articles/courier/pictures/20211216_tide-gauge.png');
		const figure =
			'<figure><img src="pictures/20211216_tide-gauge.png"><figcaption>Caption</figcaption></figure></section>';
		await open(TIDE);
		await workbench.goTo(await workbench.placeOf('</section>'));
		await copyPicture(page, png(120, 80));
		await page.keyboard.press('ControlOrMeta+V');
		await inEditor(figure);
		assert.equal(await pngWidth(picture), 120);
		await page.keyboard.press('ControlOrMeta+Z');
		await workbench.visibleText(text => !text.includes('Caption'));
		await waitFor(
			async () => existsSync(picture),
			exists => !exists,
			'the picture to be removed',
		);
		await page.keyboard.press('ControlOrMeta+V');
		await inEditor(figure);
		await page.keyboard.type('码头 The quay');
		await inEditor(figure.replace('Caption', '码头 The quay'));
		await workbench.screenshot('paste-picture-light');
		await workbench.runCommand('File: Revert File');
	});

	it('links to an article that is dropped from the Explorer', async () => {
		const { page } = workbench;
		await open(TIDE);
		await workbench.goTo({ line: 1, column: 1 });
		const row = page.locator('.explorer-folders-view .monaco-list-row', { hasText: '20211217_night-ferry.md' }).first();
		const target = page.locator('.editor-group-container.active .view-line', { hasText: 'Tobias Renn' }).first();
		const link = '<a href="20211217_night-ferry.md">The night ferry makes its last crossing but one</a>';
		const lines = page.locator('.editor-group-container.active .view-lines');
		await repeat('dropping an article', async timeout => {
			const [from, to] = [await row.boundingBox({ timeout }), await target.boundingBox({ timeout })];
			assert.ok(from && to);
			await page.mouse.move(from.x + 60, from.y + 10);
			await page.mouse.down();
			await page.mouse.move(from.x + 90, from.y + 10, { steps: 4 });
			// Without Shift, the file is opened.
			await page.keyboard.down('Shift');
			await page.mouse.move(to.x + 200, to.y + 10, { steps: 10 });
			await page.mouse.move(to.x + 204, to.y + 10, { steps: 3 });
			await page.mouse.up();
			await page.keyboard.up('Shift');
			const read = async () => (await lines.allTextContents()).join('').replaceAll('\u00a0', ' ');
			await waitFor(read, text => text.includes('20211217_night-ferry.md"'), 'the link', timeout);
		});
		await inEditor(link);
		await workbench.screenshot('drop-article-light');
		await workbench.runCommand('File: Revert File');
	});

	it('edits the start and end tag of an element together, including hyphens, dots and digits', async () => {
		await open(TIDE);
		await workbench.goTo(await workbench.placeOf('<section', '<section'.length));
		for (const typed of ['-', 'b', 'o', 'x', '.', '2']) {
			// VS Code decorates the linked names.
			await workbench.page.locator('.editor-group-container.active .linked-editing-decoration').first().waitFor();
			await workbench.page.keyboard.type(typed);
		}
		await inEditor('<section-box.2');
		await workbench.page.keyboard.press('Escape');
		await workbench.goTo(await workbench.placeOf('</section>'));
		await inEditor('</section-box.2>');
		await workbench.runCommand('File: Revert File');
	});

	it('updates links and lists when a file is renamed in the Explorer', async () => {
		await open(TRANSLATION);
		await renameActiveFile(workbench, TRANSLATION, '118_验潮仪 2.md');
		await untilActive('118_验潮仪 2.md');
		const list = await workbench.saved('lists/dukou.md', text => !text.includes('118_没有人'));
		assert.match(list, /\/articles\/dukou\/118_(?:验潮仪|%E9%AA%8C%E6%BD%AE%E4%BB%AA)%202\.md/);
		await workbench.screenshot('file-renamed-light');
	});

	it('provides completions and hovers in marginalia.json', async () => {
		await open('articles/workshop/every-rule.md');
		await workbench.goTo(await workbench.placeOf('ttps://courier.example'));
		const fixes = await workbench.quickFixes();
		assert.deepEqual(fixes.slice(0, 2), [
			'Change the URL to https://courier.example/2021/12/16/tide-gauge/',
			'Ignore the URL ttps://courier.example/2021/12/16/tide-gauge/',
		]);
		await workbench.screenshot('quick-fixes-light');
		await workbench.page.keyboard.press('Escape');
		await workbench.openFile('marginalia.json');
		await workbench.goTo(await workbench.placeOf('"link/relative"', 3));
		await workbench.page.keyboard.press('Control+Space');
		const rows = workbench.page.locator('.suggest-widget .monaco-list-row');
		await waitFor(
			() => rows.allInnerTexts(),
			texts => texts.some(text => text.includes('link/fragment')),
			'the rules',
		);
		await workbench.screenshot('schema-light');
		await workbench.page.keyboard.press('Escape');
		await workbench.runCommand('File: Revert File');
	});

	it('begins an article by its address and title, and names, places and lists it like the others', async () => {
		const { page } = workbench;
		const input = page.locator('.quick-input-widget input').first();
		const address = 'https://courier.example/2025/12/30/low-bridge/';
		await page.evaluate(text => navigator.clipboard.writeText(text), address);
		await workbench.startCommand('Marginalia: New Article…');
		const value = () => input.inputValue();
		await waitFor(value, text => text === address, 'the address from the clipboard');
		await workbench.screenshot('new-article-address-light');
		await page.keyboard.press('Enter');
		await page.locator('.quick-input-title', { hasText: '2/2' }).waitFor();
		await page.locator('.quick-input-message', { hasText: 'dated December 30, 2025' }).waitFor();
		await page.keyboard.type('低桥 Low bridge');
		await workbench.screenshot('new-article-title-light');
		await page.keyboard.press('Enter');
		await page.locator('.tab.active[data-resource-name$="_low-bridge.md"]').waitFor();
		await workbench.languageIs('Article');
		await page.keyboard.type('The water is over the road.');
		await inEditor('<p>The water is over the road.</p>');
		await workbench.screenshot('new-article-light');
		await page.keyboard.press('ControlOrMeta+S');
		const list = await workbench.saved('lists/courier.md', text => text.includes('low-bridge'));
		const [, path = ''] =
			/^The Harbour Courier\n------\n\n\d+-\d+ \[低桥 Low bridge\]\(\/(.*?)\)\n\n12-31 /.exec(list) ?? [];
		assert.match(path, /^articles\/courier\/20251230_low-bridge\.md$/, list);
		const text = await workbench.saved(path, saved => saved.includes('water'));
		assert.match(
			text,
			/^<!--1767096000000-->\n\[低桥 Low bridge\]\(https:\/\/courier\.example\/2025\/12\/30\/low-bridge\/\)\n------\n\n<p>The water is over the road\.<\/p>\n$/,
		);
	});

	it('begins an article in a folder of the Explorer without address and title, and goes on with these', async () => {
		const { page } = workbench;
		await page.evaluate(() => navigator.clipboard.writeText('nothing'));
		await open(TIDE);
		// Not in the folder of the active article, but in the one of the menu.
		const folder = page.locator('.explorer-folders-view .monaco-list-row[aria-label^="nightjar"]');
		await repeat('choosing New Article… in the menu of a folder', async timeout => {
			await page.keyboard.press('Escape');
			await folder.click({ button: 'right', timeout });
			await page.locator('.monaco-menu .action-item', { hasText: 'New Article…' }).click({ timeout });
			// A menu that has just opened can lose a click.
			await page.locator('.quick-input-title', { hasText: '1/2' }).waitFor({ timeout });
		});
		await page.keyboard.press('Enter');
		await page.locator('.quick-input-title', { hasText: '2/2' }).waitFor();
		await page.keyboard.press('Enter');
		await page.locator('.tab.active[data-resource-name$=".md"]:not([data-resource-name^="2023"])').waitFor();
		await workbench.languageIs('Article');
		await inEditor('[Title](https://)');
		await page.keyboard.type('Low water');
		await page.keyboard.press('Tab');
		await page.keyboard.type('nightjar.example/low');
		await inEditor('[Low water](https://nightjar.example/low)');
		for (let key = 0; key < 'nightjar.example/low'.length; key++) await page.keyboard.press('Backspace');
		await page.evaluate(() => navigator.clipboard.writeText('http://nightjar.example/2026/low-water'));
		await page.keyboard.press('ControlOrMeta+V');
		await inEditor('[Low water](http://nightjar.example/2026/low-water)');
		await page.keyboard.press('Tab');
		await page.keyboard.type('See <a href="pic');
		await page.locator('.suggest-widget .monaco-list-row', { hasText: 'pictures/' }).waitFor();
		await workbench.screenshot('new-article-goes-on-light');
		await page.keyboard.press('Escape');
		await page.keyboard.press('ControlOrMeta+S');
		const list = await workbench.saved('lists/nightjar.md', text => /\n\n\d+-\d+ \[[\d-]+\]\(/.test(text));
		const [, path = ''] = /\]\(\/(articles\/nightjar\/[^)]*)\)/.exec(list) ?? [];
		const saved = await workbench.saved(path, text => text.includes('See'));
		assert.match(
			saved,
			/\n\[Low water\]\(http:\/\/nightjar\.example\/2026\/low-water\)\n------\n\n<p>See <a href="pic/,
		);
	});
});
