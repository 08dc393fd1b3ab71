import { strict as assert } from 'node:assert';
import {
	commands,
	type Location,
	type LocationLink,
	type Position,
	type SymbolInformation,
	Uri,
	workspace,
} from 'vscode';
import { closeAll, openArticle, untilServer } from '../support.ts';

const GAUGE = 'articles/courier/20211216_tide-gauge.md';

describe('the archive in VS Code', () => {
	const root = workspace.workspaceFolders?.[0]?.uri;
	if (!root) throw new Error('no folder is open');
	const gauge = Uri.joinPath(root, GAUGE);

	before(async () => {
		await openArticle(root.fsPath, GAUGE);
		await untilServer('running');
	});

	after(closeAll);

	/** Returns the files of the definitions at a position. */
	async function definitionAt(uri: Uri, position: Position): Promise<string[]> {
		const found = await commands.executeCommand<LocationLink[]>('vscode.executeDefinitionProvider', uri, position);
		return found.map(({ targetUri }) => targetUri.toString());
	}

	it('goes from an entry of a list to its article', async () => {
		const list = await openArticle(root.fsPath, 'lists/courier.md');
		const position = list.positionAt(list.getText().indexOf('The tide gauge'));
		assert.deepEqual(await definitionAt(list.uri, position), [gauge.toString()]);
	});

	it('goes from a link to the archived copy of its page', async () => {
		const ferry = await openArticle(root.fsPath, 'articles/courier/20211217_night-ferry.md');
		const position = ferry.positionAt(ferry.getText().indexOf('https://courier.example/2021/12/16/tide-gauge/'));
		assert.deepEqual(await definitionAt(ferry.uri, position), [gauge.toString()]);
	});

	it('finds the list that links to an article', async () => {
		const article = await openArticle(root.fsPath, GAUGE);
		const title = article.positionAt(article.getText().indexOf('The tide gauge'));
		const found = await commands.executeCommand<Location[]>('vscode.executeReferenceProvider', article.uri, title);
		const uris = found.map(({ uri }) => uri.toString());
		assert.ok(uris.includes(Uri.joinPath(root, 'lists/courier.md').toString()), uris.join('\n'));
	});

	it('finds articles by title', async () => {
		const found = await commands.executeCommand<SymbolInformation[]>(
			'vscode.executeWorkspaceSymbolProvider',
			'tide gauge',
		);
		const uris = found.map(({ location }) => location.uri.toString());
		assert.ok(uris.includes(gauge.toString()), uris.join('\n'));
	});
});
