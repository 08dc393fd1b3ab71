import { strict as assert } from 'node:assert';
import { languages } from 'vscode';
import { ARCHIVE, activate, closeAll, open, openArticle, untilServer } from '../support.ts';

/** Whether the language client library, the expensive part of the extension, has been loaded. */
function isLauncherLoaded(): boolean {
	return Object.keys(require.cache).some(path => path.endsWith('nodeLauncher.cjs'));
}

// The first suite of all, by its name: no article has been opened yet.
describe('activation', () => {
	after(closeAll);

	it('leaves plain Markdown and plain text alone, and starts no server for them', async () => {
		const marginalia = await activate();
		const documents = [
			await open(ARCHIVE, 'notes/plain.md'),
			await open(ARCHIVE, 'notes/readme.md'),
			await open(ARCHIVE, 'notes/shopping.txt'),
		];
		// VS Code switches languages one after the other: with this one, any switch that was asked for before is done.
		await languages.setTextDocumentLanguage(await open(ARCHIVE, 'notes/shopping.txt'), 'plaintext');
		assert.deepEqual(
			documents.map(document => document.languageId),
			['markdown', 'markdown', 'plaintext'],
		);
		assert.equal(marginalia.serverState, 'idle');
		assert.equal(isLauncherLoaded(), false);
	});

	it('starts the server with the first article', async () => {
		await openArticle(ARCHIVE, 'articles/harbour/1001_night-ferry.md');
		await untilServer('running');
		assert.equal(isLauncherLoaded(), true);
	});
});
