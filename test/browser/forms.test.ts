import { strict as assert } from 'node:assert';
import { join } from 'node:path';
import { ROOT } from '../../scripts/host/paths.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

const HARBOUR = 'articles/courier/20211216_tide-gauge.md';

describe('Expand and Collapse in VS Code', () => {
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

	it('list links and figures from the code lenses above the title', async () => {
		await workbench.page.locator('.codelens-decoration a', { hasText: /^\d+ figures?$/ }).click();
		await workbench.page.locator('.peekview-widget .monaco-list-row').first().waitFor();
		await workbench.screenshot('figures-peek-light');
	});
});
