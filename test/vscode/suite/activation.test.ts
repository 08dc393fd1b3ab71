import { strict as assert } from 'node:assert';
import { languages } from 'vscode';
import { ARCHIVE, activate, closeAll, open, openArticle, untilServer } from '../support.ts';

/** Whether the language client library, the expensive part of the extension, has been loaded. */
function isLauncherLoaded(): boolean {
	return Object.keys(require.cache).some(path => path.endsWith('nodeLauncher.cjs'));
}

// This suite runs first because of its name, so that no article has been opened yet.
describe('activation', () => {
	after(closeAll);

	it('ignores plain Markdown and plain text, and does not start the server', async () => {
		const marginalia = await activate();
		const documents = [
			await open(ARCHIVE, 'notes/plain.md'),
			await open(ARCHIVE, 'notes/readme.md'),
			await open(ARCHIVE, 'notes/shopping.txt'),
		];
		// VS Code changes languages one after the other, so any change requested before is done after this one.
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
