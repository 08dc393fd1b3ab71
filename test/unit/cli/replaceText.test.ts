import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeFolder } from '../../../scripts/host/temporary.ts';
import { replaceText } from '../../../server/src/cli/replaceText.ts';
import { nodeFileSystem } from '../../../server/src/node/fileSystem.ts';

describe('replacing the text of a file', () => {
	let folder: string;
	const path = (): string => join(folder, '渡轮.md');
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'marginalia-replace-'));
	});
	afterEach(() => removeFolder(folder));

	it('keeps a byte order mark, and leaves no other files', async () => {
		writeFileSync(path(), '\ufeff潮\r\n');
		await replaceText(path(), '潮\r\n', '水\r\n', nodeFileSystem);
		assert.equal(readFileSync(path(), 'utf8'), '\ufeff水\r\n');
		assert.deepEqual(readdirSync(folder), ['渡轮.md']);
	});

	it('does not change a file that was changed or deleted meanwhile', async () => {
		writeFileSync(path(), 'theirs');
		assert.equal(await replaceText(path(), 'before', 'after', nodeFileSystem), 'was changed in the meantime');
		assert.equal(readFileSync(path(), 'utf8'), 'theirs');
		rmSync(path());
		assert.equal(await replaceText(path(), 'before', 'after', nodeFileSystem), 'was changed in the meantime');
		assert.deepEqual(readdirSync(folder), []);
	});
});
