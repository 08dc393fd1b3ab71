import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { removeFolder } from '../../../scripts/host/temporary.ts';
import { readHead } from '../../../server/src/archive/head.ts';
import { readEntry } from '../../../server/src/archive/readEntry.ts';
import { decode, readText } from '../../../server/src/archive/readText.ts';
import { readArticle } from '../../../server/src/cli/readArticle.ts';
import { nodeFileSystem } from '../../../server/src/node/fileSystem.ts';

const ARTICLE = '<!--1639640221000-->\n[渡轮](https://a.example/1)\n------\n\n<p>潮水</p>\n';

describe('readText', () => {
	let folder: string;
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'marginalia-read-'));
	});
	afterEach(() => removeFolder(folder));

	const put = (name: string, content: string | Uint8Array): void => writeFileSync(join(folder, name), content);
	const uriOf = (name: string): string => pathToFileURL(join(folder, name)).href;
	const kindOf = async (name: string, named = false): Promise<string> =>
		(await readText(uriOf(name), nodeFileSystem, named)).kind;

	it('classifies a file by its content', async () => {
		put('1', ARTICLE);
		put('2.md', 'Harbour\n------\n\n12-16 [The night ferry](/articles/1.md)\n');
		put('3.md', '# Notes\n');
		put('4.md', '');
		put('5.md', 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12345\n');
		mkdirSync(join(folder, '6.md'));
		assert.deepEqual(
			await Promise.all(['1', '2.md', '3.md', '4.md', '5.md', '6.md', '7.md'].map(name => kindOf(name))),
			[...['article', 'list', 'other', 'other', 'pointer', 'unreadable', 'unreadable']],
		);
	});

	it('detects UTF-8 and UTF-16, and marks other encodings as unknown', async () => {
		const wide = Buffer.from(ARTICLE, 'utf16le');
		const texts: readonly (readonly [Uint8Array, string | undefined])[] = [
			[Buffer.from(ARTICLE), 'utf-8'],
			[Buffer.from(`\ufeff${ARTICLE}`), 'utf-8'],
			[wide, 'utf-16le'],
			[Buffer.from(`\ufeff${ARTICLE}`, 'utf16le'), 'utf-16le'],
			[Buffer.from(`\ufeff${ARTICLE}`, 'utf16le').swap16(), 'utf-16be'],
		];
		for (const [bytes, encoding] of texts) {
			put('1.md', bytes);
			const found = await readText(uriOf('1.md'), nodeFileSystem);
			assert.ok('text' in found);
			assert.deepEqual([found.text, found.encoding], [ARTICLE, encoding]);
			assert.equal((await readEntry(uriOf('1.md'), uriOf(''), nodeFileSystem))?.title?.value, '渡轮');
			assert.equal((await readHead(uriOf('1.md'), nodeFileSystem))?.title, '渡轮');
		}
		const cut = decode(Buffer.from(ARTICLE).subarray(0, -7));
		assert.deepEqual([cut.encoding, cut.text.endsWith('\ufffd')], [undefined, true]);
	});

	it('finds a header after long front matter', async () => {
		put('1.md', `---\nnote: ${'潮'.repeat(9000)}\n---\n${ARTICLE}`);
		assert.equal(await kindOf('1.md'), 'article');
		assert.equal((await readHead(uriOf('1.md'), nodeFileSystem))?.source, '//a.example/1');
	});

	it('reads a file with the extension of an image only if it is named', async () => {
		put('1.svg', ARTICLE);
		const asked: string[] = [];
		const files = { ...nodeFileSystem, readHead: async (uri: string) => void asked.push(uri) };
		assert.deepEqual([(await readText(uriOf('1.svg'), files)).kind, asked], ['other', []]);
		assert.equal(await kindOf('1.svg', true), 'article');
		assert.equal((await readArticle(join(folder, '1.svg'), false)).kind, 'other');
		assert.equal((await readArticle(join(folder, '1.svg'), true)).kind, 'article');
	});

	it('rejects articles over the size limit, and reads only the start of other large files', async () => {
		put('1.md', ARTICLE);
		put('2.md', '# Notes\n');
		for (const name of ['1.md', '2.md']) truncateSync(join(folder, name), 3 * 1024 ** 3);
		assert.deepEqual(await readText(uriOf('1.md'), nodeFileSystem), { kind: 'too-large', size: 3 * 1024 ** 3 });
		assert.equal(await kindOf('2.md'), 'other');
		assert.equal(await readEntry(uriOf('1.md'), uriOf(''), nodeFileSystem), undefined);
	});

	it('reports on the command line why a file cannot be read', async () => {
		symlinkSync('nothing', join(folder, 'link.md'));
		put('lfs.md', 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12345\n');
		const said: [string, string][] = [
			['link.md', 'is a broken symbolic link'],
			['none.md', 'does not exist'],
			['.', 'is not a regular file'],
			['lfs.md', 'is stored by Git LFS and was not fetched: run git lfs pull'],
		];
		if (process.platform !== 'win32') {
			execFileSync('mkfifo', [join(folder, 'pipe.md')]);
			said.push(['pipe.md', 'is not a regular file']);
		}
		if (process.getuid?.() !== 0) {
			put('locked.md', ARTICLE);
			chmodSync(join(folder, 'locked.md'), 0);
			said.push(['locked.md', 'cannot be read: permission denied']);
		}
		for (const [name, reason] of said) {
			const content = await readArticle(join(folder, name), true);
			assert.equal('reason' in content && content.reason, reason, name);
		}
	});
});
