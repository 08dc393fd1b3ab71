import { strict as assert } from 'node:assert';
import { commands, languages, Selection, SnippetString, type TextEditor, window, workspace } from 'vscode';
import { ARTICLE, closeAll, openArticle, temporaryFolder } from '../support.ts';

describe('editor defaults of articles', () => {
	const get = (languageId: string, key: string): unknown =>
		workspace.getConfiguration(undefined, { languageId }).get(key);

	it('enable word wrap, and do not highlight full-width punctuation', async () => {
		assert.ok((await languages.getLanguages()).includes('article'));
		assert.equal(get('article', 'editor.wordWrap'), 'on');
		assert.equal(get('article', 'editor.unicodeHighlight.ambiguousCharacters'), false);
		assert.equal(get('article', 'editor.unicodeHighlight.invisibleCharacters'), false);
	});

	it('leave the highlighting of long lines to semantic tokens, without a warning in hovers', () => {
		assert.equal(get('article', 'editor.maxTokenizationLineLength'), 20_000);
		assert.equal(get('article', 'editor.semanticHighlighting.enabled'), true);
		assert.equal(get('article', 'editor.hover.showLongLineWarning'), false);
		assert.notEqual(get('article', 'editor.wrappingStrategy'), 'advanced');
	});

	it('suggest as one types without selecting anything, expand abbreviations, and segment Chinese words', () => {
		assert.deepEqual(get('article', 'editor.quickSuggestions'), { other: 'on', comments: 'off', strings: 'on' });
		assert.equal(get('article', 'editor.suggest.selectionMode'), 'never');
		// VS Code's own search for snippets takes most of a second in a long line.
		assert.equal(get('article', 'editor.snippetSuggestions'), 'none');
		assert.deepEqual(get('article', 'emmet.includeLanguages'), { article: 'html' });
		assert.deepEqual(get('article', 'editor.wordSegmenterLocales'), ['zh']);
	});

	it('show no colours, without a race as a Markdown file becomes an article', () => {
		assert.equal(get('article', 'editor.defaultColorDecorators'), 'never');
		// If this became false as well, VS Code would not compute the colours again.
		assert.equal(get('article', 'editor.colorDecorators'), get('markdown', 'editor.colorDecorators'));
	});

	it('apply to no other language', () => {
		assert.equal(get('plaintext', 'editor.maxTokenizationLineLength'), 20_000);
		assert.equal(get('plaintext', 'editor.wordWrap'), 'off');
	});
});

describe('editing articles', () => {
	const write = temporaryFolder();
	let count = 0;

	before('VS Code has read language-configuration.json', async () => {
		// VS Code loads it some time after the first article was opened, without an event.
		const end = Date.now() + 20_000;
		while ((await wordAt('一部手|机，三本书')) !== '一部手机')
			assert.ok(Date.now() < end, 'the words of articles are not known');
		await closeAll();
	});

	afterEach(closeAll);

	/** Opens an article that ends with `text`, with the cursor at `|`. */
	async function editorWith(text: string): Promise<TextEditor> {
		const content = ARTICLE + text;
		const document = await openArticle(write(`${++count}.md`, content.replace('|', '')));
		const editor = window.activeTextEditor;
		assert.ok(editor?.document === document, 'the article is in the active editor');
		const cursor = document.positionAt(content.indexOf('|'));
		editor.selection = new Selection(cursor, cursor);
		return editor;
	}

	/** Returns the word at the cursor `|`, as the editor sees it. */
	async function wordAt(text: string): Promise<string | undefined> {
		const editor = await editorWith(text);
		await editor.insertSnippet(new SnippetString('{$TM_CURRENT_WORD}'));
		return /\{(.*)\}/.exec(editor.document.getText())?.[1];
	}

	it('matches Chinese words up to punctuation, and whole attribute names in HTML', async () => {
		for (const [text, word] of [
			['一部手|机，三本书', '一部手机'],
			['用iPh|one手机', 'iPhone'],
			['<img data-s|rc="a">', 'data-src'],
			['コーヒ|ー、お茶', 'コーヒー'],
		] as const) {
			assert.equal(await wordAt(text), word);
		}
	});

	it('selects Chinese words', async () => {
		const editor = await editorWith('“一部手|机”，三本书。');
		await commands.executeCommand('cursorWordEndRightSelect');
		await commands.executeCommand('cursorWordStartLeft');
		await commands.executeCommand('cursorWordEndRightSelect');
		assert.equal(editor.document.getText(editor.selection), '手机');
	});

	it('indents between tags on Enter, but not after a void element', async () => {
		for (const [text, expected] of [
			['<div class="a">|</div>', '<div class="a">\n\t\n</div>'],
			['<figure>|', '<figure>\n\t'],
			['<img src="a">|', '<img src="a">\n'],
			['<p>正文</p>|', '<p>正文</p>\n'],
			['<section>\n\t<div>正文|</div>', '<section>\n\t<div>正文\n\t</div>'],
		] as const) {
			const editor = await editorWith(text);
			editor.options = { insertSpaces: false };
			await commands.executeCommand('type', { text: '\n' });
			assert.equal(editor.document.getText().slice(ARTICLE.length), expected);
		}
	});
});
