import { strict as assert } from 'node:assert';
import { readFileSync, writeFileSync } from 'node:fs';
import {
	ConfigurationTarget,
	commands,
	type DocumentSymbol,
	env,
	FilePermission,
	type Hover,
	languages,
	Position,
	Range,
	Selection,
	TabInputTextDiff,
	type TextDocument,
	Uri,
	WorkspaceEdit,
	window,
	workspace,
} from 'vscode';
import { ARTICLE, closeAll, documentAt, openArticle, temporaryFolder, until, untilServer } from '../support.ts';

const LAID_OUT = ARTICLE.replace('</h2><p>', '</h2>\n\n<p>');

/** Waits for a diff editor, and returns its two documents and its title. */
async function untilCompared(title: string): Promise<{ readonly left: TextDocument; readonly right: TextDocument }> {
	const tab = () => window.tabGroups.activeTabGroup.activeTab;
	const isShown = (): boolean =>
		tab()?.label === title && window.activeTextEditor?.document.uri.scheme === 'marginalia-compare';
	await until(
		window.onDidChangeActiveTextEditor,
		isShown,
		() => `${title} is compared; active is ${tab()?.label}, ${window.activeTextEditor?.document.uri}`,
	);
	const input = tab()?.input;
	assert.ok(input instanceof TabInputTextDiff);
	const [left, right] = [documentAt(input.original), documentAt(input.modified)];
	assert.ok(left && right);
	return { left, right };
}

const untilText = (document: TextDocument, text: string): Promise<void> =>
	until(
		workspace.onDidChangeTextDocument,
		() => document.getText() === text,
		() => `${document.uri} is ${JSON.stringify(text)}; it is ${JSON.stringify(document.getText())}`,
	);

/** Returns an empty selection before words. */
function at(document: TextDocument, words: string): Selection {
	const position = document.positionAt(document.getText().indexOf(words));
	return new Selection(position, position);
}

async function replace(document: TextDocument, old: string, made: string): Promise<void> {
	const start = document.getText().indexOf(old);
	assert.ok(start !== -1, old);
	const edit = new WorkspaceEdit();
	edit.replace(document.uri, new Range(document.positionAt(start), document.positionAt(start + old.length)), made);
	assert.ok(await workspace.applyEdit(edit));
}

