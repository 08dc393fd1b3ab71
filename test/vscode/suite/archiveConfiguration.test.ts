import { strict as assert } from 'node:assert';
import {
	type CodeAction,
	CodeActionKind,
	type CompletionList,
	ConfigurationTarget,
	commands,
	extensions,
	languages,
	Position,
	Range,
	type TextDocument,
	Uri,
	WorkspaceEdit,
	workspace,
} from 'vscode';
import { ARTICLE, closeAll, documentAt, open, openArticle, temporaryFolder, until, untilServer } from '../support.ts';

const codes = (uri: Uri): string[] =>
	languages
		.getDiagnostics(uri)
		.filter(({ source }) => source === 'marginalia')
		.map(({ code }) => String(typeof code === 'object' ? code.value : code));

function untilCodes(uri: Uri, hold: (found: string[]) => boolean): Promise<void> {
	return until(
		languages.onDidChangeDiagnostics,
		() => hold(codes(uri)),
		() => `${hold}; ${uri} has ${codes(uri).join(', ') || 'none'}`,
	);
}

describe('marginalia.json in VS Code', () => {
	const write = temporaryFolder();

	before(async () => {
		await openArticle(write('first.md', ARTICLE));
		await untilServer('running');
	});
	afterEach(closeAll);

	it('is JSON with comments, with completions from its schema', async function () {
		if (!extensions.getExtension('vscode.json-language-features')) return this.skip();
		const text = '{\n\t// 我们的档案\n\t"rules": { "" }\n}\n';
		const document = await open(write('marginalia.json', text));
		assert.equal(document.languageId, 'jsonc');
		const { items } = await commands.executeCommand<CompletionList>(
			'vscode.executeCompletionItemProvider',
			document.uri,
			document.positionAt(text.indexOf('""') + 1),
		);
		const labels = items.map(({ label }) => (typeof label === 'string' ? label : label.label));
		for (const label of ['link/insecure', 'image/*']) assert.ok(labels.includes(label), labels.join(', '));
	});

	it('is edited by quick fixes, applies before it is saved, and can be undone', async () => {
		const before = '{\n\t// 我们的档案\n\t"rules": { "link/split": "off" } // 不管\n}\n';
		const configuration = Uri.file(write('marginalia.json', before));
		const document = await openArticle(write('ignored.md', ARTICLE));
		const link = document.getText().indexOf('"ttps:') + 1;
		await untilCodes(document.uri, found => found.includes('link/invalid-url'));
		const place = document.positionAt(link);
		const actions = await commands.executeCommand<CodeAction[]>(
			'vscode.executeCodeActionProvider',
			document.uri,
			new Range(place, place),
			CodeActionKind.QuickFix.value,
		);
		const ignore = actions.find(({ title }) => title === 'Ignore link/invalid-url in this article');
		assert.ok(ignore?.edit, actions.map(({ title }) => title).join('\n'));
		assert.ok(await workspace.applyEdit(ignore.edit));
		const written = documentAt(configuration);
		assert.ok(written);
		assert.equal(
			written.getText(),
			before.replace(
				' // 不管\n',
				', // 不管\n\t"ignore": {\n\t\t"rules": {\n\t\t\t"ignored.md": ["link/invalid-url"]\n\t\t}\n\t}\n',
			),
		);
		assert.equal(document.getText(), ARTICLE);
		await untilCodes(document.uri, found => !found.includes('link/invalid-url'));
		await open(configuration.fsPath);
		await commands.executeCommand('undo');
		assert.equal(written.getText(), before);
		await untilCodes(document.uri, found => found.includes('link/invalid-url'));
	});

	it('is created by a quick fix if it does not exist', async () => {
		const text = ARTICLE.replace('"ttps:', '"http:');
		const folder = Uri.joinPath(Uri.file(write('anchor.txt', '')), '../archive/');
		const uri = Uri.joinPath(folder, 'articles/made.md');
		await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
		const document = await openArticle(uri.fsPath);
		await untilCodes(uri, found => found.includes('link/insecure'));
		const place = document.positionAt(document.getText().indexOf('"http:') + 1);
		const actions = await commands.executeCommand<CodeAction[]>(
			'vscode.executeCodeActionProvider',
			uri,
			new Range(place, place),
			CodeActionKind.QuickFix.value,
		);
		const ignore = actions.find(({ title }) => title === 'Ignore all URLs on harbour.example');
		assert.ok(ignore?.edit, actions.map(({ title }) => title).join('\n'));
		assert.ok(await workspace.applyEdit(ignore.edit));
		const made = documentAt(Uri.joinPath(folder, 'marginalia.json'));
		assert.equal(made?.getText(), '{\n\t"ignore": {\n\t\t"hosts": ["harbour.example"]\n\t}\n}\n');
		await untilCodes(uri, found => !found.includes('link/insecure'));
	});

	it('has diagnostics if it is invalid', async () => {
		const document = await openArticle(write('broken.md', ARTICLE));
		const configuration = await open(write('marginalia.json', '{ "rules": { "link/splitt": "off" } }'));
		await untilCodes(configuration.uri, found => found.length === 1);
		const edit = new WorkspaceEdit();
		edit.replace(configuration.uri, new Range(new Position(0, 0), new Position(9, 0)), '{}');
		assert.ok(await workspace.applyEdit(edit));
		await untilCodes(configuration.uri, found => found.length === 0);
		assert.ok(codes(document.uri).includes('link/invalid-url'));
	});
});

describe('fixing on save in VS Code', () => {
	const write = temporaryFolder();
	const set = (value: object | undefined): Thenable<void> =>
		workspace.getConfiguration('editor').update('codeActionsOnSave', value, ConfigurationTarget.Global);

	after(async () => {
		await set(undefined);
		await closeAll();
	});

	it('applies all safe fixes of an article', async () => {
		await set({ 'source.fixAll.marginalia': 'explicit' });
		const document: TextDocument = await openArticle(write('saved.md', ARTICLE));
		await untilServer('running');
		const edit = new WorkspaceEdit();
		edit.insert(document.uri, document.positionAt(ARTICLE.length), '<time pudate>x</time>\n');
		assert.ok(await workspace.applyEdit(edit));
		assert.ok(await document.save());
		assert.equal(document.getText(), `${ARTICLE.replace('"ttps:', '"https:')}<time pubdate>x</time>\n`);
		assert.equal(document.isDirty, false);
	});
});
