import assert from 'node:assert/strict';
import { schemeOf, standingOf, standsForFile } from '../../../server/src/util/schemes.ts';

describe('the scheme of an address', () => {
	it('tells files from versions of files, and from what is no file', () => {
		for (const uri of [
			'file:///a/1.md',
			'FILE:///a/1.md',
			'untitled:Untitled-1',
			'vscode-vfs://github/a/1.md',
			'zipfile:///a.zip::1.md',
		])
			assert.equal(standingOf(schemeOf(uri)), 'file', uri);
		for (const uri of [
			'git:/a/1.md?%7B%22ref%22%3A%22~%22%7D',
			'gitlens://7b/a/1.md',
			'pr:/a/1.md?{}',
			'review:/a/1.md',
			'vscode-local-history:/a/1.md',
			'showModifications:/a/1.md',
			'merge-conflict.conflict-diff:/a/1.md',
			'chat-editing-text-model:/a/1.md',
			'fugitive:///a/.git//0/1.md',
		])
			assert.equal(standingOf(schemeOf(uri)), 'version', uri);
		for (const uri of [
			'output:exthost',
			'search-editor:/a',
			'vscode-notebook-cell:/a.ipynb#W0',
			'vscode-notebook-cell-metadata-diff:/a.ipynb',
			'vscode-chat-code-block://1/a',
			'chatSessionInput:/1',
			'walkThroughSnippet:/a',
			'comment://owner/a.md',
		])
			assert.equal(standingOf(schemeOf(uri)), 'none', uri);
	});

	it('that nobody has heard of is that of files where a folder with it is open', () => {
		assert.equal(standingOf('memfs'), undefined);
		assert.ok(!standsForFile('memfs', ['file']));
		assert.ok(standsForFile('memfs', ['file', 'MemFS']));
		assert.ok(!standsForFile('', ['']));
		// Whoever browses a whole revision looks at versions all the same.
		assert.ok(!standsForFile('gitlens', ['gitlens']));
	});
});
