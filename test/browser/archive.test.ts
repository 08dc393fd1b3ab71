import { strict as assert } from 'node:assert';
import { join } from 'node:path';
import { ROOT } from '../../scripts/host/paths.ts';
import { waitFor } from './waitFor.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

const TIDE = 'articles/courier/20211216_tide-gauge.md';
const YEAR = 'articles/courier/20221231_a-year-on-the-mere.md';
const CHART = 'articles/nightjar/2023-05-14-how-to-read-a-chart.md';
const TRANSLATION = 'articles/dukou/118_没有人关掉的验潮仪.md';

describe('an archive in VS Code', function () {
	this.timeout(120_000);
	let workbench: Workbench;
	const opened: string[] = [];
	/** The names of the tabs, the active one first. */
	const tabs = async (): Promise<string[]> => {
		const all = workbench.page.locator('.editor-group-container.active .tab');
		return await all.evaluateAll(nodes =>
			nodes
				.map(node => ({
					active: node.classList.contains('active'),
					name: node.getAttribute('data-resource-name') ?? '',
				}))
				.sort((a, b) => Number(b.active) - Number(a.active))
				.map(({ name }) => name),
		);
	};

	before(async () => {
		workbench = await openWorkbench({ folder: join(ROOT, 'examples/archive'), theme: 'light' });
		workbench.page.context().on('page', page => opened.push(page.url()));
	});

	after(() => workbench?.close());

	it('leads by Ctrl-click from a link to the archived copy of its page, and to the id on it', async () => {
		await workbench.openFile(TRANSLATION);
		await workbench.languageIs('Article');
		await workbench.clickAt('https://courier.example/2021/12/16/tide-gauge/', 'Control');
		await waitFor(tabs, ([active]) => active === '20211216_tide-gauge.md', 'the archived copy');
		await workbench.screenshot('archived-copy-light');
		await workbench.openFile(CHART);
		await workbench.languageIs('Article');
		await workbench.clickAt('https://courier.example/2022/12/31/a-year-on-the-mere/', 'Control');
		await waitFor(tabs, ([active]) => active === '20221231_a-year-on-the-mere.md', 'the other copy');
		assert.deepEqual(opened, []);
		void [TIDE, YEAR];
	});
});
