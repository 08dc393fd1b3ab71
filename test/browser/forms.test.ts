import { strict as assert } from 'node:assert';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../../scripts/host/paths.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

const HARBOUR = 'articles/courier/20211216_tide-gauge.md';

describe('The forms of an article in VS Code', () => {
	let workbench: Workbench;

	before(async () => {
		workbench = await openWorkbench({ folder: join(ROOT, 'examples/archive'), theme: 'light' });
	});

	after(() => workbench?.close());

	it('switch between the forms with one click', async () => {
		await workbench.openFile(HARBOUR);
		await workbench.languageIs('Article');
		const original = await workbench.saved(HARBOUR);
		// Counts are resolved once their code lens is visible.
		await workbench.lenses(
			titles => ['Expand', /^\d+ links$/, /^\d+ figures$/].every(one => titles.some(title => title.match(one))),
			'the lenses',
		);
		await workbench.screenshot('collapsed-light');
		await workbench.page.locator('.codelens-decoration a', { hasText: 'Expand' }).click();
		await workbench.lenses(titles => titles.length > 0 && !titles.includes('Expand'), 'no lens Expand');
		await workbench.screenshot('expanded-light');
		await workbench.runCommand('File: Save');
		const expanded = await workbench.saved(HARBOUR, text => text !== original);
		assert.ok(expanded.split('\n').length > 20, expanded);
		await workbench.runCommand('Marginalia: Collapse Article');
		await workbench.lenses(titles => titles.includes('Expand'), 'the lens Expand');
		await workbench.runCommand('File: Save');
		const collapsed = await workbench.saved(HARBOUR, text => text !== expanded);
		assert.equal(collapsed.trimEnd().split('\n').length, 5);
	});

	it('lose the page around the article, as marginalia.json and its signs say', async () => {
		const path = 'articles/courier/20211217_ferry.md';
		const prose = '<p>The last boat leaves at eleven, and nobody on the quay had been told about it.</p>';
		const head = '<!--1639699200000-->\n[The night ferry](https://ferry.example/2021/12/17/ferry/)\n------\n\n';
		const share = '<div class="share"><a href="/s">Share this article</a></div>';
		const box = '<div class="weekly-box"><p>Each Friday we write about boats.</p></div>';
		await writeFile(join(workbench.folder, path), `${head}${prose}${share}${prose}${box}\n`);
		await workbench.openFile(path);
		await workbench.languageIs('Article');
		await workbench.goTo(await workbench.placeOf('Each Friday'));
		await workbench.runAndChoose('Marginalia: This Is Not the Article…', '.weekly-box');
		const json = await workbench.saved('marginalia.json', text => text.includes('weekly-box'));
		assert.match(json, /"ferry\.example": \{\s*"furniture": \["\.weekly-box"\]/);
		await workbench.startCommand('Marginalia: Remove Page Furniture…');
		const { page } = workbench;
		await page.locator('.quick-input-title', { hasText: 'Remove Page Furniture' }).waitFor();
		// The list draws its rows anew in those of the palette, and two may show the same text meanwhile.
		const part = page.locator('.quick-input-list .monaco-list-row', { hasText: 'Each Friday' });
		await part.first().waitFor();
		await page.keyboard.press('Enter');
		const question = page.locator('.notification-toast', { hasText: 'Remove 2 parts of the page' });
		await question.waitFor();
		await workbench.screenshot('furniture-preview-light');
		await question.locator('.monaco-button', { hasText: 'Remove' }).click();
		await workbench.visibleText(text => text.includes('last boat') && !text.includes('Each Friday'));
		await workbench.runCommand('File: Save');
		await workbench.saved(path, text => text === `${head}${prose}${prose}\n`);
	});

	it('list links and figures from the code lenses above the title', async () => {
		await workbench.openFile(HARBOUR);
		await workbench.page.locator('.codelens-decoration a', { hasText: /^\d+ figures?$/ }).click();
		await workbench.page.locator('.peekview-widget .monaco-list-row').first().waitFor();
		await workbench.screenshot('figures-peek-light');
	});
});
