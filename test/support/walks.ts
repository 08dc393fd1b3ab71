import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { URI } from 'vscode-uri';
import { walk } from '../../server/src/archive/walk.ts';
import { findFiles } from '../../server/src/cli/files.ts';
import { filesWithin } from '../../server/src/links/filesWithin.ts';
import { createReach } from '../../server/src/links/reach.ts';
import { nativePath } from '../../server/src/node/fileName.ts';
import { nodeFileSystem } from '../../server/src/node/fileSystem.ts';
import type { FileSystem } from '../../server/src/platform.ts';
import { byteString } from '../../server/src/util/nameBytes.ts';
import { joinUri } from '../../server/src/util/uri.ts';

/** Writes files into a folder, by their paths; in path and content U+EF80 to U+EFFF stand for single bytes. */
export function putFiles(folder: string, files: Readonly<Record<string, string>>): void {
	for (const [path, content] of Object.entries(files)) {
		mkdirSync(nativePath(join(folder, dirname(path))), { recursive: true });
		writeFileSync(nativePath(join(folder, path)), Buffer.from(byteString(content), 'latin1'));
	}
}

/** Returns the URI of a path below a folder. */
export const uriIn = (folder: string, path: string): string =>
	pathToFileURL(join(folder, path)).href.replace(/\/$/, '');

/** Returns the files that the command line finds in a folder, from there. */
export async function foundByCommandLine(folder: string): Promise<readonly string[]> {
	const found: string[] = [];
	for await (const { path, failure } of findFiles([folder], true)) {
		assert.equal(failure, undefined);
		found.push(path.slice(folder.length + 1));
	}
	return found;
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

/** Returns the files of a folder as an editor opens it, and as the index sees them. */
export function filesOpenedIn(folder: string): FileSystem {
	const reach = createReach({ folders: [URI.file(folder)], documents: [] });
	return filesWithin(nodeFileSystem, () => reach);
}
