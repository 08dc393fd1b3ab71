import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { URI } from 'vscode-uri';
import { removeFolder } from '../../scripts/host/temporary.ts';
import { walk } from '../../server/src/archive/walk.ts';
import { findFiles } from '../../server/src/cli/files.ts';
import { filesWithin } from '../../server/src/links/filesWithin.ts';
import { createReach } from '../../server/src/links/reach.ts';
import { nativePath } from '../../server/src/node/fileName.ts';
import { nodeFileSystem } from '../../server/src/node/fileSystem.ts';
import type { FileSystem } from '../../server/src/platform.ts';
import { byteString } from '../../server/src/util/nameBytes.ts';
import { joinUri } from '../../server/src/util/uri.ts';

/** A folder for walks. Paths are relative to it; an omitted one is the folder itself. */
export interface WalkedFolder {
	/** Returns the absolute path of a file or folder in it. */
	at(path?: string): string;
	uriOf(path: string): string;
	/** Writes files, by their paths; in path and content U+EF80 to U+EFFF stand for single bytes. */
	put(files: Readonly<Record<string, string>>): void;
	/** Returns the files that the command line finds in a folder, from there. */
	byCommandLine(folder?: string): Promise<readonly string[]>;
	/** Returns its files as an editor opens it, and as the index sees them. */
	opened(): FileSystem;
	/** Returns the files that the index finds in a folder, from there. */
	byIndex(folder?: string): Promise<readonly string[]>;
}

/** Makes a folder before each test of the suite that calls this, and removes it afterwards. */
export function walkedFolder(): WalkedFolder {
	let root: string;
	beforeEach(() => {
		root = mkdtempSync(join(tmpdir(), 'marginalia-walk-'));
	});
	afterEach(() => removeFolder(root));

	const at = (path = ''): string => join(root, path);
	const uriOf = (path: string): string => pathToFileURL(at(path)).href.replace(/\/$/, '');
	const opened = (): FileSystem => {
		const reach = createReach({ folders: [URI.file(root)], documents: [] });
		return filesWithin(nodeFileSystem, () => reach);
	};
	return {
		at,
		uriOf,
		opened,
		put(files) {
			for (const [path, content] of Object.entries(files)) {
				mkdirSync(nativePath(at(dirname(path))), { recursive: true });
				writeFileSync(nativePath(at(path)), Buffer.from(byteString(content), 'latin1'));
			}
		},
		async byCommandLine(folder) {
			const found: string[] = [];
			for await (const { path, failure } of findFiles([at(folder)], true)) {
				assert.equal(failure, undefined);
				found.push(path.slice(at(folder).length + 1));
			}
			return found;
		},
		byIndex: (folder = '') => walked(uriOf(folder), opened()),
	};
}

/** Returns the files that `walk` yields, from the folder with the URI. */
export async function walked(folder: string, files: FileSystem, options = {}): Promise<readonly string[]> {
	const found: string[] = [];
	for await (const { kind, uri, path } of walk(folder, files, options)) {
		assert.equal(kind, 'file');
		assert.equal(uri, path.split('/').reduce(joinUri, folder));
		found.push(path);
	}
	return found;
}
