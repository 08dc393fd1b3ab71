import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { FileSystem } from '../platform.ts';
import type { Platform } from '../service.ts';
import { cacheFolder } from './cacheFolder.ts';
import { nodeFileSystem } from './fileSystem.ts';
import { nodeNetwork } from './network.ts';
import { userName } from './userName.ts';

/** The pages of the rules as they lie beside the bundle in the extension and in the repository. */
const RULE_PAGES = new URL('../../docs/rules/', import.meta.url);

/** What the engine is built into: the bundle beside this one, if there is one, and this one, or this file. */
const BUNDLES = ['./engine.cjs', import.meta.url].map(path => new URL(path, import.meta.url)).filter(existsSync);

/** What Node gives the engine. */
export const nodePlatform: Platform = {
	files: nodeFileSystem,
	now: Date.now,
	userName,
	async indexCache() {
		const folder = await cacheFolder();
		// Every build of the engine is a file of its own.
		const built = await Promise.all(BUNDLES.map(bundle => stat(bundle)));
		return folder === undefined
			? undefined
			: { folder, files: nodeFileSystem, build: built.map(({ mtimeMs }) => mtimeMs).join(' ') };
	},
	network: nodeNetwork,
	...(existsSync(RULE_PAGES) ? { rulePages: RULE_PAGES.href } : {}),
};

/** What Node gives the engine, with files of others for addresses that are none of this machine. */
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
