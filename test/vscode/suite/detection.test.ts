import { strict as assert } from 'node:assert';
import { chmodSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
	type CompletionList,
	ConfigurationTarget,
	commands,
	type Diagnostic,
	languages,
	type SnippetString,
	type TextDocument,
	WorkspaceEdit,
	window,
	workspace,
} from 'vscode';
import {
	ARCHIVE,
	ARTICLE,
	closeAll,
	documentAt,
	open,
	openArticle,
	settle,
	temporaryFolder,
	until,
	untilClosed,
	untilLanguage,
} from '../support.ts';

async function insert(document: TextDocument, text: string): Promise<void> {
	const edit = new WorkspaceEdit();
	edit.insert(document.uri, document.positionAt(0), text);
	assert.ok(await workspace.applyEdit(edit));
}

function codeOf(code: Diagnostic['code']): string {
	return String(typeof code === 'object' ? code.value : code);
}

describe('detection', () => {
	const write = temporaryFolder();

	afterEach(closeAll);

	for (const name of [
		'articles/harbour/1001_night-ferry.md',
		'articles/harbour/1002_渡轮复航.txt',
		'articles/harbour/1003',
		'articles/harbour/2020-06-28-书店.md',
		'articles/harbour/2023-05-14-front-matter.md',
		'lists/harbour.md',
	]) {
		it(`recognises ${name}`, async () => {
			await openArticle(ARCHIVE, name);
		});
	}

	it('recognises CRLF files and files with a byte order mark', async () => {
		const crlf = ARTICLE.replaceAll('\n', '\r\n');
		await openArticle(write('crlf.md', crlf));
		await openArticle(write('bom.md', `\ufeff${ARTICLE}`));
		const both = await openArticle(write('both.txt', `\ufeff${crlf}`));
		assert.equal(both.getText(), crlf);
	});

	it('recognises articles and lists with Git conflict markers in their first lines', async () => {
		const conflict = (ours: string, theirs: string): string => `<<<<<<< HEAD\n${ours}=======\n${theirs}>>>>>>> other\n`;
		const [time = '', ...rest] = ARTICLE.split('\n');
		await openArticle(write('conflict.md', conflict(`${time}\n`, '<!--1639640222000-->\n') + rest.join('\n')));
		await openArticle(write('both.md', conflict(ARTICLE, ARTICLE.replace('<p>', '<p>Yet ')).replaceAll('\n', '\r\n')));
		const entries = conflict('1-1 [Boats](/articles/harbour/1.md)\n', '1-2 [Boats](/articles/harbour/1.md)\n');
		const list = await openArticle(write('list.md', `Harbour\n------\n\n${entries}`));
		const found = (): readonly string[] => languages.getDiagnostics(list.uri).map(({ code }) => codeOf(code));
		await until(
			languages.onDidChangeDiagnostics,
			() => found().includes('article/conflict'),
			() => `the conflict is an error; there are: ${found().join(', ')}`,
		);
	});

	it('recognises articles with a malformed header, and ignores changelogs', async () => {
		await openArticle(write('damaged.md', ARTICLE.replace('-->\n', ' -->\n\n')));
		const changelog = '[1.0.0](https://git.example/boats/v1)\n------\n\n<a id="1"></a>\n### Fixed\n\n* a leak\n';
		const document = await open(write('changelog.md', changelog));
		await settle();
		assert.equal(document.languageId, 'markdown');
	});

	it('recognises a read-only file', async () => {
		const path = write('read-only.md', ARTICLE);
		chmodSync(path, 0o444);
		const document = await openArticle(path);
		assert.equal(document.isDirty, false);
	});

	it('recognises articles opened in the background', async () => {
		const document = await workspace.openTextDocument(write('background.md', ARTICLE));
		await untilLanguage(document.uri, 'article');
	});

	it('recognises an article pasted into an untitled document', async () => {
		const document = await workspace.openTextDocument({ language: 'plaintext', content: '' });
		await window.showTextDocument(document);
		await insert(document, ARTICLE);
		await untilLanguage(document.uri, 'article');
	});

	it('recognises an article written into a new file', async () => {
		const document = await open(write('new.md', '\n'));
		await insert(document, ARTICLE);
		await untilLanguage(document.uri, 'article');
	});

	it('takes an empty file among the articles of an archive for one', async () => {
		const root = dirname(write('marginalia.json', '{}'));
		mkdirSync(join(root, 'articles/harbour'), { recursive: true });
		await openArticle(write('articles/harbour/潮.md', ''));
		const readme = await open(write('articles/README.md', ''));
		await settle();
		assert.equal(readme.languageId, 'markdown');
	});

	it('completes the header of an article in an empty document', async () => {
		for (const document of [await open(write('begin.md', '')), await workspace.openTextDocument({ content: '' })]) {
			const offered = async (): Promise<string | undefined> => {
				const { items } = await commands.executeCommand<CompletionList>(
					'vscode.executeCompletionItemProvider',
					document.uri,
					document.lineAt(0).range.end,
				);
				const item = items.find(({ label }) => label === 'Article header');
				return item && (item.insertText as SnippetString).value;
			};
			assert.match((await offered()) ?? '', /^<!--\d{13}-->\n\[\$\{1:Title\}\]\(https:\/\/\$2\)\n------\n\n\$0$/);
			await insert(document, 'Notes');
			assert.equal(await offered(), undefined);
		}
	});

	it('does not change the language of a Markdown file during editing', async () => {
		const document = await open(write('grows.md', '# Notes\n'));
		await insert(document, ARTICLE);
		await settle();
		assert.equal(document.languageId, 'markdown');
	});

	it('keeps a language chosen by the user, however often the file is reopened', async () => {
		const path = write('chosen.md', ARTICLE);
		const document = await openArticle(path);
		await languages.setTextDocumentLanguage(document, 'markdown');
		await insert(document, ' ');
		await settle();
		assert.equal(documentAt(document.uri)?.languageId, 'markdown');

		await commands.executeCommand('workbench.action.files.revert');
		await closeAll();
		await untilClosed(document.uri);
		const again = await open(path);
		await settle();
		assert.equal(again.languageId, 'markdown');

		// Choosing the language article reverts that.
		await languages.setTextDocumentLanguage(again, 'article');
		await closeAll();
		await untilClosed(document.uri);
		await openArticle(path);
	});

	it('does not take a change of files.associations for a choice by the user', async () => {
		const back = await openArticle(write('in-the-back.md', ARTICLE));
		const front = await openArticle(write('in-front.md', ARTICLE));
		const switches: string[] = [];
		const listener = workspace.onDidOpenTextDocument(document => {
			if (document === back || document === front) switches.push(`${document.fileName} ${document.languageId}`);
		});
		const done = until(
			workspace.onDidOpenTextDocument,
			() => switches.length >= 4 && [back, front].every(document => document.languageId === 'article'),
			() => `both are articles again; the switches were ${switches.join(', ')}`,
		);
		const files = workspace.getConfiguration('files');
		await files.update('associations', { '*.other': 'ini' }, ConfigurationTarget.Global);
		try {
			await done;
		} finally {
			listener.dispose();
			await files.update('associations', undefined, ConfigurationTarget.Global);
		}
	});

	it('keeps languages set on opening', async () => {
		const document = await workspace.openTextDocument({ language: 'json', content: ARTICLE });
		await settle();
		assert.equal(document.languageId, 'json');
	});

	it('ignores files whose language is set by files.associations', async () => {
		const files = workspace.getConfiguration('files');
		await files.update('associations', { '*.keep': 'markdown' }, ConfigurationTarget.Global);
		try {
			const document = await open(write('associated.keep', ARTICLE));
			await settle();
			assert.equal(document.languageId, 'markdown');
		} finally {
			await files.update('associations', undefined, ConfigurationTarget.Global);
		}
	});

	it('can be turned off and on again', async () => {
		const marginalia = workspace.getConfiguration('marginalia');
		await marginalia.update('detection', 'off', ConfigurationTarget.Global);
		let document: TextDocument;
		try {
			document = await open(write('off.md', ARTICLE));
			// Recognition is off, so this language change marks the end of everything that opening the file triggered.
			await languages.setTextDocumentLanguage(await workspace.openTextDocument({ content: '' }), 'plaintext');
			assert.equal(document.languageId, 'markdown');
		} finally {
			await marginalia.update('detection', undefined, ConfigurationTarget.Global);
		}
		await untilLanguage(document.uri, 'article');
	});
});
