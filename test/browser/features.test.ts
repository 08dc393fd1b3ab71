import { strict as assert } from 'node:assert';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../scripts/host/paths.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

const EVERY_RULE = 'articles/workshop/every-rule.md';
const HARBOUR = 'articles/courier/20211216_tide-gauge.md';

describe('language features in VS Code', () => {
	let workbench: Workbench;

	before(async () => {
		workbench = await openWorkbench({ folder: join(ROOT, 'examples/archive'), theme: 'light' });
	});

	after(() => workbench?.close());

	it('show a hover with image, size, type, caption and credit over a figure', async () => {
		await workbench.openFile(HARBOUR);
		// The outline shows that the language server responds.
		await workbench.outline();
		const hover = await workbench.hover('pictures/harbour.jpg');
		assert.match(hover, /1200 × 800/);
		assert.match(hover, /JPEG/i);
		assert.match(hover, /Ines Okafor/);
		await workbench.hoverPicture();
		await workbench.screenshot('hover-figure-light');
		await workbench.dismissHover();
		const caption = await workbench.hover('seen from the ferry slip');
		assert.match(caption, /1200 × 800/);
		await workbench.dismissHover();
	});

	it('show the target of a link and the date of a time comment', async () => {
		await workbench.hover('records.example/tides/saltmere.csv', /records\.example/);
		await workbench.dismissHover();
		const time = await workbench.hover('1639639800000');
		assert.match(time, /2021/);
		assert.match(time, /UTC/);
		await workbench.screenshot('hover-time-light');
		await workbench.dismissHover();
	});

	it('show the path to the cursor in the breadcrumbs', async () => {
		await workbench.goTo(await workbench.placeOf('The sheets live in biscuit tins'));
		assert.deepEqual((await workbench.breadcrumbs()).slice(-2), [
			'The tide gauge that nobody switched off',
			'A hill with a broken shoulder',
		]);
	});

	it('list problems with their rules', async () => {
		await workbench.openFile(EVERY_RULE);
		await workbench.languageIs('Article');
		const problems = await workbench.problems(rows => rows.length >= 10);
		assert.ok(
			problems.every(
				({ source, code }) =>
					source === 'marginalia' && /^(?:archive|article|figure|header|html|image|link|list|text)\//.test(code),
			),
			JSON.stringify(problems),
		);
		const rules = new Set(problems.map(({ code }) => code));
		for (const rule of [
			'link/invalid-url',
			'link/nested',
			'link/fragment',
			'html/unsafe',
			'html/syntax',
			'image/placeholder',
		])
			assert.ok(rules.has(rule), `${rule} is not among ${[...rules].join(' ')}`);
		await workbench.screenshot('problems-light');
		await workbench.setTheme('dark');
		await workbench.screenshot('problems-dark');
	});

	it('offer quick fixes', async () => {
		await workbench.openFile(HARBOUR);
		const place = await workbench.placeOf('the breakwater road ');
		await workbench.goTo(place);
		const titles = await workbench.quickFixes();
		assert.ok(titles.includes('Merge 3 links into one'), titles.join(', '));
		await workbench.screenshot('quick-fix-dark');
		await workbench.applyQuickFix('Merge 3 links into one');
		const merged = 'the breakwater road was under two feet of sea</a>';
		await workbench.visibleText(text => text.replaceAll('\n', '').includes(merged));
		await workbench.runCommand('Undo');
	});

	it('toggle markup and comments by the keys of other editors', async () => {
		await workbench.openFile(HARBOUR);
		await workbench.goTo(await workbench.placeOf('biscuit', 3));
		for (const [key, made] of [
			['Control+B', '<strong>biscuit</strong>'],
			['Control+I', '<em>biscuit</em>'],
			['Control+Shift+Digit2', '<h2>'],
			['Control+Shift+Digit9', '<blockquote>'],
			['Control+/', '<!-- '],
		] as const) {
			const count = (text: string): number => text.replaceAll('\n', '').split(made).length;
			const before = count(await workbench.visibleText());
			await workbench.page.keyboard.press(key);
			await workbench.visibleText(text => count(text) > before);
			await workbench.page.keyboard.press(key);
			await workbench.visibleText(text => count(text) === before);
		}
	});

	it('show a figure in a dark theme', async () => {
		await workbench.openFile('articles/courier/20220103_lamp room.txt');
		await workbench.languageIs('Article');
		await workbench.outline();
		await workbench.screenshot('text-file-dark');
		await workbench.openFile(HARBOUR);
		await workbench.hover('pictures/tide-chart.png');
		await workbench.hoverPicture();
		await workbench.screenshot('hover-figure-dark');
		await workbench.dismissHover();
	});

	it('support Chinese articles and lists', async () => {
		await workbench.openFile('lists/dukou.md');
		await workbench.languageIs('Article');
		await workbench.outline(rows => rows.length > 2);
		await workbench.screenshot('list-dark');
	});
});

const CORPUS = join(ROOT, '../shared/corpus');

describe('a real article in VS Code', () => {
	let workbench: Workbench | undefined;

	before(async function () {
		if (existsSync(CORPUS)) workbench = await openWorkbench({ folder: join(CORPUS, 'articles/nyt'), theme: 'light' });
		else this.skip();
	});

	after(() => workbench?.close());

	it('has its outline, five figures and two kinds of hints, light and dark', async () => {
		assert.ok(workbench);
		await workbench.openFile('1042777.md');
		await workbench.languageIs('Article');
		const rows = await workbench.outline(all => all.length > 10);
		assert.equal(rows[0]?.kind, 'file');
		await workbench.screenshot('real-light');
		await workbench.setTheme('dark');
		await workbench.screenshot('real-dark');
	});
});
