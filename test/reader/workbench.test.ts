import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FrameLocator, Locator } from 'playwright-core';
import { ROOT } from '../../scripts/host/paths.ts';
import { waitFor } from '../browser/waitFor.ts';
import { contentOf, lastWebview } from '../browser/webview.ts';
import { openWorkbench, type Workbench } from '../browser/workbench.ts';
import { ATTACKS } from './attacks.ts';

const TIDE_GAUGE = 'articles/courier/20211216_tide-gauge.md';
const TITLE = 'The tide gauge that nobody switched off';

describe('the reader in VS Code', () => {
	let workbench: Workbench;
	/** The page of the last opened reader. */
	let reader: FrameLocator;

	before(async () => {
		workbench = await openWorkbench({
			folder: join(ROOT, 'examples/archive'),
			theme: 'light',
			size: { width: 1600, height: 1000 },
		});
	});
	after(() => workbench?.close());

	/** Opens a file, even if the reader has the keyboard focus. */
	async function openBeside(path: string): Promise<void> {
		await workbench.runCommand('View: Focus First Editor Group');
		await workbench.openFile(path);
	}

	async function titleIs(title: string): Promise<void> {
		await waitFor(
			() => reader.locator('h1').innerText(),
			text => text === title,
			`the title ${title}`,
		);
	}

	async function drawn(picture: Locator): Promise<void> {
		await picture.evaluate(image => (image as HTMLImageElement).decode());
	}

	it('opens to the side and shows the article', async () => {
		await workbench.openFile(TIDE_GAUGE);
		await workbench.languageIs('Article');
		await workbench.runCommand('Marginalia: Open Reader to the Side');
		reader = lastWebview(workbench.page);
		await titleIs(TITLE);
		await drawn(reader.locator('img').first());
		await workbench.screenshot('reader-workbench');
	});

	it('shows typed text', async () => {
		await workbench.goTo(await workbench.placeOf('He comes on Mondays', 2));
		await workbench.page.keyboard.type(' always');
		const paragraph = reader.locator('.block').nth(2);
		await waitFor(
			() => paragraph.innerText(),
			text => text.includes('He always comes on Mondays'),
			'the edit in the reader',
		);
		await workbench.page.keyboard.press('Control+Z');
		await waitFor(
			() => paragraph.innerText(),
			text => text.includes('He comes on Mondays'),
			'the undone edit',
		);
	});

	it('scrolls with the editor, and the editor with it', async () => {
		await workbench.goTo(await workbench.placeOf('People say the sea is rising'));
		const quote = reader.locator('blockquote');
		const isSeen = async (): Promise<boolean> => {
			const box = await quote.evaluate(element => element.getBoundingClientRect().top);
			return box > 0 && box < 900;
		};
		await waitFor(isSeen, seen => seen, 'the quotation in sight');
		await reader.locator('.text').hover();
		await workbench.page.mouse.wheel(0, -20_000);
		await workbench.visibleText(text => text.includes('MARTA HOLLIS'));
		// Both keep their positions.
		assert.equal(await reader.locator('html').evaluate(root => root.scrollTop), 0);
	});

	it('moves the cursor on a click, and focuses the editor on Ctrl+click', async () => {
		const cursorAt = async (text: string): Promise<void> => {
			const { line, column } = await workbench.placeOf(text);
			// A click is on either side of a letter.
			const places = [0, 1].map(more => `Ln ${line}, Col ${column + more}`);
			await waitFor(
				() => workbench.statusBar(),
				items => items.some(item => places.includes(item)),
				`the cursor at ${places[0]}`,
			);
		};
		await reader.getByText('I was told to lock the door').click({ position: { x: 3, y: 8 } });
		await workbench.runCommand('View: Focus First Editor Group');
		await cursorAt('“I was told');
		await reader.getByText('Last month his paper').click({ position: { x: 3, y: 8 }, modifiers: ['ControlOrMeta'] });
		await cursorAt('Last month');
	});

	it('annotates a selection with the keyboard, and shows the note', async () => {
		await reader.getByText('I was told to lock the door').click({ position: { x: 3, y: 8 } });
		await workbench.page.keyboard.press('j');
		await workbench.page.keyboard.press('v');
		await workbench.page.keyboard.press('n');
		await workbench.page.locator('.quick-input-widget input').first().fill('question: Which county? #map');
		await workbench.page.keyboard.press('Enter');
		const note = reader.locator('.note');
		await note.waitFor();
		assert.match(await note.innerText(), /Question[\s\S]*Which county\?[\s\S]*#map/);
		const passage = await reader.locator('.segment').first().innerText();
		const sidecar = join(workbench.folder, `${TIDE_GAUGE}.annotations.jsonld`);
		const written = await waitFor(
			async () => (existsSync(sidecar) ? await readFile(sidecar, 'utf8') : ''),
			text => text !== '',
			'the sidecar',
		);
		assert.ok(written.includes(JSON.stringify(passage).slice(1, -1)), `${passage} is not in ${written}`);
		await workbench.screenshot('reader-note');
	});

	it('follows links to archived copies, and marks them', async () => {
		const link = reader.getByRole('link', { name: 'the night ferry' });
		assert.equal(await link.evaluate(element => element.classList.contains('archived')), true);
		await link.click();
		await titleIs('The night ferry makes its last crossing but one');
		await workbench.page.locator('.tab[data-resource-name="20211217_night-ferry.md"]').waitFor();
	});

	it('is restored at its position after the window is reloaded', async () => {
		await openBeside(TIDE_GAUGE);
		await titleIs(TITLE);
		await reader.locator('.text').hover();
		await workbench.page.mouse.wheel(0, -20_000);
		await drawn(reader.locator('img').first());
		await workbench.page.mouse.wheel(0, 900);
		const heading = reader.locator('h2').first();
		const top = (): Promise<number> => heading.evaluate(element => Math.round(element.getBoundingClientRect().top));
		const before = await waitFor(top, at => at > 0 && at < 900, 'the heading in sight');
		// A browser may close a window before it has stored anything.
		await waitFor(
			() => workbench.page.evaluate(readKept),
			kept => {
				const place = Number(/tide-gauge\.md[\\"]*:(\d+)/.exec(kept)?.[1]);
				return place > 300 && place < 1500;
			},
			'the place to be kept',
		);
		await workbench.runCommand('Developer: Reload Window');
		await workbench.page.locator('.monaco-workbench .part.statusbar').waitFor();
		reader = lastWebview(workbench.page);
		await titleIs(TITLE);
		const after = await waitFor(top, at => Math.abs(at - before) < 60, `the heading near ${before}`);
		assert.ok(Math.abs(after - before) < 60);
	});

	it('opens in the side bar, and keeps the reader in the tab', async () => {
		const tab = contentOf(workbench.page.locator('iframe.webview').first());
		const heading = tab.locator('h2').first();
		const top = (): Promise<number> => heading.evaluate(element => element.getBoundingClientRect().top);
		const before = await top();
		await workbench.runCommand('Marginalia: Focus on Reader View');
		const frames = workbench.page.locator('iframe.webview');
		await waitFor(
			() => frames.count(),
			count => count === 2,
			'a second reader',
		);
		reader = lastWebview(workbench.page);
		await titleIs(TITLE);
		// The editor became narrower, which must not count as scrolling.
		const drift = Math.abs((await top()) - before);
		assert.ok(drift < 60, `the reader in the tab moved by ${drift}`);
		await reader.locator('.text').hover();
		await workbench.page.mouse.wheel(0, -20_000);
		await drawn(reader.locator('img').first());
		await workbench.screenshot('reader-side-panel');
	});

	it('runs no scripts of a hostile article', async () => {
		const body = Object.entries(ATTACKS)
			.filter(([name]) => !/plaintext|comment|textarea|select|noscript attribute/.test(name))
			.map(([, attack]) => `<section>${attack.replace(/[\r\n]/g, ' ')}</section>`)
			.join('');
		await writeFile(
			join(workbench.folder, 'hostile.md'),
			`<!--1639640221000-->\n[Hostile](https://news.example/)\n------\n\n${body}<p>The end.</p>\n`,
		);
		const asked: string[] = [];
		workbench.page.on('request', request => {
			if (/evil\.example/.test(request.url())) asked.push(request.url());
		});
		workbench.page.on('dialog', dialog => {
			asked.push(`dialog ${dialog.message()}`);
			void dialog.dismiss();
		});
		await openBeside('hostile.md');
		await titleIs('Hostile');
		await reader.locator('.block').first().waitFor();
		assert.equal(
			await reader.locator('article script, article iframe, article style, article [onerror], article [id]').count(),
			0,
		);
		assert.deepEqual(asked, []);
	});
});

/** Returns the workspace state of extensions, as stored by VS Code in the browser. */
async function readKept(): Promise<string> {
	const done = <T>(request: IDBRequest<T>): Promise<T> =>
		new Promise((resolve, reject) => {
			request.onsuccess = () => resolve(request.result);
			request.onerror = () => reject(request.error);
		});
	const found: string[] = [];
	for (const { name } of await indexedDB.databases()) {
		if (!name?.startsWith('vscode-web-state-db')) continue;
		const database = await done(indexedDB.open(name));
		const values = await done(database.transaction('ItemTable').objectStore('ItemTable').getAll());
		database.close();
		found.push(...values.filter(value => typeof value === 'string' && value.includes('reader.places')));
	}
	return found.join();
}
