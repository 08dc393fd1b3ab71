import { strict as assert } from 'node:assert';
import {
	type CodeAction,
	ConfigurationTarget,
	commands,
	type Hover,
	languages,
	type MarkdownString,
	Position,
	Range,
	Selection,
	type TextDocument,
	WorkspaceEdit,
	window,
	workspace,
} from 'vscode';
import { type Hosts, startHosts } from '../../hosts/hosts.ts';
import { closeAll, openArticle, temporaryFolder, until, untilServer } from '../support.ts';

describe('link checks in VS Code', () => {
	const write = temporaryFolder();
	let hosts: Hosts;
	let count = 0;

	before(async () => {
		hosts = await startHosts();
		await set('allowPrivate', true);
	});
	after(async () => {
		await set('allowPrivate', undefined);
		await hosts.close();
	});
	beforeEach(() => hosts.forget());
	afterEach(async () => {
		await set('network', undefined);
		await closeAll();
	});

	function set(name: string, value: unknown): Thenable<void> {
		return workspace.getConfiguration('marginalia.links').update(name, value, ConfigurationTarget.Global);
	}

	/** Opens an article with links. */
	async function openWith(...paths: string[]): Promise<TextDocument> {
		const body = paths.map(path => `<a href="${hosts.url(path)}">潮水</a>`).join(' ');
		const text = `<!--1639640221000-->\n[渡轮](https://harbour.example/${++count})\n------\n\n<p>${body}</p>\n`;
		const document = await openArticle(write(`links-${count}.md`, text));
		await untilServer('running');
		return document;
	}

	async function save(document: TextDocument): Promise<void> {
		const edit = new WorkspaceEdit();
		edit.insert(document.uri, document.positionAt(document.getText().length), '<p>x</p>');
		assert.ok(await workspace.applyEdit(edit));
		assert.ok(await document.save());
	}

	const found = (document: TextDocument): string[] =>
		languages
			.getDiagnostics(document.uri)
			.map(({ code, range }) => [typeof code === 'object' ? code.value : code, document.getText(range)] as const)
			.filter(([code]) => code === 'link/broken' || code === 'link/moved')
			.map(([code, address]) => `${code} ${new URL(address).pathname}`);

	function untilFound(document: TextDocument, expected: readonly string[]): Promise<void> {
		return until(
			languages.onDidChangeDiagnostics,
			() => found(document).join() === expected.join(),
			() => `${document.uri} has ${expected.join(', ') || 'none'}; it has ${found(document).join(', ') || 'none'}`,
		);
	}

	it('run when an article is saved, not before', async () => {
		const document = await openWith('/status/404/saved', '/moved/301/saved', '/');
		await commands.executeCommand('vscode.executeHoverProvider', document.uri, new Position(4, 20));
		assert.deepEqual(hosts.asked(), []);
		await save(document);
		await untilFound(document, ['link/broken /status/404/saved', 'link/moved /moved/301/saved']);
	});

	it('do not run on automatic saves, nor for the URL that the cursor is in', async () => {
		const document = await openWith('/status/404/typed', '/status/404/done');
		const editor = window.activeTextEditor;
		assert.equal(editor?.document, document);
		const files = workspace.getConfiguration('files');
		const cursor = document.positionAt(document.getText().indexOf('/typed') + '/typed'.length);
		editor.selection = new Selection(cursor, cursor);
		await files.update('autoSaveDelay', 50, ConfigurationTarget.Global);
		await files.update('autoSave', 'afterDelay', ConfigurationTarget.Global);
		try {
			await commands.executeCommand('type', { text: 'x' });
			await until(
				workspace.onDidSaveTextDocument,
				() => !document.isDirty,
				() => `${document.uri} is saved`,
			);
		} finally {
			await files.update('autoSave', undefined, ConfigurationTarget.Global);
			await files.update('autoSaveDelay', undefined, ConfigurationTarget.Global);
		}
		await commands.executeCommand('workbench.action.files.save');
		await untilFound(document, ['link/broken /status/404/done']);
		assert.deepEqual(hosts.asked(), ['HEAD /status/404/done', 'GET /status/404/done']);
		editor.selection = new Selection(0, 0, 0, 0);
		await commands.executeCommand('workbench.action.files.save');
		await untilFound(document, ['link/broken /status/404/typedx', 'link/broken /status/404/done']);
	});

	it('show results in hovers, with quick fixes', async () => {
		const document = await openWith('/status/404/hover');
		await commands.executeCommand('marginalia.checkLinks', document.uri);
		await untilFound(document, ['link/broken /status/404/hover']);
		const position = document.positionAt(document.getText().indexOf('/status/') + 1);
		const hovers = await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', document.uri, position);
		const text = hovers
			.flatMap(({ contents }) => contents.map(content => (content as MarkdownString).value))
			.join('\n');
		assert.match(text, /\*\*Broken\*\*: 404 Not Found · checked just now/);
		const range = new Range(position, position);
		const actions = await commands.executeCommand<CodeAction[]>(
			'vscode.executeCodeActionProvider',
			document.uri,
			range,
		);
		const fix = actions.find(({ title }) => title === 'Replace with the copy in the Wayback Machine');
		assert.ok(fix?.edit, actions.map(({ title }) => title).join('\n'));
		assert.ok(await workspace.applyEdit(fix.edit));
		assert.ok(
			document.getText().includes(`"https://web.archive.org/web/20211216073701/${hosts.url('/status/404/hover')}"`),
		);
		await untilFound(document, []);
	});

	it('send no requests and hide results when turned off', async () => {
		const document = await openWith('/status/404/off');
		await commands.executeCommand('marginalia.checkLinks', document.uri);
		await untilFound(document, ['link/broken /status/404/off']);
		hosts.forget();
		await set('network', 'off');
		await untilFound(document, []);
		await save(document);
		await commands.executeCommand('marginalia.checkLinks', document.uri);
		assert.deepEqual(hosts.asked(), []);
	});

	it('do not run on save if set to run on command', async () => {
		await set('network', 'onCommand');
		const document = await openWith('/status/410/command');
		await save(document);
		await commands.executeCommand('marginalia.checkLinks', document.uri);
		await untilFound(document, ['link/broken /status/410/command']);
		assert.deepEqual(hosts.asked(), ['HEAD /status/410/command', 'GET /status/410/command']);
	});
});
