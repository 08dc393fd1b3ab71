import { strict as assert } from 'node:assert';
import {
	type CodeLens,
	ConfigurationTarget,
	commands,
	type DocumentSymbol,
	Position,
	Selection,
	type TextDocument,
	WorkspaceEdit,
	window,
	workspace,
} from 'vscode';

import { ARTICLE, closeAll, openArticle, temporaryFolder, until, untilServer } from '../support.ts';

const EXPANDED = ARTICLE.replace('</h2><p>', '</h2>\n<p>');

describe('Expand and Collapse in VS Code', () => {
	const write = temporaryFolder();

	afterEach(closeAll);

	it('keep the cursor at its word, and are undone in one step', async () => {
		const document = await openArticle(write('forms.md', ARTICLE));
		await untilServer('running');
		const editor = window.activeTextEditor;
		assert.ok(editor);
		const cursor = document.positionAt(ARTICLE.indexOf('正文') + 1);
		editor.selection = new Selection(cursor, cursor);
		const becomes = (text: string): Promise<void> =>
			until(
				workspace.onDidChangeTextDocument,
				() => document.getText() === text,
				() => `the text is ${JSON.stringify(text)}; it is ${JSON.stringify(document.getText())}`,
			);
		const around = (): string => {
			const offset = document.offsetAt(editor.selection.active);
			return document.getText().slice(offset - 1, offset + 1);
		};
		await commands.executeCommand('marginalia.expand');
		await becomes(EXPANDED);
		assert.equal(around(), '正文');
		await commands.executeCommand('undo');
		await becomes(ARTICLE);
		await commands.executeCommand('editor.action.formatDocument');
		await becomes(EXPANDED);
		await commands.executeCommand('marginalia.collapse', document.uri);
		await becomes(ARTICLE);
		assert.equal(around(), '正文');
	});

	it('are kept on save, where articles are formatted on save, and no line break is added at the end', async () => {
		const oneLine = ARTICLE.trimEnd();
		const untidy = EXPANDED.replace('</h2>\n<p>', '</h2>\n    <p>');
		const setting = () => workspace.getConfiguration('editor', { languageId: 'article' });
		assert.equal(setting().get('formatOnSave'), false);
		await setting().update('formatOnSave', true, ConfigurationTarget.Global, true);
		try {
			for (const [name, before, after] of [
				['line.md', oneLine, oneLine],
				['expanded.md', untidy, EXPANDED],
			] as const) {
				const document = await openArticle(write(name, before));
				await untilServer('running');
				const edit = new WorkspaceEdit();
				edit.insert(document.uri, new Position(1, 1), '新');
				await workspace.applyEdit(edit);
				assert.ok(await document.save());
				assert.equal(document.getText(), after.replace('\n[', '\n[新'));
			}
		} finally {
			await setting().update('formatOnSave', undefined, ConfigurationTarget.Global, true);
		}
	});

	it('are not offered in a file that is read-only', async () => {
		const lensesOf = async (document: TextDocument): Promise<string[]> => {
			const lenses = await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 9);
			return lenses.flatMap(({ command }) => command?.title ?? []);
		};
		const files = workspace.getConfiguration('files');
		const document = await openArticle(write('locked.md', ARTICLE));
		await untilServer('running');
		assert.ok((await lensesOf(document)).includes('Expand'));
		await files.update('readonlyInclude', { '**/locked.md': true, '**/other.md': true }, ConfigurationTarget.Global);
		try {
			assert.deepEqual(await lensesOf(document), ['Open Reader', '1 link']);
			await commands.executeCommand('marginalia.expand', document.uri);
			assert.equal(document.getText(), ARTICLE);
			await files.update('readonlyExclude', { '**/lock*': true }, ConfigurationTarget.Global);
			assert.ok((await lensesOf(document)).includes('Expand'));
		} finally {
			await files.update('readonlyInclude', undefined, ConfigurationTarget.Global);
			await files.update('readonlyExclude', undefined, ConfigurationTarget.Global);
		}
	});
});

describe('the outline in VS Code', () => {
	const write = temporaryFolder();
	const setting = () => workspace.getConfiguration('marginalia');

	afterEach(async () => {
		await setting().update('furniture', undefined, ConfigurationTarget.Global);
		await closeAll();
	});

	it('follows the setting for page furniture, without an edit', async () => {
		const page = '<div id="comments"><h2>评论</h2><p>好</p></div>\n';
		const document = await openArticle(
			write('outline.md', `${ARTICLE.trimEnd()}${'<p>潮水退去之后，三条船搁浅。</p>'.repeat(9)}${page}`),
		);
		await untilServer('running');
		const last = async (): Promise<string | undefined> => {
			const [title] = await commands.executeCommand<DocumentSymbol[]>(
				'vscode.executeDocumentSymbolProvider',
				document.uri,
			);
			return title?.children.at(-1)?.name;
		};
		assert.equal(await last(), 'Page furniture');
		await setting().update('furniture', 'show', ConfigurationTarget.Global);
		const end = Date.now() + 20_000;
		while ((await last()) !== '评论') assert.ok(Date.now() < end, `the last entry is ${await last()}`);
	});
});
