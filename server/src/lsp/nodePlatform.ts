import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Platform } from '../service.ts';
import { cacheFolder } from './nodeCacheFolder.ts';
import { nodeFileSystem } from './nodeFileSystem.ts';
import { userName } from './nodeUserName.ts';

/** The pages of the rules as they lie beside the bundle in the extension and in the repository. */
const RULE_PAGES = new URL('../../docs/rules/', import.meta.url);

/** This file, or the bundle that it is part of. */
const BUNDLE = new URL(import.meta.url);

/** What Node gives the engine. */
export const nodePlatform: Platform = {
	files: nodeFileSystem,
	now: Date.now,
	userName,
	async indexCache() {
		const folder = await cacheFolder();
		// Every build of the engine is a file of its own.
		return folder === undefined ? undefined : { folder, build: String((await stat(BUNDLE)).mtimeMs) };
	},
	...(existsSync(RULE_PAGES) ? { rulePages: RULE_PAGES.href } : {}),
};
