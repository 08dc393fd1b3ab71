import { existsSync } from 'node:fs';
import type { Platform } from '../service.ts';
import { nodeFileSystem } from './nodeFileSystem.ts';
import { userName } from './nodeUserName.ts';

/** The pages of the rules as they lie beside the bundle in the extension and in the repository. */
const RULE_PAGES = new URL('../../docs/rules/', import.meta.url);

/** What Node gives the engine. */
export const nodePlatform: Platform = {
	files: nodeFileSystem,
	now: Date.now,
	userName,
	...(existsSync(RULE_PAGES) ? { rulePages: RULE_PAGES.href } : {}),
};
