import { strict as assert } from 'node:assert';
import { join } from 'node:path';
import { ROOT } from '../../scripts/host/paths.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

const ARTICLE = 'articles/courier/20211216_tide-gauge.md';

describe('an article in VS Code', () => {
	let workbench: Workbench;

	before(async () => {
		workbench = await openWorkbench({ folder: join(ROOT, 'examples/archive'), theme: 'light' });
	});

	after(() => workbench?.close());

	it('is recognised in a .md file, wrapped, and scrolled to its first line', async () => {
		await workbench.openFile(ARTICLE);
		const text = await workbench.visibleText(lines => lines.startsWith('<!--1639639800000-->\n'));
		assert.match(text, /^\[The tide gauge that nobody switched off\]\(https:\/\/courier\.example\/\S+\)$/m);
		await workbench.languageIs('Article');
		// The body is a single line. Without wrapping, at most five lines would be drawn.
		assert.ok(text.split('\n').length > 20, text);
	});

	it('has an outline that starts with title, byline and date', async () => {
		const [title, byline, date] = await workbench.outline();
		assert.deepEqual(
			[title, byline, date].map(row => [row?.level, row?.name]),
			[
				[1, 'The tide gauge that nobody switched off'],
				[2, 'MARTA HOLLIS'],
				[2, '16 December 2021'],
			],
		);
		await workbench.screenshot('article-light');
	});

	it('is shown in a dark theme', async () => {
		await workbench.setTheme('dark');
		await workbench.screenshot('article-dark');
	});

	it('shows no unsolicited notifications', async () => {
		assert.deepEqual(await workbench.notifications(), []);
	});

	it('is not confused with a plain Markdown file', async () => {
		await workbench.openFile('README.md');
		await workbench.languageIs('Markdown');
	});
});
