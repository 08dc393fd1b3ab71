import { strict as assert } from 'node:assert';
import { extensions, workspace } from 'vscode';

describe('the extension in VS Code', () => {
	it('is installed with its id', () => {
		const extension = extensions.getExtension('marginalia.marginalia');
		assert.ok(extension, 'no extension marginalia.marginalia');
		assert.equal(extension.packageJSON.displayName, 'Marginalia');
	});

	it('opens the folder given by the test runner', () => {
		assert.deepEqual(
			workspace.workspaceFolders?.map(folder => folder.name),
			[process.env.MARGINALIA_TEST_FOLDER],
		);
	});

	it('activates', async () => {
		const extension = extensions.getExtension('marginalia.marginalia');
		await extension?.activate();
		assert.equal(extension?.isActive, true);
	});
});
