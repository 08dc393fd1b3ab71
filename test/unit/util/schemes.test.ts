import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { fileSchemes, schemeOf, standingOf, standsForFile } from '../../../server/src/util/schemes.ts';

describe('the scheme of a URI', () => {
	it('distinguishes files, versions of files, and other documents', () => {
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

	it('counts as that of files if it is unknown but a workspace folder has it', () => {
		assert.equal(standingOf('memfs'), undefined);
		assert.ok(!standsForFile('memfs', ['file']));
		assert.ok(standsForFile('memfs', ['file', 'MemFS']));
		assert.ok(!standsForFile('', ['']));
		// A user who browses a whole revision still looks at versions.
		assert.ok(!standsForFile('gitlens', ['gitlens']));
	});

	it('is listed for menus if it is that of files', () => {
		const told = fileSchemes(['file', 'memfs', 'gitlens', 'output', '']);
		for (const scheme of ['file', 'untitled', 'vscode-vfs', 'memfs']) assert.ok(told.includes(scheme), scheme);
		for (const scheme of ['git', 'gitlens', 'output', 'other', '']) assert.ok(!told.includes(scheme), scheme);
		assert.equal(new Set(told).size, told.length);
	});
});

describe('menus, key bindings and commands of the extension', () => {
	it('for articles are limited to documents that are files', async () => {
		const clauses: string[] = [];
		JSON.parse(await readFile(new URL('../../../package.json', import.meta.url), 'utf8'), (key, value) => {
			if (/^(?:when|enablement)$/.test(key) && /LangId\b/.test(value)) clauses.push(value);
			return value;
		});
		assert.ok(clauses.length > 0);
		assert.deepEqual(
			clauses.filter(clause => !clause.includes('resourceScheme in marginalia.schemes')),
			[],
		);
	});
});
