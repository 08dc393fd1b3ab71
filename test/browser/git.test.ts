import { strict as assert } from 'node:assert';
import { glob, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { run } from '../../scripts/host/processes.ts';
import { type TemporaryFolder, temporaryFolder } from '../../scripts/host/temporary.ts';
import { PATIENCE_MS, waitFor } from './waitFor.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

const NOTED = 'articles/harbour/1.md';
const LIST = 'lists/harbour.md';
const LISTED = 'articles/harbour/391207_低潮.md';
const RENAMED = 'articles/harbour/391207_低潮 之后.md';
const LISTED_TEXT =
	'<!--1639640221000-->\r\n[低潮](https://harbour.example/391207)\r\n------\r\n\r\n<section><p>三条船。</p><p>两条船。</p></section>\r\n';
const FOR_FILES = ['Marginalia: Annotate Selection', 'Marginalia: Annotate Whole Article'];
const FOR_ALL = 'Marginalia: Show Annotations in the Archive';
const TEXT = [
	'<!--1639640221000-->',
	'[The clock on the quay](https://harbour.example/9)',
	'------',
	'',
	'<p>The <mark>old clock</mark><!-- check: Which one is it? #time @leonie 2023-04-10 --> stood still.</p>',
	'<h2>At noon</h2>',
	'<p>Two boats lay there.</p>',
	'',
].join('\n');

describe('an article in a git repository', function () {
	this.timeout(3 * PATIENCE_MS);
	// Each test continues where the previous one ended.
	this.bail(true);
	this.retries(0);
	let temporary: TemporaryFolder;
	let workbench: Workbench;

	before(async () => {
		temporary = await temporaryFolder('git');
		const folder = join(temporary.path, 'archive');
		await mkdir(dirname(join(folder, NOTED)), { recursive: true });
		await writeFile(join(folder, NOTED), TEXT);
		await mkdir(join(folder, 'lists'));
		await writeFile(join(folder, LIST), `Harbour\n------\n\n12-16 [低潮](/${LISTED})\n`);
		await writeFile(join(folder, LISTED), LISTED_TEXT);
		await git(folder, 'init', '--quiet', '--initial-branch=main');
		await git(folder, 'add', '.');
		await git(folder, 'commit', '--quiet', '-m', 'Keep the clock');
		workbench = await openWorkbench({
			folder,
			theme: 'light',
			settings: {
				'marginalia.trace.server': 'verbose',
				'comments.openView': 'never',
				'diffEditor.renderSideBySide': true,
			},
		});
	});
	afterEach(async function () {
		if (this.currentTest?.state === 'failed')
			await workbench.screenshot(`failed-git-${this.currentTest.title.slice(0, 40)}`);
	});
	after(async () => {
		await workbench?.close();
		await temporary?.remove();
	});

	/** Runs git in a folder, and returns its exit code; only a merge may fail. */
	async function git(folder: string, ...args: readonly string[]): Promise<number | null> {
		const who = ['-c', 'user.name=Leonie', '-c', 'user.email=leonie@harbour.example'];
		const { code, output } = await run('git', [...who, ...args], { cwd: folder, output: 'collect' });
		assert.ok(code === 0 || args[0] === 'merge', output);
		return code;
	}
	/** Commits texts of the list and its article. */
	async function commit(listed: string, list: string): Promise<void> {
		await writeFile(join(workbench.folder, LISTED), listed);
		await writeFile(join(workbench.folder, LIST), list);
		await git(workbench.folder, 'commit', '--quiet', '-m', 'Correct', LISTED, LIST);
	}
	const clickLens = (title: string): Promise<void> =>
		workbench.page.locator('.editor-group-container.active .codelens-decoration a', { hasText: title }).first().click();
	/** Returns the messages between client and server, as logged by the extension. */
	async function trace(): Promise<string> {
		const logs = join(dirname(workbench.folder), 'server');
		let said = '';
		for await (const file of glob('**/*Marginalia*.log', { cwd: logs }))
			said += await readFile(join(logs, file), 'utf8');
		return said;
	}
	/** Returns the annotation commands that the Command Palette offers for the active editor. */
	async function offered(): Promise<readonly string[]> {
		await workbench.page.keyboard.press('F1');
		const input = workbench.page.locator('.quick-input-widget input').first();
		await input.fill('>Marginalia: Annot');
		const rows = workbench.page.locator('.quick-input-list .monaco-list-row');
		const read = async (): Promise<readonly string[]> => {
			const labels = await rows.evaluateAll(all => all.map(row => row.ariaLabel ?? ''));
			return [...FOR_FILES, FOR_ALL].filter(name => labels.some(label => label.split(',')[0] === name));
		};
		const found = await waitFor(read, names => names.includes(FOR_ALL), 'the commands on annotations');
		await input.press('Escape');
		await input.waitFor({ state: 'hidden' });
		return found;
	}
	const notes = async (): Promise<readonly string[]> => {
		const rows = await workbench.page.locator('.comments-panel .monaco-list-row').allInnerTexts();
		return rows.filter(row => row.includes('Which one is it?'));
	};

	it('has gutter decorations for uncommitted changes', async () => {
		await workbench.openFile(NOTED);
		await workbench.languageIs('Article');
		await workbench.goTo(await workbench.placeOf('Two boats'));
		await workbench.page.keyboard.type('<a href="ttps://harbour.example/two">x</a>');
		await workbench.page
			.locator(
				'.editor-group-container.active .dirty-diff-modified, .editor-group-container.active .dirty-diff-modified-pattern',
			)
			.first()
			.waitFor({ state: 'attached' });
		await waitFor(trace, said => /"uri": "git:[^"]*1\.md/.test(said), 'the committed version with the server');
	});

	it('has only its own problems, including in both sides of a diff editor', async () => {
		await workbench.runCommand('File: Save');
		// The branch name is marked once the Git extension has seen the change.
		const marked = (items: readonly string[]): boolean => items.some(item => /^(?:main|master)\*/.test(item));
		await waitFor(() => workbench.statusBar(), marked, 'the change of the working tree');
		await workbench.runCommand('Git: Open Changes');
		await workbench.visibleText(text => text.split('At noon').length > 2);
		const problems = await workbench.problems(rows => rows.some(({ code }) => code === 'link/invalid-url'));
		assert.deepEqual([...new Set(problems.map(({ source }) => source))], ['marginalia']);
		assert.ok(
			problems.every(({ message }) => !/JSON/.test(message)),
			JSON.stringify(problems),
		);
		const files = await workbench.page
			.locator('.markers-panel .monaco-list-row .monaco-icon-label.file-icon')
			.allInnerTexts();
		assert.deepEqual(
			files.filter(name => name.includes('marginalia.json')),
			[],
		);
		await workbench.screenshot('git-compared-light');
	});

	it('has an outline in a diff editor, of the side with the focus', async () => {
		const { page } = workbench;
		const title = page.locator('.pane-header', { hasText: 'Outline of Comparison' });
		const pane = page.locator('.part.sidebar .pane', { has: title });
		const header = pane.locator('.pane-header');
		if ((await header.getAttribute('aria-expanded')) === 'false') await header.click();
		const rows = pane.locator('.monaco-list-row');
		const names = async (): Promise<readonly string[]> =>
			(await rows.allInnerTexts()).map(row => row.split('\n')[0] ?? '');
		const has = (name: string) => (all: readonly string[]) => all.includes(name);
		await waitFor(names, has('At noon'), 'the heading in the outline');
		await rows.filter({ hasText: 'At noon' }).click();
		await waitFor(() => workbench.statusBar(), has('Ln 6, Col 1'), 'the cursor at the heading');
		await workbench.screenshot('git-outline-light');
	});

	it('is compared block by block from its diff editor, and edited there', async () => {
		const { page } = workbench;
		const group = page.locator('.editor-group-container.active');
		await group.locator('[aria-label="Compare Changes by Block"]').click();
		await group.locator('.tab.active', { hasText: 'by Block' }).waitFor();
		await workbench.visibleText(text => text.split('At noon').length > 2);
		await workbench.screenshot('git-compared-by-block-light');
		await page.keyboard.press('Control+End');
		await page.keyboard.type('<p>Then they left.</p>');
		await workbench.runCommand('File: Save');
		await workbench.saved(NOTED, text => text.endsWith('Two boats lay there.</p>\n<p>Then they left.</p>'));
	});

	it('does not offer commands for files in its committed version', async () => {
		await workbench.openFile(NOTED);
		await workbench.languageIs('Article');
		assert.deepEqual(await offered(), [...FOR_FILES, FOR_ALL]);
		await workbench.runCommand('Git: Open File (HEAD)');
		await workbench.visibleText(text => text.includes('Two boats') && !text.includes('"ttps:'));
		await workbench.languageIs('Article');
		assert.deepEqual(await offered(), [FOR_ALL]);
		await workbench.runCommand('View: Close Editor');
		await workbench.visibleText(text => text.includes('"ttps:'));
		assert.deepEqual(await offered(), [...FOR_FILES, FOR_ALL]);
	});

	it('has each of its notes once', async () => {
		await workbench.runCommand('Comments: Focus on Comments View');
		await waitFor(notes, rows => rows.length > 0, 'the note in the Comments panel');
		await workbench.screenshot('git-notes-light');
		assert.equal((await notes()).length, 1);
	});

	it('causes no file access for its versions, and no messages about them', async () => {
		const said = await trace();
		assert.match(said, /textDocument\/didOpen/);
		assert.doesNotMatch(said, /marginalia\/fs\//);
		for (const sent of said.matchAll(/textDocument\/publishDiagnostics'?\.?\s+Params: (\{[\s\S]*?\n\})/g))
			assert.doesNotMatch(sent[1] ?? '', /"uri": "git:/);
	});

	it('has merge conflicts resolved by the lenses of VS Code, and is not reformatted before', async () => {
		const list = await workbench.saved(LIST);
		const [ours, theirs] = [LISTED_TEXT.replace('三', '四'), LISTED_TEXT.replace('三', '五')];
		await git(workbench.folder, 'checkout', '--quiet', '-b', 'other');
		await commit(theirs, list.replace('12-16', '12-17'));
		await git(workbench.folder, 'checkout', '--quiet', 'main');
		await commit(ours, list.replace('12-16', '12-18'));
		assert.equal(await git(workbench.folder, 'merge', 'other'), 1);

		await workbench.openFile(LIST);
		await workbench.languageIs('Article');
		const conflict = (titles: readonly string[]): boolean =>
			['Accept Current Change', 'Accept Incoming Change', 'Accept Both Changes'].every(title => titles.includes(title));
		await workbench.lenses(conflict, 'the lenses of a conflict in a list');
		await workbench.screenshot('git-conflict-list-light');
		await clickLens('Accept Incoming Change');
		await workbench.visibleText(text => !text.includes('<<<<'));
		await workbench.runCommand('File: Save');
		assert.equal(await workbench.saved(LIST, text => !text.includes('<<<<')), list.replace('12-16', '12-17'));

		await workbench.openFile(LISTED);
		await workbench.lenses(conflict, 'the lenses of a conflict in an article');
		const before = await workbench.visibleText(text => text.includes('>>>>>>> other'));
		await workbench.runCommand('Marginalia: Expand Article');
		await waitFor(
			() => workbench.notifications(),
			all => all.some(text => /has a merge conflict on line 5/.test(text)),
			'why the article is not expanded',
		);
		await workbench.runCommand('Format Document');
		assert.equal(await workbench.visibleText(), before);
		const problems = await workbench.problems(rows => rows.some(({ code }) => code === 'article/conflict'));
		assert.deepEqual(
			problems.filter(({ code }) => code !== 'link/invalid-url').map(({ code }) => code),
			['article/conflict'],
		);
		await workbench.screenshot('git-conflict-article-light');
		await clickLens('Accept Current Change');
		await workbench.visibleText(text => !text.includes('<<<<'));
		await workbench.runCommand('File: Save');
		assert.equal(await workbench.saved(LISTED, text => !text.includes('<<<<')), ours);
		await git(workbench.folder, 'add', LIST, LISTED);
		await git(workbench.folder, 'commit', '--quiet', '-m', 'Merge');
	});

	it('is found by its list after git mv, in one place and in the whole archive', async () => {
		await git(workbench.folder, 'mv', LISTED, RENAMED);
		await workbench.openFile(LIST);
		const isLost = (rows: readonly { readonly message: string }[]): boolean =>
			rows.some(({ message }) => message.includes(`it is now ${RENAMED}`));
		await workbench.problems(isLost);
		await workbench.screenshot('git-moved-problem-light');
		await workbench.page.locator('.editor-group-container.active .monaco-editor').first().click();
		await workbench.goTo(await workbench.placeOf('/articles/', 3));
		const change = 'Change the path to /articles/harbour/391207_低潮%20之后.md';
		const all = 'Update all references to moved files in the archive';
		const fixes = await workbench.quickFixes();
		await workbench.screenshot('git-moved-light');
		assert.ok(
			[change, all].every(title => fixes.includes(title)),
			fixes.join('\n'),
		);
		await workbench.applyQuickFix(change);
		await workbench.visibleText(text => text.includes('%20之后.md'));
		await workbench.page.keyboard.press('ControlOrMeta+Z');
		await workbench.visibleText(text => !text.includes('%20之后.md'));
		await workbench.quickFixes();
		await workbench.applyQuickFix(all);
		const question = workbench.page.locator('.notifications-toasts .notification-toast', {
			hasText: 'Update 1 reference',
		});
		await question.locator('.monaco-button', { hasText: 'Update' }).first().click();
		await workbench.saved(LIST, text => text.includes(`(/${RENAMED.replace(' ', '%20')})`));
		await workbench.problems(rows => !isLost(rows));
	});
});
