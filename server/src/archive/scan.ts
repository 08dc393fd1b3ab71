import createIgnore, { type Ignore } from 'ignore';
import { type Kinds, NOTE_KINDS } from '../annotations/kinds.ts';
import { readSidecar } from '../annotations/sidecarFiles.ts';
import { isSidecar } from '../annotations/sidecarName.ts';
import { parseDocument } from '../article/article.ts';
import { DETECTION_LENGTH, detect } from '../article/detect.ts';
import { pushAll } from '../article/lists.ts';
import type { FileSystem } from '../platform.ts';
import { folderOf, joinUri, normalUri, pathOf } from '../util/uri.ts';
import { type IndexEntry, indexDocument, indexSidecar } from './entry.ts';
import type { Excludes } from './excludes.ts';

/** Bytes that hold as much as `detect` looks at, in UTF-8. */
const HEAD = 4 * DETECTION_LENGTH;

/** A larger file, in bytes, is not read; VS Code gives extensions none that is larger either. */
const LARGEST = 50 * 1024 * 1024;

/** Files of the kinds that lie beside articles and are never read as text: a client that shows files sends all of each. */
const MEDIA =
	/\.(?:avif|bmp|gif|heic|ico|jpe?g|jxl|png|svg|tiff?|webp|aac|flac|m4a|mp3|ogg|wav|avi|m4v|mkv|mov|mp4|webm|epub|gz|pdf|rar|tar|zip|7z)$/i;

/** Folders that hold nothing of the user's. */
const SKIPPED_FOLDERS: ReadonlySet<string> = new Set(['node_modules', '.git']);

/** A `.gitignore`, and the path of its folder with a slash at its end. */
interface Rules {
	readonly folder: string;
	readonly ignore: Ignore;
}

/** What is at a place that was looked at. */
export type Found =
	| { readonly kind: 'file'; readonly uri: string }
	/** A folder that may not be read, or is gone by now. */
	| { readonly kind: 'unreadable'; readonly uri: string };

/**
 * All files of a folder and of those in it, one after the other. What `.gitignore` files exclude is left out, so are
 * `node_modules`, `.git` and folders behind symbolic links, which may lead anywhere, also back.
 *
 * @param folder URI of a folder in the archive
 * @param excludes what else is left out
 */
export async function* findFiles(folder: string, files: FileSystem, excludes: Excludes): AsyncGenerator<Found> {
	const above = await rulesAbove(folder, files);
	const stack: { uri: string; rules: readonly Rules[] }[] = above ? [{ uri: normalUri(folder), rules: above }] : [];
	for (let next = stack.pop(); next; next = stack.pop()) {
		const { uri, rules } = next;
		const entries = await files.readDirectory(uri);
		if (!entries) {
			yield { kind: 'unreadable', uri };
			continue;
		}
		const hasOwn = entries.some(entry => entry.name === '.gitignore' && entry.type === 'file');
		const own = hasOwn ? [...rules, ...(await readRules(uri, files))] : rules;
		for (const { name, type } of [...entries].sort((a, b) => (a.name < b.name ? -1 : 1))) {
			const inner = joinUri(uri, name);
			const path = pathOf(inner);
			if (excludes(path, type === 'directory') || isIgnored(own, path, type === 'directory')) continue;
			if (type === 'file') yield { kind: 'file', uri: inner };
			else if (type === 'directory' && !SKIPPED_FOLDERS.has(name)) stack.push({ uri: inner, rules: own });
		}
	}
}

/** Whether a file lies where `findFiles` would not look for it, as far as can be told from its path. */
export function isSkipped(uri: string): boolean {
	return pathOf(uri)
		.split('/')
		.some(name => SKIPPED_FOLDERS.has(name));
}

/** Whether the `.gitignore` files at and above a file exclude it, or something else does. */
export async function isExcluded(uri: string, files: FileSystem, excludes: Excludes): Promise<boolean> {
	const path = pathOf(uri);
	if (excludes(path, false)) return true;
	const rules = await rulesAbove(uri, files);
	return rules === undefined || isIgnored(rules, path, false);
}

/**
 * The `.gitignore` files above a file or folder, outermost first, up to its repository's root or what is open; none outside a
 * repository.
 *
 * @returns `undefined` where they exclude a folder on the way
 */
async function rulesAbove(target: string, files: FileSystem): Promise<readonly Rules[] | undefined> {
	const folders: string[] = [];
	const start = normalUri(target);
	for (let at = start; ; at = folderOf(at)) {
		if (at !== start) folders.unshift(at);
		if ((await files.stat(joinUri(at, '.git'))) !== undefined) break;
		if (folderOf(at) === at) return [];
	}
	const rules: Rules[] = [];
	for (const folder of folders) {
		if (isIgnored(rules, pathOf(folder), true)) return undefined;
		pushAll(rules, await readRules(folder, files));
	}
	return rules;
}

async function readRules(folder: string, files: FileSystem): Promise<readonly Rules[]> {
	const bytes = await files.readFile(joinUri(folder, '.gitignore'));
	if (!bytes) return [];
	return [{ folder: withSlash(pathOf(folder)), ignore: createIgnore().add(new TextDecoder().decode(bytes)) }];
}

function withSlash(path: string): string {
	return path.endsWith('/') ? path : `${path}/`;
}

/** Whether a path is excluded; the rules nearest to it decide. */
function isIgnored(rules: readonly Rules[], path: string, isFolder: boolean): boolean {
	for (let at = rules.length - 1; at >= 0; at--) {
		const { folder, ignore } = rules[at] as Rules;
		const name = path.slice(folder.length);
		if (name === '') continue;
		const { ignored, unignored } = ignore.test(isFolder ? `${name}/` : name);
		if (ignored || unignored) return ignored;
	}
	return false;
}

/**
 * Reads a file for the index; of one that is no article, list or sidecar no more than its start, of pictures and the like nothing.
 *
 * @param root URI of the archive's root
 * @param kinds the kinds of note that the archive has
 * @returns `undefined` for a file that does not belong into the index or is gone
 */
export async function readEntry(
	uri: string,
	root: string,
	files: FileSystem,
	kinds: Kinds = NOTE_KINDS,
): Promise<IndexEntry | undefined> {
	if (isSidecar(uri)) {
		const sidecar = await readSidecar(uri, files);
		return sidecar && indexSidecar(uri, sidecar);
	}
	const text = await readArchived(uri, files);
	return text === undefined ? undefined : indexDocument(normalUri(uri), root, parseDocument(text), kinds);
}

/** The text of an article or list; of any other file no more than its start is read, and nothing is returned. */
export async function readArchived(uri: string, files: FileSystem): Promise<string | undefined> {
	if (MEDIA.test(uri)) return undefined;
	const head = await files.readHead(uri, HEAD + 1);
	if (!head) return undefined;
	const start = new TextDecoder().decode(head);
	if (!detect(start)) return undefined;
	if (head.length <= HEAD) return start;
	const stat = await files.stat(uri);
	if (!stat || stat.size > LARGEST) return undefined;
	const bytes = await files.readFile(uri);
	return bytes && new TextDecoder().decode(bytes);
}