describe('comparing versions of an article in VS Code', () => {
	const write = temporaryFolder();

	const autoSave = (value: string | undefined): Thenable<void> =>
		workspace.getConfiguration('files').update('autoSave', value, ConfigurationTarget.Global);

	// VS Code in a browser saves what was edited after a second.
	before(() => autoSave('off'));
	after(() => autoSave(undefined));
	afterEach(closeAll);

	it('shows both block by block, follows the article, and leads back to it', async () => {
		const article = await openArticle(write('compared 100% [a].md', ARTICLE));
		await untilServer('running');
		await replace(article, '正文', '新的正文');
		await commands.executeCommand('marginalia.compareWithSaved');
		const { left, right } = await untilCompared('compared 100% [a].md (Saved ↔ Editor)');
		assert.equal(left.getText(), LAID_OUT);
		assert.equal(right.getText(), LAID_OUT.replace('正文', '新的正文'));
		for (const side of [left, right]) {
			assert.equal(side.languageId, 'article');
			const symbols = await commands.executeCommand<DocumentSymbol[]>('vscode.executeDocumentSymbolProvider', side.uri);
			assert.deepEqual(
				symbols.flatMap(({ name, children }) => [name, ...children.map(child => child.name)]),
				['渡轮复航', 'Boats'],
			);
			const link = side.positionAt(side.getText().indexOf('link</a>') + 1);
			const hovers = await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', side.uri, link);
			assert.ok(hovers.length > 0, `no hover in ${side.uri}`);
			assert.deepEqual(languages.getDiagnostics(side.uri), []);
			// As on save, if that is set.
			const options = { tabSize: 4, insertSpaces: false };
			const formatted = await commands.executeCommand<unknown>(
				'vscode.executeFormatDocumentProvider',
				side.uri,
				options,
			);
			assert.deepEqual(formatted ?? [], []);
		}
		assert.ok(languages.getDiagnostics(article.uri).length > 0, 'the article itself has a problem');

		await replace(article, 'Boats', 'Two boats');
		await untilText(right, LAID_OUT.replace('正文', '新的正文').replace('Boats', 'Two boats'));

		const editor = window.activeTextEditor;
		assert.ok(editor?.document === right);
		editor.selection = at(right, '正文');
		await commands.executeCommand('marginalia.openCompared');
		await until(
			window.onDidChangeActiveTextEditor,
			() => window.activeTextEditor?.document === article,
			() => 'the article is active',
		);
		assert.equal(
			article.offsetAt(window.activeTextEditor?.selection.active ?? new Position(0, 0)),
			article.getText().indexOf('正文'),
		);
		await commands.executeCommand('workbench.action.files.revert');
	});

	it('writes what is edited in it to the article, in its form and as one step to undo', async () => {
		const path = write('edited.md', ARTICLE);
		const article = await openArticle(path);
		const other = write('other.md', ARTICLE.replace('Boats', 'Ships'));
		await untilServer('running');
		await commands.executeCommand('marginalia.compareSelected', undefined, [Uri.file(other), article.uri]);
		const { right } = await untilCompared('other.md ↔ edited.md');
		await replace(right, '</h2>\n\n', '</h2>\n<p>新的一段</p>\n\n\n');
		await replace(right, '正文', '<b>正文</b>');
		assert.ok(await right.save());
		const made = ARTICLE.replace('</h2>', '</h2><p>新的一段</p>').replace('正文', '<b>正文</b>');
		assert.equal(readFileSync(path, 'utf8'), made);
		assert.ok(!article.isDirty);
		await untilText(
			right,
			LAID_OUT.replace('</h2>\n\n', '</h2>\n\n<p>新的一段</p>\n\n').replace('正文', '<b>正文</b>'),
		);
		await window.showTextDocument(article);
		await commands.executeCommand('undo');
		assert.equal(article.getText(), ARTICLE);
		await untilText(right, LAID_OUT);
		await commands.executeCommand('workbench.action.files.revert');
	});

	it('keeps what has changed in the article since it was compared', async () => {
		const path = write('changing.md', ARTICLE);
		const article = await openArticle(path);
		const other = write('unchanged.md', ARTICLE.replace('Boats', 'Ships'));
		await untilServer('running');
		await commands.executeCommand('marginalia.compareSelected', undefined, [Uri.file(other), article.uri]);
		const { right } = await untilCompared('unchanged.md ↔ changing.md');
		// A change of the same length is the same to VS Code, which compares sizes.
		await replace(right, 'Boats', 'Ferry');
		await replace(article, '正文', '本文');
		assert.ok(await right.save());
		const made = ARTICLE.replace('Boats', 'Ferry').replace('正文', '本文');
		assert.equal(readFileSync(path, 'utf8'), made);
		await untilText(right, LAID_OUT.replace('Boats', 'Ferry').replace('正文', '本文'));

		await replace(right, 'Ferry', 'Boats');
		writeFileSync(path, made.replace('本文', '原文'));
		// VS Code may not have read the file yet.
		if (!(await right.save())) {
			await untilText(article, made.replace('本文', '原文'));
			assert.ok(await right.save());
		}
		assert.equal(readFileSync(path, 'utf8'), ARTICLE.replace('正文', '原文'));
		await untilText(right, LAID_OUT.replace('正文', '原文'));
	});

	it('is not saved if the article has changed in the same block', async () => {
		const path = write('conflicting.md', ARTICLE);
		const article = await openArticle(path);
		const other = write('calm.md', ARTICLE.replace('Boats', 'Ships'));
		await untilServer('running');
		await commands.executeCommand('marginalia.compareSelected', undefined, [Uri.file(other), article.uri]);
		const { right } = await untilCompared('calm.md ↔ conflicting.md');
		await replace(right, 'Boats', 'Ferry');
		await replace(article, 'Boats', 'Yacht');
		assert.equal(await right.save(), false);
		assert.ok(right.isDirty);
		assert.equal(right.getText(), LAID_OUT.replace('Boats', 'Ferry'));
		assert.equal(article.getText(), ARTICLE.replace('Boats', 'Yacht'));
		assert.equal(readFileSync(path, 'utf8'), ARTICLE);

		await replace(article, 'Yacht', 'Boats');
		assert.ok(await right.save());
		assert.equal(readFileSync(path, 'utf8'), ARTICLE.replace('Boats', 'Ferry'));
	});

	it('cannot be edited if the article is read-only', async () => {
		const path = write('locked.md', ARTICLE);
		const article = await openArticle(path);
		const files = workspace.getConfiguration('files');
		await files.update('readonlyInclude', { '**/locked.md': true }, ConfigurationTarget.Global);
		try {
			await commands.executeCommand('marginalia.compareSelected', undefined, [
				Uri.file(write('unlocked.md', ARTICLE.replace('Boats', 'Ships'))),
				article.uri,
			]);
			const { right } = await untilCompared('unlocked.md ↔ locked.md');
			const stat = await workspace.fs.stat(right.uri);
			assert.equal(stat.permissions, FilePermission.Readonly);
		} finally {
			await files.update('readonlyInclude', undefined, ConfigurationTarget.Global);
		}
	});

	it('compares two files and the clipboard, and says so if nothing has changed', async () => {
		const first = await openArticle(write('first.md', ARTICLE));
		const second = await openArticle(write('second.md', ARTICLE.replace('正文', '别的正文')));
		await untilServer('running');
		await commands.executeCommand('marginalia.compareSelected', second.uri, [first.uri, second.uri]);
		const files = await untilCompared('first.md ↔ second.md');
		assert.equal(files.left.getText(), LAID_OUT);
		assert.equal(files.right.getText(), LAID_OUT.replace('正文', '别的正文'));

		await env.clipboard.writeText(ARTICLE.replace('Boats', 'Ships'));
		await commands.executeCommand('marginalia.compareWithClipboard', first.uri);
		const clipboard = await untilCompared('Clipboard ↔ first.md');
		assert.equal(clipboard.left.getText(), LAID_OUT.replace('Boats', 'Ships'));
		assert.equal(clipboard.right.getText(), LAID_OUT);

		const same = write('expanded.md', ARTICLE.replace('</h2><p>', '</h2>\n<p>'));
		await commands.executeCommand('marginalia.compareSelected', first.uri, [first.uri, Uri.file(same)]);
		assert.equal(window.tabGroups.activeTabGroup.activeTab?.label, 'Clipboard ↔ first.md');
	});
});
