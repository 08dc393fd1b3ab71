import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { FileSystem } from '../platform.ts';
import type { Platform } from '../service.ts';
import { cacheFolder } from './cacheFolder.ts';
import { nodeFileSystem } from './fileSystem.ts';
import { nodeNetwork } from './network.ts';
import { userName } from './userName.ts';

/** The rule documentation, at the same relative path in the extension and in the repository. */
const RULE_PAGES = new URL('../../docs/rules/', import.meta.url);

/** The files that contain the engine: the bundle next to this one, if there is one, and this file. */
const BUNDLES = ['./engine.cjs', import.meta.url].map(path => new URL(path, import.meta.url)).filter(existsSync);

/** The platform in Node. */
export const nodePlatform: Platform = {
	files: nodeFileSystem,
	now: Date.now,
	userName,
	async indexCache() {
		const folder = await cacheFolder();
		// Each build of the engine has its own cache.
		const built = await Promise.all(BUNDLES.map(bundle => stat(bundle)));
		return folder === undefined
			? undefined
			: { folder, files: nodeFileSystem, build: built.map(({ mtimeMs }) => mtimeMs).join(' ') };
	},
	network: nodeNetwork,
	...(existsSync(RULE_PAGES) ? { rulePages: RULE_PAGES.href } : {}),
};

/** The platform in Node, with another file system for URIs that are not local. */
export function nodePlatformWith(others: FileSystem): Platform {
	const of = (uri: string): FileSystem => (uri.startsWith('file:') ? nodeFileSystem : others);
	return {
		...nodePlatform,
		files: {
			stat: uri => of(uri).stat(uri),
			readHead: (uri, length) => of(uri).readHead(uri, length),
			readFile: uri => of(uri).readFile(uri),
			readDirectory: uri => of(uri).readDirectory(uri),
			readLink: async uri => of(uri).readLink?.(uri),
			update: (uri, change) => of(uri).update(uri, change),
		},
	};
}
