import { strict as assert } from 'node:assert';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../../scripts/host/paths.ts';
import { waitFor } from './waitFor.ts';
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

	it('is coloured wherever one looks in a line that is too long for the grammar, in two editors as well', async () => {
		const paragraph = '<p class="lead">水位&nbsp;<em>high</em> at noon.</p>';
		const body = `<address>x</address>${paragraph.repeat(2000)}<p>end</p>`;
		await writeFile(
			join(workbench.folder, 'long.md'),
			`<!--1639639800000-->\n[a](https://a.example/)\n------\n\n${body}\n`,
		);
		await workbench.openFile('long.md');
		await workbench.languageIs('Article');
		await coloured();
		await workbench.goTo({ line: 5, column: body.length / 2 });
		await coloured();
		await workbench.runCommand('View: Split Editor');
		await workbench.goTo({ line: 5, column: body.length });
		await coloured();
		await workbench.page.keyboard.type('x');
		await coloured();
		await workbench.screenshot('long-line-dark');
		await workbench.runCommand('File: Revert File');
		await workbench.runCommand('View: Join All Editor Groups');
	});

	/**
	 * Waits until all editors show tags, attributes and values, each with the colour of the theme, as well as text and character
	 * references where these are not wrapped. Without tokens, a row is one piece of text.
	 */
	async function coloured(): Promise<void> {
		const editors = workbench.page.locator('.editor-group-container .monaco-editor .view-lines');
		const read = (): Promise<string[][]> =>
			editors.evaluateAll(all =>
				all.map(lines => {
					const colours = [...lines.querySelectorAll('.view-line > span > span')].map(part =>
						[/^(?:水位| at noon\.)$/, /^em$/, /^class$/, /^"lead"$/, /^&nbsp;$/].flatMap((pattern, kind) =>
							pattern.test((part.textContent ?? '').replaceAll('\u00a0', ' '))
								? `${kind} ${getComputedStyle(part).color}`
								: [],
						),
					);
					return [...new Set(colours.flat())].sort();
				}),
			);
		const expected = [
			'0 rgb(204, 204, 204)',
			'1 rgb(86, 156, 214)',
			'2 rgb(156, 220, 254)',
			'3 rgb(206, 145, 120)',
			'4 rgb(86, 156, 214)',
		];
		const isColoured = (colours: readonly string[]): boolean =>
			expected.slice(1, 4).every(colour => colours.includes(colour)) &&
			colours.every(colour => expected.includes(colour));
		await waitFor(read, found => found.every(isColoured), `the colours ${expected.join(', ')}`);
	}

	it('shows no unsolicited notifications', async () => {
		assert.deepEqual(await workbench.notifications(), []);
	});

	it('is not confused with a plain Markdown file', async () => {
		await workbench.openFile('README.md');
		await workbench.languageIs('Markdown');
	});
});
