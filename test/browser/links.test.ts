import { strict as assert } from 'node:assert';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT } from '../../scripts/host/paths.ts';
import { removeFolder } from '../../scripts/host/temporary.ts';
import { type Hosts, startHosts } from '../hosts/hosts.ts';
import { waitFor } from './waitFor.ts';
import { openWorkbench, type Theme, type Workbench } from './workbench.ts';

const FERRY = 'articles/harbour/1001_night-ferry.md';

describe('link checks in VS Code', () => {
	let hosts: Hosts;
	let folder: string;
	let workbench: Workbench | undefined;

	before(async () => {
		hosts = await startHosts({ latency: 50 });
		folder = join(await mkdtemp(join(tmpdir(), 'marginalia-links-')), 'archive');
		await put(
			FERRY,
			'The night ferry',
			`<p>The last boat leaves at <a href="${hosts.url('/status/404/timetable')}">eleven</a>, and comes back at
<a href="${hosts.url('/moved/301/morning')}">six</a>. Who wants a place for a car asks <a href="${hosts.url('/status/403/office')}">the office</a>.</p>
<figure><img src="${hosts.url('/picture/plain/ferry.png')}" alt="The ferry" width="640" height="480">
<figcaption>The ferry in the evening. <cite>Jonah Pell</cite></figcaption></figure>
<p>${Array.from({ length: 11 }, (_, at) => `<a href="${hosts.url(`/pier/${at + 1}`)}">Pier ${at + 1}</a>`).join(',\n')}.</p>`,
		);
		await mkdir(join(folder, '.vscode'));
		await writeFile(join(folder, '.vscode/settings.json'), '{ "marginalia.links.allowPrivate": true }\n');
		for (let number = 2; number <= 9; number++) {
			const links = Array.from({ length: 12 }, (_, at) => hosts.url(`/slow/500/${number}/${at}`));
			const body = links.map(link => `<a href="${link}">x</a>`).join('\n');
			await put(`articles/harbour/100${number}.md`, `Notice ${number}`, `<p>${body}</p>`);
		}
	});
	after(async () => {
		await close();
		await hosts.close();
		await removeFolder(dirname(folder));
	});

	/** Closes the workbench, so that the next test opens its own. */
	async function close(): Promise<void> {
		await workbench?.close();
		workbench = undefined;
	}
	afterEach(async function () {
		if (this.currentTest?.state === 'passed') return;
		await workbench?.screenshot(`failed-${this.currentTest?.title.slice(0, 40)}`);
		await close();
	});
	beforeEach(() => hosts.forget());

	async function put(path: string, title: string, body: string): Promise<void> {
		await mkdir(dirname(join(folder, path)), { recursive: true });
		const text = `<!--1639640221000-->\n[${title}](https://harbour.example/${title.toLowerCase().replaceAll(' ', '-')}/)\n------\n\n${body}\n`;
		await writeFile(join(folder, path), text);
	}

	/** Opens the article, in the workbench of the previous test if that is still open. */
	async function open(options: Partial<Parameters<typeof openWorkbench>[0]> & { theme: Theme }): Promise<Workbench> {
		const settings = { 'files.autoSave': 'off', ...options.settings };
		if (workbench) await workbench.setTheme(options.theme);
		workbench ??= await openWorkbench({ folder, size: { width: 1280, height: 720 }, ...options, settings });
		await workbench.openFile(FERRY);
		await workbench.languageIs('Article');
		// With or without results of another test.
		await status(workbench, text => text.startsWith('15 URLs'));
		return workbench;
	}

	const status = ({ page }: Workbench, accept: (text: string) => boolean): Promise<string> =>
		waitFor(
			async () =>
				(await page.locator('.statusbar-item[id="marginalia.marginalia.marginalia.links"]').allInnerTexts())
					.join()
					.trim(),
			accept,
			'the status of the links',
		);

	/** Clears the results of other tests. */
	async function clearCache(shown: Workbench): Promise<void> {
		await shown.runCommand('Marginalia: Clear Link Cache');
		await status(shown, text => text === '15 URLs');
		await shown.runCommand('Notifications: Clear All Notifications');
	}

	/** Makes a small change to the article and saves it. */
	async function save({ page }: Workbench): Promise<void> {
		await page.keyboard.press('Control+End');
		await page.keyboard.press('Enter');
		await page.keyboard.press('Control+S');
	}

	for (const theme of ['light', 'dark'] as const)
		it(`run on save and show results in place (${theme})`, async () => {
			const shown = await open({ theme });
			await shown.hover('/status/404/timetable');
			await shown.dismissHover();
			assert.deepEqual(hosts.asked(), []);
			await clearCache(shown);

			const release = hosts.hold(/^\/pier\/(?:9|10|11)$/);
			await save(shown);
			await status(shown, text => text === '12/15 checked');
			await shown.screenshot(`links-checking-${theme}`);
			release();
			await status(shown, text => text === '15 URLs, 1 broken');
			await shown.goTo({ line: 5, column: 1 });
			await shown.screenshot(`links-checked-${theme}`);
			await shown.lenses(titles => titles.includes('1 broken'), 'the lens');

			const text = await shown.hover('/status/404/timetable');
			assert.match(text, /Broken: 404 Not Found · checked just now/);
			await shown.screenshot(`links-hover-${theme}`);
			await shown.dismissHover();
			assert.match(
				await shown.hover('/status/403/office'),
				/Unverified: .* returns 403 Forbidden[\s\S]*Open it in a browser/,
			);
			await shown.screenshot(`links-hover-unverified-${theme}`);
			await shown.dismissHover();

			await shown.goTo(await shown.placeOf('/status/404/timetable', 1));
			const fixes = await shown.quickFixes();
			for (const title of ['Replace with the copy in the Wayback Machine', 'Open the copy in the Wayback Machine'])
				assert.ok(fixes.includes(title), fixes.join('\n'));
			await shown.screenshot(`links-fixes-${theme}`);
			await shown.page.keyboard.press('Escape');

			await shown.page.locator('.statusbar-item[id="marginalia.marginalia.marginalia.links"] a').click();
			const rows = shown.page.locator('.quick-input-list .monaco-list-row');
			await waitFor(
				async () => (await rows.allInnerTexts()).map(row => row.trim()),
				labels => labels.some(label => label.endsWith('Check Links in the Archive')),
				'the menu',
			);
			await shown.screenshot(`links-menu-${theme}`);
			await shown.page.keyboard.press('Escape');
			const [problem] = await shown.problems();
			assert.equal(problem?.code, 'link/broken');
			await shown.runCommand('View: Hide Panel');
		});

	it('run in a whole archive, with progress, cancellation and a report', async () => {
		const shown = await open({ theme: 'dark' });
		await clearCache(shown);
		await shown.runCommand('Marginalia: Check Links in the Archive');
		const toast = shown.page.locator('.notifications-toasts .notification-list-item');
		const message = toast.locator('.notification-list-item-message');
		await waitFor(
			async () => (await message.allInnerTexts()).join('\n'),
			text => /Checking links in the archive: [1-9]\d? of 111/.test(text),
			'progress',
		);
		await shown.screenshot('links-archive-progress');
		await toast.first().hover();
		await toast.locator('.monaco-button', { hasText: 'Cancel' }).click();
		const said = await waitFor(
			async () => (await message.allInnerTexts()).join('\n'),
			text => text.includes('Cancelled.'),
			'the end',
		);
		assert.match(said, /Cancelled\. 111 URLs in 9 articles: .*, \d+ not checked\./);
		const asked = hosts.asked().length;
		await hosts.idle();
		assert.equal(hosts.asked().length, asked);
		await shown.runCommand('Notifications: Clear All Notifications');

		await shown.runCommand('Marginalia: Check Links in the Archive');
		await waitFor(
			async () => (await message.allInnerTexts()).join('\n'),
			text => text.includes('111 URLs in 9 articles: 1 broken, 1 moved, 1 unverified.'),
			'the report',
		);
		await toast.locator('.monaco-button', { hasText: 'Show Report' }).click();
		await shown.page.locator('.tab.active[data-resource-name="links.md"]').waitFor();
		const report = await shown.visibleText(text => text.includes('Wayback'));
		assert.match(report, /# Links in archive/);
		await shown.screenshot('links-archive-report');
	});

	it('report no broken links in the example archive, where all host names are reserved', async () => {
		await close();
		const shown = await openWorkbench({
			folder: join(ROOT, 'examples/archive'),
			theme: 'light',
			size: { width: 1280, height: 720 },
			settings: { 'files.autoSave': 'off' },
		});
		workbench = shown;
		await shown.openFile('articles/courier/20211216_tide-gauge.md');
		await shown.languageIs('Article');
		await status(shown, text => / URLs?$/.test(text));
		// A check after a save would pass over the URL if the cursor is in it by then.
		await shown.runCommand('Marginalia: Check Links in This Article');
		const text = await waitFor(
			() => shown.hover('https://records.example/'),
			hover => hover.includes('checked'),
			'the verdict',
		);
		assert.match(text, /Unverified: \S+\.example is a reserved example name/);
		assert.doesNotMatch(text, /Wayback/);
		await shown.screenshot('links-examples');
		await shown.dismissHover();
		await status(shown, text => /^\d+ URLs$/.test(text));
		assert.deepEqual(await shown.problems(() => true), []);
	});

	it('send no requests in an untrusted workspace', async () => {
		await close();
		const shown = await open({
			theme: 'light',
			trust: false,
			settings: { 'security.workspace.trust.startupPrompt': 'never', 'security.workspace.trust.banner': 'never' },
		});
		await save(shown);
		for (const command of ['Check Links in This Article', 'Check Links in the Archive']) {
			await shown.runCommand(`Marginalia: ${command}`);
			await waitFor(
				() => shown.notifications(),
				messages => messages.some(message => message.includes('the workspace is not trusted')),
				'the reason',
			);
			if (command.endsWith('Article')) await shown.screenshot('links-untrusted');
			await shown.runCommand('Notifications: Clear All Notifications');
		}
		assert.deepEqual(hosts.asked(), []);
	});
});
