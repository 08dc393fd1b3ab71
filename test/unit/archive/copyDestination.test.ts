import assert from 'node:assert/strict';
import { type CopyDestinations, copyDestination } from '../../../server/src/archive/copyDestination.ts';

function destination(
	destinations: CopyDestinations,
	article = 'file:///archive/articles/courier/1_tide.md',
	workspaceFolder: string | undefined = 'file:///archive',
): string | undefined {
	return copyDestination(destinations, { article, workspaceFolder, name: 'quay 1.png', now: Date.UTC(2024, 5, 30) });
}

describe('the destination of a copied file', () => {
	for (const [path, expected] of [
		['img/', 'file:///archive/articles/courier/img/quay%201.png'],
		['', 'file:///archive/articles/courier/quay%201.png'],
		['..', 'file:///archive/articles/quay%201.png'],
		['../.', 'file:///archive/articles/quay%201.png'],
		['/images/', 'file:///archive/images/quay%201.png'],
		[`../\${documentBaseName}/\${unixTime}.\${fileExtName}`, 'file:///archive/articles/1_tide/1719705600000.png'],
		[`/images/\${documentRelativeDirName}/`, 'file:///archive/images/articles/courier/quay%201.png'],
		[`\${documentWorkspaceFolder}/x/\${fileName}`, 'file:///archive/x/quay%201.png'],
		[`\${documentDirName}/x/`, 'file:///archive/articles/courier/x/quay%201.png'],
		[`\${unknown}/`, 'file:///archive/articles/courier/%24%7Bunknown%7D/quay%201.png'],
	] as const)
		it(`of ${JSON.stringify(path)} is ${expected}`, () => assert.equal(destination({ '*.md': path }), expected));

	it('is that of the first glob that matches the article', () => {
		const first = destination({ '*.txt': 'a/', '/articles/courier/*': 'b/', '**/*.md': 'c/' });
		assert.equal(first, 'file:///archive/articles/courier/b/quay%201.png');
		assert.equal(destination({ '{courier,dukou}/*.md': 'd/' }), 'file:///archive/articles/courier/d/quay%201.png');
	});

	it('is not set if no glob matches', () => {
		assert.equal(destination({ '/courier/*': 'a/', '*.txt': 'b/' }), undefined);
	});

	it('is next to an article in no workspace folder', () => {
		const lone = { article: 'file:///home/1.md', workspaceFolder: undefined, name: 'a.png', now: 0 };
		assert.equal(copyDestination({ '*': '/img/' }, lone), 'file:///home/img/a.png');
		assert.equal(copyDestination({ '*': `\${documentRelativeDirName}/img/` }, lone), 'file:///home/img/a.png');
	});
});
