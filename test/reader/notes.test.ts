import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FrameLocator, Locator } from 'playwright-core';
import { ROOT } from '../../scripts/host/paths.ts';
import { waitFor } from '../browser/waitFor.ts';
import { lastWebview } from '../browser/webview.ts';
import { openWorkbench, type Workbench } from '../browser/workbench.ts';

const TIDE_GAUGE = 'articles/courier/20211216_tide-gauge.md';

/** The example archive has a custom kind of note, `source`. */
describe('notes written in the reader', function () {
	this.retries(0);
	let workbench: Workbench;
	let reader: FrameLocator;

	before(async () => {
		workbench = await openWorkbench({
			folder: join(ROOT, 'examples/archive'),
			theme: 'light',
			size: { width: 1600, height: 1000 },
		});
		await workbench.openFile(TIDE_GAUGE);
		await workbench.languageIs('Article');
		await workbench.runCommand('Marginalia: Open Reader to the Side');
		reader = lastWebview(workbench.page);
	});
	afterEach(async function () {
		if (this.currentTest?.state === 'failed')
			await workbench.screenshot(`failed-${this.currentTest.title.slice(0, 40)}`);
	});
	after(() => workbench?.close());

	/** Asks for a note on a paragraph. */
	async function annotate(words: string): Promise<Locator> {
		await reader.getByText(words).click({ position: { x: 3, y: 8 }, clickCount: 3 });
		await workbench.page.keyboard.press('n');
		const box = workbench.page.locator('.quick-input-widget');
		await box.locator('input').first().waitFor();
		return box;
	}
	const items = async (): Promise<readonly { readonly motivation: string; readonly target: unknown }[]> => {
		const text = await workbench.saved(`${TIDE_GAUGE}.annotations.jsonld`).catch(() => undefined);
		return text === undefined ? [] : (JSON.parse(text).first?.items ?? []);
	};

	it('offer the kinds of the archive, the default first', async () => {
		const box = await annotate('I was told to lock the door');
		const kinds = 'note, question, check, edit, link, translate, source';
		await waitFor(
			() => box.innerText(),
			text => text.includes(kinds),
			kinds,
		);
		await workbench.screenshot('reader-note-asked-light');
		await workbench.page.keyboard.press('Escape');
	});

	it('can have a kind of the archive, like those written in the editor', async () => {
		const box = await annotate('I was told to lock the door');
		await box.locator('input').first().fill('source: The ledger of the harbour office #ledger');
		await workbench.page.keyboard.press('Enter');
		const note = reader.locator('.note');
		await note.waitFor();
		assert.match(await note.innerText(), /^Source\s+The ledger of the harbour office\s+#ledger/);
		assert.deepEqual(
			(await items()).map(({ motivation }) => motivation),
			['identifying'],
		);
		await workbench.screenshot('reader-own-kind-light');
		await workbench.setTheme('dark');
		await workbench.screenshot('reader-own-kind-dark');
		await workbench.setTheme('light');
	});

	it('are undone by the same command as those written in the editor', async () => {
		await workbench.runCommand('Marginalia: Undo Last Annotation Change');
		await waitFor(
			() => reader.locator('.note').count(),
			count => count === 0,
			'no note',
		);
		assert.deepEqual(await items(), []);
	});

	it('stay on the selected text if the text above is edited in the meantime', async () => {
		await workbench.setTheme('dark');
		const box = await annotate('Last month his paper');
		await workbench.screenshot('reader-note-asked-dark');
		await box.locator('input').first().fill('Which paper?');
		// Another program writes the file, so that its only line is replaced.
		const file = join(workbench.folder, TIDE_GAUGE);
		const text = await readFile(file, 'utf8');
		await writeFile(file, text.replace('He comes on Mondays', 'He comes, in rain and in snow, on Mondays'));
		await reader.getByText('in rain and in snow').waitFor();
		await box.locator('input').first().press('Enter');
		await reader.locator('.note').waitFor();
		const [note] = await items();
		assert.match(JSON.stringify(note?.target), /"exact":"Last month his paper/);
	});
});
