import { strict as assert } from 'node:assert';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { ROOT } from '../../scripts/host/paths.ts';
import { renameActiveFile } from './renameFile.ts';
import { waitFor } from './waitFor.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

const CHART = 'articles/nightjar/2023-05-14-how-to-read-a-chart.md';
const LOST = 'articles/workshop/lost-notes.md';
const ESSAY = 'articles/dukou/118_没有人关掉的验潮仪.md';
const FERRY = 'articles/jianghu/1041907_汛期过后.md';

/** The tested part of an annotation in a sidecar file. */
interface Written {
	readonly id: string;
	readonly motivation: string;
	readonly creator?: { readonly name: string };
	readonly body?:
		| { readonly purpose: string; readonly value: string }
		| readonly { readonly purpose: string; readonly value: string }[];
	readonly target: string | { readonly selector: readonly { readonly exact?: string }[] };
}

describe('annotations in VS Code', function () {
	// Each test continues where the previous one ended.
	this.bail(true);
	this.retries(0);
	let workbench: Workbench;

	before(async () => {
		workbench = await openWorkbench({
			folder: join(ROOT, 'examples/archive'),
			theme: 'light',
			settings: { 'marginalia.annotations.author': 'Ines Okafor', 'comments.openView': 'never' },
		});
	});
	afterEach(async function () {
		if (this.currentTest?.state === 'failed')
			await workbench.screenshot(`failed-${this.currentTest.title.slice(0, 40)}`);
	});
	after(() => workbench?.close());

	/** Waits until the annotations in a sidecar file are as expected. */
	async function written(
		path: string,
		accept: (items: readonly Written[]) => boolean,
		what: string,
	): Promise<readonly Written[]> {
		const read = async (): Promise<readonly Written[]> => {
			const text = await workbench.saved(`${path}.annotations.jsonld`).catch(() => undefined);
			return text === undefined ? [] : (JSON.parse(text).first?.items ?? []);
		};
		return waitFor(read, accept, what);
	}
	const bodiesOf = ({ body }: Written): readonly string[] =>
		body === undefined ? [] : [body].flat().map(({ purpose, value }) => `${purpose}: ${value}`);
	const quoteOf = ({ target }: Written): string | undefined =>
		typeof target === 'string' ? undefined : target.selector.find(({ exact }) => exact !== undefined)?.exact;
	const thread = (label: string): Locator =>
		workbench.page.locator('.review-widget').filter({ has: workbench.page.locator('.filename', { hasText: label }) });
	const press = (label: string, name: string): Promise<void> =>
		thread(label)
			.locator(`.review-actions a.action-label[aria-label=${JSON.stringify(name)}]`)
			.click();
	const open = async (path: string): Promise<void> => {
		await workbench.openFile(path);
		await workbench.languageIs('Article');
		// Its commands are available only then.
		await workbench.lenses(titles => titles.length > 0, 'a lens');
	};
	/** Selects a text of the open file with the keyboard. */
	async function select(text: string): Promise<void> {
		await workbench.goTo(await workbench.placeOf(text));
		for (const _ of text) await workbench.page.keyboard.press('Shift+ArrowRight');
	}
	/** Opens the thread on the biscuit tins, once VS Code has collapsed it because it was resolved. */
	async function reopen(): Promise<void> {
		await untilClosed();
		await workbench.goTo(await workbench.placeOf('空房间的'));
		await workbench.page.keyboard.press('Alt+F9');
	}
	/** Returns the only element with a text. */
	async function choose(text: string): Promise<void> {
		const rows = workbench.page.locator('.quick-input-list .monaco-list-row');
		await rows.filter({ hasText: text }).first().waitFor();
		await workbench.page.locator('.quick-input-widget input').first().fill(text);
		await waitFor(
			() => rows.allInnerTexts(),
			([first, second]) => first?.includes(text) === true && second === undefined,
			`${text} alone`,
		);
		await workbench.page.keyboard.press('Enter');
	}
	/** Waits until no thread is open. */
	const untilClosed = (): Promise<unknown> =>
		waitFor(
			() => workbench.page.locator('.review-widget').count(),
			count => count === 0,
			'no open thread',
		);
	async function closeThreads(): Promise<void> {
		await workbench.runCommand('Comments: Collapse All Comments');
		await untilClosed();
	}
	/** Waits until the status bar shows the current annotation. */
	const said = (text: string): Promise<unknown> =>
		waitFor(
			() => workbench.statusBar(),
			items => items.some(item => item.startsWith(text)),
			`${text} in the status bar`,
		);
	const notification = (text: string): Locator =>
		workbench.page.locator('.notifications-toasts .notification-list-item', { hasText: text });

	it('are added at the selection, in a thread', async () => {
		await open(ESSAY);
		await workbench.runCommand('Marginalia: Expand Article');
		await workbench.runCommand('File: Save');
		await workbench.saved(ESSAY, text => text.split('\n').length > 10);
		await select('饼干筒');
		await workbench.page.keyboard.press('Control+Alt+M');
		const field = workbench.page.locator('.review-widget .comment-form .monaco-editor.focused');
		await field.waitFor();
		await workbench.page.keyboard.type('question: 原文 biscuit tins，是不是铁盒？ #译名');
		await workbench.screenshot('annotate-light');
		await workbench.page.keyboard.press('Control+Enter');
		await thread('Question on “饼干筒”')
			.locator('.comment-body', { hasText: '原文 biscuit tins，是不是铁盒？' })
			.waitFor();
		const [note] = await written(ESSAY, items => items.length === 1, 'the note');
		assert.ok(note);
		assert.equal(note.motivation, 'questioning');
		assert.equal(note.creator?.name, 'Ines Okafor');
		assert.equal(quoteOf(note), '饼干筒');
		assert.deepEqual(bodiesOf(note), ['questioning: 原文 biscuit tins，是不是铁盒？', 'tagging: 译名']);
		await workbench.screenshot('annotated-light');
	});

	it('get replies, and are edited and resolved in their threads', async () => {
		await press('Question on “饼干筒”', 'Resolve');
		await reopen();
		await thread('Question on “饼干筒” · resolved').waitFor();
		await press('Question on “饼干筒”', 'Unresolve');
		await written(
			ESSAY,
			([note]) => note !== undefined && !bodiesOf(note).includes('tagging: resolved'),
			'the open question',
		);
		const widget = thread('Question on “饼干筒”');
		// The field of an earlier reply may still exist.
		await widget.locator('.review-thread-reply-button:visible, .comment-form .monaco-editor:visible').click();
		await workbench.page.keyboard.type('是铁皮的，改“饼干罐”。');
		await workbench.page.keyboard.press('Control+Enter');
		await widget.locator('.review-comment').nth(1).waitFor();
		const items = await written(ESSAY, found => found.length === 2, 'the reply');
		assert.deepEqual(items.map(({ motivation }) => motivation).sort(), ['questioning', 'replying']);
		await widget.locator('.review-comment').first().hover();
		await widget.locator('.review-comment').first().locator('a[aria-label="Edit"]').click();
		await widget.locator('.edit-container .monaco-editor.focused').waitFor();
		await workbench.page.keyboard.press('ControlOrMeta+A');
		await workbench.page.keyboard.type('check: 查过，是铁皮的。 #译名 #已查');
		await widget.locator('.edit-container .monaco-button', { hasText: 'Save' }).click();
		await thread('Check on “饼干筒”').waitFor();
		await press('Check on “饼干筒”', 'Resolve');
		await reopen();
		await thread('Check on “饼干筒” · resolved').waitFor();
		await workbench.screenshot('thread-resolved-light');
		const resolved = await written(
			ESSAY,
			found => found.some(one => bodiesOf(one).includes('tagging: resolved')),
			'resolved',
		);
		assert.deepEqual(resolved.filter(({ motivation }) => motivation !== 'replying').map(bodiesOf), [
			['assessing: 查过，是铁皮的。', 'tagging: 译名', 'tagging: 已查', 'tagging: resolved'],
		]);
	});

	it('can be several on one line', async () => {
		const before = await workbench.saved(ESSAY);
		await closeThreads();
		await select('一张纸记七天');
		await workbench.page.keyboard.press('Control+Alt+M');
		await workbench.page.locator('.quick-input-title', { hasText: 'Add Note' }).waitFor();
		await workbench.page.keyboard.type('note: 周记录纸。');
		await workbench.page.keyboard.press('Enter');
		await thread('Note on “一张纸记七天”').waitFor();
		await written(ESSAY, items => items.length === 3, 'the second note on the line');
		await workbench.runCommand('Marginalia: Undo Last Annotation Change');
		await written(ESSAY, items => items.length === 2, 'the first note and its answer');
		assert.equal(await workbench.saved(ESSAY), before);
		await reopen();
	});

	it('are deleted with their replies, and restored by Undo', async () => {
		const before = await workbench.saved(`${ESSAY}.annotations.jsonld`);
		const widget = thread('Check on “饼干筒”');
		await widget.locator('.review-comment').first().hover();
		await widget.locator('.review-comment').first().locator('a[aria-label="Delete"]').click();
		const dialog = workbench.page.locator('.monaco-dialog-box');
		await dialog.waitFor();
		assert.match(await dialog.innerText(), /Delete the note and the reply to it\?/);
		await dialog.locator('.monaco-button', { hasText: 'Delete' }).click();
		await written(ESSAY, items => items.length === 0, 'no note');
		await notification('Note deleted.').locator('.monaco-button', { hasText: 'Undo' }).click();
		await written(ESSAY, items => items.length === 2, 'both again');
		assert.equal(await workbench.saved(`${ESSAY}.annotations.jsonld`), before);
	});

	it('are decorated in the text, including overlaps, and can be navigated with the keyboard', async () => {
		await open(CHART);
		await workbench.goTo({ line: 1, column: 1 });
		const labels = [
			'Check on “Nobody lied to make it”',
			'Question on “Somebody only moved the floor up until it was just below the…” · resolved',
			'Check on “just below the shortest bar, and then there was nothing to s…”',
		];
		await workbench.page.keyboard.press('Alt+F9');
		await thread('Note on the article').waitFor();
		// A highlight has no thread.
		await workbench.page.keyboard.press('Alt+F9');
		await said('Highlight');
		for (const label of labels) {
			await workbench.page.keyboard.press('Alt+F9');
			await thread(label).waitFor();
			assert.equal(await workbench.page.locator('.review-widget').count(), 1);
		}
		await workbench.page.keyboard.press('Shift+Alt+F9');
		await thread(labels[1] ?? '').waitFor();
		await workbench.screenshot('annotations-overlapping-light');
		await closeThreads();
	});

	it('that are orphaned are listed, and can be re-anchored', async () => {
		await workbench.startCommand('Marginalia: Show Orphaned Annotations…');
		const rows = workbench.page.locator('.quick-input-list .monaco-list-row');
		await rows.nth(2).waitFor();
		await workbench.screenshot('annotations-lost-light');
		await choose('Biscuit, the terrier');
		const orphan = 'Edit on text that was not found: “Biscuit, the terrier';
		await thread(orphan).waitFor();
		await workbench.screenshot('annotation-orphan-light');
		await workbench.openFile(LOST);
		await select('the ferryman’s dog');
		await workbench.startCommand('Marginalia: Re-anchor Annotation to Selection…');
		await choose('A terrier? Ask for a photograph.');
		await thread('Edit on “the ferryman’s dog”').waitFor();
		await workbench.screenshot('annotation-reanchored-light');
		await written(LOST, items => items.some(one => quoteOf(one) === 'the ferryman’s dog'), 'the new place');
		await closeThreads();
	});

	it('whose text has changed show the change, which can be accepted', async () => {
		await open(LOST);
		await workbench.goTo(await workbench.placeOf('This sentence', 2));
		await workbench.page.keyboard.press('Alt+F9');
		const changed = thread('Check on text that has changed');
		await changed.locator('blockquote strong', { hasText: 'a quarter past' }).waitFor();
		await workbench.screenshot('annotation-changed-light');
		await press('Check on text that has changed', 'Accept Changed Text');
		await thread('Check on “leaves the north quay at a quarter past eleven on weekdays”').waitFor();
		await closeThreads();
	});

	it('that are ambiguous are anchored to the location chosen by the user', async () => {
		await workbench.startCommand('Marginalia: Show Orphaned Annotations…');
		await choose('the old bridge is closed');
		await press('Question on text that occurs more than once', 'Choose Location…');
		const rows = workbench.page.locator('.quick-input-list .monaco-list-row');
		await rows.nth(1).waitFor();
		await workbench.screenshot('annotation-ambiguous-light');
		await choose('for the water. Here');
		await thread('Question on “the old bridge is closed”').waitFor();
		await workbench.runCommand('Marginalia: Show Orphaned Annotations…');
		await notification('There are no orphaned, ambiguous or changed annotations.').waitFor();
	});

	it('are entered in a quick input if the article is a single line', async () => {
		await open(FERRY);
		await select('停了四个钟头');
		await workbench.page.keyboard.press('Control+Alt+M');
		const input = workbench.page.locator('.quick-input-widget input').first();
		await input.waitFor();
		await workbench.screenshot('annotate-one-line-light');
		await input.fill('note: 见上一期。 #汛期');
		await workbench.page.keyboard.press('Enter');
		const [note] = await written(FERRY, items => items.length === 1, 'the note');
		assert.equal(note && quoteOf(note), '停了四个钟头');
		const shown = await workbench.hover(await workbench.placeOf('停了四个钟头', 1));
		assert.match(shown, /见上一期。/);
		await thread('Note on “停了四个钟头”').waitFor();
		await workbench.screenshot('annotated-one-line-light');
		await workbench.dismissHover();
	});

	it('suggest changes of the text, which can be accepted', async () => {
		await open(ESSAY);
		await workbench.goTo(await workbench.placeOf('<del>没有人要', 5));
		await workbench.startCommand('Marginalia: Annotation at Cursor…');
		await choose('Accept Suggestion');
		await workbench.visibleText(text => !text.replaceAll('\n', '').includes('<del>没有人要'));
		await workbench.runCommand('File: Save');
	});

	it('of the whole archive are listed in the Comments panel, light and dark', async () => {
		await workbench.runCommand('Notifications: Clear All Notifications');
		await workbench.runCommand('Marginalia: Show Annotations in the Archive');
		const rows = workbench.page.locator('.comments-panel .monaco-list-row');
		await waitFor(
			() => rows.allInnerTexts(),
			texts => texts.some(text => text.includes('compare the open notebook')),
			'the notes of another article',
		);
		await workbench.openFile(CHART);
		await workbench.goTo({ line: 22, column: 1 });
		for (const label of ['Check on “Nobody lied', 'Question on “Somebody only']) {
			await workbench.page.keyboard.press('Alt+F9');
			await thread(label).waitFor();
		}
		await workbench.screenshot('annotations-panel-light');
		await workbench.setTheme('dark');
		await workbench.screenshot('annotations-panel-dark');
		await workbench.setTheme('light');
		await closeThreads();
	});

	it('are exported to a file', async () => {
		await workbench.openFile(CHART);
		await workbench.startCommand('Marginalia: Export Annotations…');
		await choose('This Article');
		await choose('Markdown');
		const input = workbench.page.locator('.quick-input-widget input').first();
		await waitFor(
			() => input.inputValue(),
			value => value.endsWith('-notes.md'),
			'the name of the file',
		);
		await workbench.page
			.locator('.quick-input-widget .monaco-button', { hasText: /OK|Save/ })
			.first()
			.click();
		await notification('7 annotations of 1 article exported.').waitFor();
		const text = await workbench.saved(CHART.replace('.md', '-notes.md'));
		assert.match(text, /Nobody lied to make it/);
		assert.match(text, /It is the word of the heading/);
	});

	it('follow their article when it is renamed', async () => {
		const moved = FERRY.replace('.md', '_二.md');
		await workbench.openFile(FERRY);
		await renameActiveFile(workbench, FERRY, '1041907_汛期过后_二.md');
		await written(moved, items => items.length === 1, 'the notes beside the renamed article');
		await assert.rejects(workbench.saved(`${FERRY}.annotations.jsonld`));
		const rows = workbench.page.locator('.comments-panel .monaco-list-row');
		await waitFor(
			() => rows.allInnerTexts(),
			texts => texts.some(text => text.includes('汛期过后_二.md')) && !texts.some(text => text.includes('汛期过后.md')),
			'the notes under the new name',
		);
	});
});
