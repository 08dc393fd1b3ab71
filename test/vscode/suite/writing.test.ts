import { strict as assert } from 'node:assert';
import {
	type CompletionList,
	commands,
	type InlayHint,
	Position,
	Range,
	Selection,
	type TextDocument,
	type TextEditor,
	window,
	workspace,
} from 'vscode';
import { activate, closeAll, openArticle, temporaryFolder, until, untilServer } from '../support.ts';

const HEADER = '<!--1639640221000-->\n[渡轮复航](https://harbour.example/a)\n------\n\n';

describe('writing in VS Code', () => {
	const write = temporaryFolder();
	let files = 0;

	/** Opens an article with a body, and selects from the first `|` to the second. */
	async function edit(body: string): Promise<{ document: TextDocument; editor: TextEditor; text(): string }> {
		const text = HEADER + body;
		const start = text.indexOf('|');
		const end = Math.max(start, text.lastIndexOf('|') - 1);
		const document = await openArticle(write(`writing-${files++}.md`, text.replaceAll('|', '')));
		await untilServer('running');
		const editor = window.activeTextEditor;
		assert.equal(editor?.document, document);
		editor.selection = new Selection(document.positionAt(start), document.positionAt(end));
		return { document, editor, text: () => document.getText().slice(HEADER.length) };
	}

	function untilText({ document, text }: Awaited<ReturnType<typeof edit>>, expected: string): Promise<void> {
		return until(
			workspace.onDidChangeTextDocument,
			() => document.getText().slice(HEADER.length) === expected,
			() => `the body is ${expected}; it is ${text()}`,
		);
	}

	before(activate);
	after(closeAll);

	it('completes URLs', async () => {
		const { document, editor } = await edit('<h2 id="tide">涨潮</h2><p><a href="|">x</a></p>');
		const list = await commands.executeCommand<CompletionList>(
			'vscode.executeCompletionItemProvider',
			document.uri,
			editor.selection.active,
			'"',
		);
		const item = list.items.find(({ label }) => label === '#tide');
		assert.equal(item?.detail, '涨潮');
	});

	it('closes tags as they are typed', async () => {
		const typed = await edit('<p>a <em|</p>');
		await commands.executeCommand('type', { text: '>' });
		await untilText(typed, '<p>a <em></em></p>');
		await until(
			window.onDidChangeTextEditorSelection,
			() => typed.editor.selection.active.character === '<p>a <em>'.length,
			() => `the cursor is between the tags; it is at ${typed.editor.selection.active.character}`,
		);
		const ended = await edit('<div><em>x</em>|');
		await commands.executeCommand('type', { text: '<' });
		await commands.executeCommand('type', { text: '/' });
		await untilText(ended, '<div><em>x</em></div>');
	});

	it('leaves tags open if auto closing is turned off', async () => {
		const { document, text } = await edit('<p>a <em|</p>');
		const configuration = workspace.getConfiguration('marginalia', document);
		await configuration.update('autoClosingTags', false, true);
		await commands.executeCommand('type', { text: '>' });
		assert.equal(text(), '<p>a <em></p>');
		await configuration.update('autoClosingTags', undefined, true);
	});

	it('links both tags of an element', async () => {
		const { document, editor } = await edit('<p>a <em|>b</em></p>');
		assert.equal(workspace.getConfiguration('editor', document).get('linkedEditing'), true);
		const linked = await commands.executeCommand<{ ranges: unknown[] }>(
			'_executeLinkedEditingProvider',
			document.uri,
			editor.selection.active,
		);
		assert.equal(linked.ranges.length, 2);
	});

	it('shows the date in the time comment', async () => {
		const { document } = await edit('<p>|x</p>');
		const hints = await commands.executeCommand<InlayHint[]>(
			'vscode.executeInlayHintProvider',
			document.uri,
			new Range(new Position(0, 0), new Position(2, 0)),
		);
		assert.equal(hints.length, 1);
		assert.match(String(hints[0]?.label), /16 Dec 2021/);
	});
});
