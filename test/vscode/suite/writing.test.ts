import { strict as assert } from 'node:assert';
import {
	CompletionItemKind,
	type CompletionList,
	ConfigurationTarget,
	commands,
	type Diagnostic,
	DiagnosticSeverity,
	type InlayHint,
	languages,
	Position,
	Range,
	Selection,
	SnippetString,
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

	it('suggests snippets as long as VS Code does not', async () => {
		const { document, editor } = await edit('<p>潮水 |</p>');
		const suggested = async (): Promise<string[]> => {
			const { items } = await commands.executeCommand<CompletionList>(
				'vscode.executeCompletionItemProvider',
				document.uri,
				editor.selection.active,
			);
			// This command returns those of VS Code, which have the kind that is hidden in editors, in any case.
			const shown = items.filter(
				({ kind, insertText }) => kind !== CompletionItemKind.Snippet && insertText instanceof SnippetString,
			);
			return shown.map(({ label }) => (typeof label === 'string' ? label : label.label)).sort();
		};
		assert.deepEqual(await suggested(), ['figure', 'note', 'quote']);
		const setting = workspace.getConfiguration('editor', document);
		const set = (name: string, value: unknown, inArticles = false): Thenable<void> =>
			setting.update(name, value, ConfigurationTarget.Global, inArticles);
		for (const [name, value, inArticles] of [
			['snippetSuggestions', 'top', true],
			['snippetSuggestions', 'none', false],
			['suggest.showSnippets', false, false],
		] as const) {
			await set(name, value, inArticles);
			assert.deepEqual(await suggested(), [], `${name}: ${value}`);
			await set(name, undefined, inArticles);
		}
		assert.deepEqual(await suggested(), ['figure', 'note', 'quote']);
	});

	it('goes through the problems of an article before it goes to those of another', async () => {
		const other = await edit('<p><a href="ttps://harbour.example/x">x</a></p>');
		const { document, editor } = await edit(
			'<p><a href="ttps://harbour.example/1">1</a> <a href="">2</a> <img alt="" src="">3| <a href="ttps://harbour.example/4">4</a></p>',
		);
		const found = ({ uri }: TextDocument): readonly Diagnostic[] =>
			languages.getDiagnostics(uri).filter(({ severity }) => severity !== DiagnosticSeverity.Hint);
		await until(
			languages.onDidChangeDiagnostics,
			() => found(document).length === 4 && found(other.document).length === 1,
			() => `there are problems: ${JSON.stringify(found(document))}`,
		);
		const starts = found(document).map(({ range }) => range.start.character);
		for (const step of ['marginalia.nextProblem', 'marginalia.previousProblem']) {
			const visited: number[] = [];
			await window.showTextDocument(document, { selection: editor.selection });
			for (let at = 0; at < starts.length; at++) {
				await commands.executeCommand(step);
				assert.equal(window.activeTextEditor?.document, document);
				visited.push(window.activeTextEditor.selection.active.character);
			}
			assert.deepEqual(visited.toSorted(), starts.toSorted(), step);
			await commands.executeCommand(step);
			assert.notEqual(window.activeTextEditor?.document, document);
		}
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

	it('toggles markup for several cursors, as one step of the undo history', async () => {
		const article = await edit('<p>渡|轮| and ferry</p><p>x</p>');
		const { document, editor, text } = article;
		const ferry = document.getText().indexOf('ferry') + 2;
		editor.selections = [editor.selection, new Selection(document.positionAt(ferry), document.positionAt(ferry))];
		await commands.executeCommand('marginalia.toggleBold');
		const bold = '<p>渡<strong>轮</strong> and <strong>ferry</strong></p><p>x</p>';
		await untilText(article, bold);
		const selected = (): readonly string[] => editor.selections.map(one => document.getText(one));
		await until(
			window.onDidChangeTextEditorSelection,
			() => selected().join() === '轮,',
			() => `the words are selected: ${selected().join()}`,
		);
		await commands.executeCommand('undo');
		assert.equal(text(), '<p>渡轮 and ferry</p><p>x</p>');
		await commands.executeCommand('redo');
		assert.equal(text(), bold);
	});

	it('makes a link for each of several cursors, as one step of the undo history', async () => {
		const body = '<p>the |ferry| and 潮水</p>\n<p>a <em>boat</em></p>';
		const article = await edit(body);
		const { document, editor, text } = article;
		const plain = text();
		const selection = (words: string, from = 0, to = words.length): Selection => {
			const at = document.getText().indexOf(words);
			return new Selection(document.positionAt(at + from), document.positionAt(at + to));
		};
		editor.selections = [selection('ferry'), selection('潮水'), selection('boat', 2, 2)];
		// Typed as soon as the links are there.
		const typed = new Promise(resolve => {
			const listener = workspace.onDidChangeTextDocument(() => {
				listener.dispose();
				resolve(commands.executeCommand('type', { text: '/x' }));
			});
		});
		await commands.executeCommand('marginalia.toggleLink');
		await typed;
		const link = (words: string): string => `<a href="/x">${words}</a>`;
		await untilText(article, `<p>the ${link('ferry')} and ${link('潮水')}</p>\n<p>a <em>${link('boat')}</em></p>`);
		await commands.executeCommand('undo');
		await commands.executeCommand('undo');
		await untilText(article, plain);
	});

	it('inserts what is typed after a command inside the new element', async () => {
		const linked = await edit('<p>the |ferry|</p>');
		await commands.executeCommand('marginalia.toggleLink');
		await commands.executeCommand('type', { text: '/x' });
		await untilText(linked, '<p>the <a href="/x">ferry</a></p>');
		const bold = await edit('<p>the |</p>');
		await commands.executeCommand('marginalia.toggleBold');
		await commands.executeCommand('type', { text: '渡轮' });
		await untilText(bold, '<p>the <strong>渡轮</strong></p>');
	});

	it('leaves letters that are typed during a command in their order', async () => {
		const { document, text } = await edit('<p>the |</p>');
		const done = commands.executeCommand('marginalia.toggleBold');
		for (const letter of 'abcdef') await commands.executeCommand('type', { text: letter });
		await done;
		assert.equal(text().replace(/<[^>]*>/g, ''), 'the abcdef', document.getText());
		const selected = await edit('<p>the |ferry|</p>');
		const linked = commands.executeCommand('marginalia.toggleLink');
		for (const letter of 'abcdef') await commands.executeCommand('type', { text: letter });
		await linked;
		assert.ok(selected.text().includes('abcdef'), selected.text());
	});

	it('comments out blocks by its own command, and never changes a note', async () => {
		const body = '<p>first par|agraph</p><p>second <mark>words</mark><!-- note: private --> end</p>';
		const article = await edit(body);
		const plain = body.replace('|', '');
		for (const command of ['editor.action.commentLine', 'editor.action.blockComment']) {
			await commands.executeCommand(command);
			assert.equal(article.text(), plain, command);
		}
		await commands.executeCommand('marginalia.toggleComment');
		await untilText(article, plain.replace('<p>first paragraph</p>', '<!-- <p>first paragraph</p> -->'));
		await commands.executeCommand('marginalia.toggleComment');
		await untilText(article, plain);
	});

	it('begins a paragraph on Enter', async () => {
		const typed = await edit('<p>a|</p>');
		await commands.executeCommand('type', { text: '\n' });
		await untilText(typed, '<p>a</p>\n<p></p>');
	});

	it('leaves a list on Enter in an empty item, and undoes it', async () => {
		for (const [list, longer, left] of [
			['<ul><li>a|</li></ul>', '<ul><li>a</li><li></li></ul>', '<ul><li>a</li></ul>\n<p></p>'],
			['<ul>\n\t<li>a|</li>\n</ul>', '<ul>\n\t<li>a</li>\n\t<li></li>\n</ul>', '<ul>\n\t<li>a</li>\n</ul>\n<p></p>'],
		] as const) {
			const typed = await edit(list);
			await commands.executeCommand('type', { text: '\n' });
			await untilText(typed, longer);
			await commands.executeCommand('type', { text: '\n' });
			await untilText(typed, left);
			await commands.executeCommand('type', { text: 'x' });
			await untilText(typed, left.replace('</p>', 'x</p>'));
			await commands.executeCommand('undo');
			await commands.executeCommand('undo');
			await untilText(typed, longer);
		}
	});

	it('breaks lines on Enter if new blocks are turned off', async () => {
		const typed = await edit('<p>a|</p>');
		const configuration = workspace.getConfiguration('marginalia', typed.document);
		await configuration.update('newBlockOnEnter', false, true);
		await commands.executeCommand('type', { text: '\n' });
		await commands.executeCommand('type', { text: 'x' });
		await untilText(typed, '<p>a\nx</p>');
		await configuration.update('newBlockOnEnter', undefined, true);
	});

	it('completes at the very end of a text', async () => {
		const typed = await edit('<em|');
		await commands.executeCommand('type', { text: '>' });
		await untilText(typed, '<em></em>');
		await commands.executeCommand('type', { text: '潮' });
		await untilText(typed, '<em>潮</em>');
		const quoted = await edit('<a href|');
		await commands.executeCommand('type', { text: '=' });
		await untilText(quoted, '<a href=""');
		await commands.executeCommand('type', { text: 'u' });
		await untilText(quoted, '<a href="u"');
	});

	it('completes in front of characters outside the basic plane, and at the end of a line', async () => {
		const typed = await edit('<p><b|𝄞</p>\n');
		await commands.executeCommand('type', { text: '>' });
		await untilText(typed, '<p><b></b>𝄞</p>\n');
		const ended = await edit('<b|\n<p>x</p>');
		await commands.executeCommand('type', { text: '>' });
		await untilText(ended, '<b></b>\n<p>x</p>');
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
