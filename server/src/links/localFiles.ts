import type { Article } from '../article/article.ts';
import { getAttribute, type Node } from '../article/node.ts';
import { LINK } from '../article/traits.ts';
import { nodesThat } from '../article/tree.ts';
import type { FileStat, FileSystem } from '../platform.ts';
import { folderOf } from '../util/uri.ts';
import { localUri, looksLocal, namesMachine } from './localUri.ts';
import type { ReadPictureFile } from './pictureFile.ts';
import { MAX_POINTER_BYTES, type Pointer } from './pointerFile.ts';
import { startsWithHttp } from './resolve.ts';

/** A local file that a URL may mean. */
export interface LocalFile {
	readonly uri: string;
	readonly exists: boolean;
	/** Whether the URL means a local file: the file exists, or the folder that the URL names does. */
	readonly meant: boolean;
	/** Set for a file outside the archive, which is not looked up. */
	readonly outside?: true;
	/** The displayed size of an image in pixels; absent if the file is not an image, cannot be read, or was not read. */
	readonly width?: number;
	readonly height?: number;
	/** Set if the file is a pointer to content that was not fetched. */
	readonly pointer?: Pointer;
}

/** Returns the local file that a URL may mean; `undefined` for a URL that cannot mean one. */
export type LocalFiles = (value: string) => LocalFile | undefined;

/**
 * Looks up the local files that the images and links of an article may mean, each once.
 *
 * @param pictures reads images whose size the article declares, and files so small that they may be pointers; if absent, no file is read
 */
export async function lookUpLocalFiles(
	uri: string,
	article: Article,
	files: Pick<FileSystem, 'stat'>,
	pictures?: ReadPictureFile,
): Promise<LocalFiles> {
	const stats = new Map<string, Promise<FileStat | undefined>>();
	const stat = (target: string): Promise<FileStat | undefined> => {
		let answer = stats.get(target);
		if (!answer) {
			answer = files.stat(target);
			stats.set(target, answer);
		}
		return answer;
	};
	const known = new Map<string, LocalFile | undefined>();
	/** The use of each URL. The declared size of a sized image is compared with that of the file. */
	const values = new Map<string, 'link' | 'image' | 'sized image'>();
	for (const { source, width, height } of article.images) {
		if (!source || isElsewhere(source.value) || !(localUri(uri, source.value) ?? namesMachine(source.value))) continue;
		const isSized = (width !== undefined && height !== undefined) || values.get(source.value) === 'sized image';
		values.set(source.value, isSized ? 'sized image' : 'image');
	}
	for (const index of nodesThat(article.body, LINK, mayLeadToFile)) {
		const href = getAttribute(article.nodes[index] as Node, 'href') as string;
		if (!values.has(href)) values.set(href, 'link');
	}
	const look = async ([value, use]: readonly [string, 'link' | 'image' | 'sized image']): Promise<void> => {
		const file = await lookUpLocalFile(uri, value, { stat });
		const found = file?.exists && use !== 'link' ? await stat(file.uri) : undefined;
		const isRead = use === 'sized image' || (found && found.size < MAX_POINTER_BYTES);
		const picture = file && found && isRead ? await pictures?.(file.uri, found) : undefined;
		const pointer = picture?.pointer && { pointer: picture.pointer };
		known.set(value, file && { ...file, ...picture?.facts?.size, ...pointer });
	};
	await Promise.all([...values].map(look));
	return value => (isElsewhere(value) ? undefined : known.get(value));
}

/** Whether a URL obviously means no local file: something on the web, another place in the page, or one on its site. */
function isElsewhere(value: string): boolean {
	return startsWithHttp(value) || value.startsWith('#') || value.startsWith('/');
}

function mayLeadToFile(link: Node): boolean {
	const href = getAttribute(link, 'href');
	return href !== undefined && !isElsewhere(href) && (!/^\s*[a-z]+:/i.test(href) || namesMachine(href));
}

/** Looks up the local file that a URL in a document may mean; `undefined` for a URL that cannot mean one. */
export async function lookUpLocalFile(
	uri: string,
	value: string,
	files: Pick<FileSystem, 'stat'>,
): Promise<LocalFile | undefined> {
	const target = localUri(uri, value);
	const elsewhere = { uri: target ?? value.trim(), exists: false, meant: false, outside: true } as const;
	if (target === undefined) return namesMachine(value) ? elsewhere : undefined;
	const type = (await files.stat(target))?.type;
	if (type === 'outside') return elsewhere;
	const exists = type === 'file';
	const meant = exists || (looksLocal(value) && (await files.stat(folderOf(target)))?.type === 'directory');
	return { uri: target, exists, meant };
}
