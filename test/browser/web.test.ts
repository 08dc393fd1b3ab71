import { strict as assert } from 'node:assert';
import { join } from 'node:path';
import { ROOT } from '../../scripts/host/paths.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

describe('an article in the extension host of VS Code for the Web', function () {
	this.timeout(120_000);
	let workbench: Workbench;

	before(async () => {
		workbench = await openWorkbench({
			folder: join(ROOT, 'test/fixtures/archive'),
			// The browser build runs, in a web worker, and so does its language server.
			settings: { 'remote.extensionKind': { 'marginalia.marginalia': ['web'] } },
		});
	});

	after(() => workbench?.close());

	it('is recognised, and gets its outline from the server in a worker', async () => {
		await workbench.openFile('articles/harbour/1001_night-ferry.md');
		await workbench.languageIs('Article');
		const names = (await workbench.outline()).map(row => row.name);
		assert.equal(names[0], 'The night ferry [Line 3] returns');
		assert.ok(names.includes('A quiet departure'), names.join(' | '));
	});

	it('gets its problems', async () => {
		const codes = (await workbench.problems()).map(problem => problem.code);
		assert.ok(codes.includes('link/invalid-url'), codes.join(' | '));
	});

	it('has a server that can be started anew', async () => {
		await workbench.runCommand('Marginalia: Restart Language Server');
		await workbench.openFile('articles/harbour/1002_渡轮复航.txt');
		await workbench.problems(problems => problems.some(problem => problem.code === 'header/timestamp'));
		assert.deepEqual(await workbench.notifications(), []);
	});
});
