import assert from 'node:assert/strict';
import { lookUpEntryFiles } from '../../../server/src/archive/entryFiles.ts';
import { parseList } from '../../../server/src/article/list.ts';
import { createFiles, HEAD } from '../languageFeatures/harness.ts';

describe('files of the entries of a list', () => {
	const text = [
		'海港新闻\n------\n',
		'12-16 [Tide](/articles/harbour/1001_%E6%BD%AE.md)\n',
		'12-16 [Tide](/articles/harbour/1001_潮.md)\n',
		'12-15 [Ebb](/articles/harbour/1000.md)\n',
		'[beside](more.md)\n',
		'[page](https://news.example/)\n',
		'[查看更多](/articles/harbour)\n',
	].join('\n');
	const list = parseList(text);
	const files = createFiles({ 'file:///archive/articles/harbour/1001_%E6%BD%AE.md': `${HEAD}<p>潮</p>\n` });

	it('are found with and without percent-encoding, with the titles of articles', async () => {
		const fileOf = await lookUpEntryFiles('file:///archive/lists/harbour.md', list, files, () => undefined);
		const tide = { uri: 'file:///archive/articles/harbour/1001_%E6%BD%AE.md', exists: true, title: 'Tide' };
		assert.deepEqual(list.entries.map(fileOf), [
			tide,
			tide,
			{ uri: 'file:///archive/articles/harbour/1000.md', exists: false, title: undefined },
			{ uri: 'file:///archive/lists/more.md', exists: false, title: undefined },
			undefined,
			{ uri: 'file:///archive/articles/harbour', exists: true, title: undefined },
		]);
	});

	it('are not looked up outside an archive', async () => {
		const fileOf = await lookUpEntryFiles('file:///elsewhere/harbour.md', list, files, () => undefined);
		assert.deepEqual(new Set(list.entries.map(fileOf)), new Set([undefined]));
	});
});
