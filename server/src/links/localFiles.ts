import type { Article } from '../article/article.ts';
import type { FileStat, FileSystem } from '../platform.ts';
import { folderOf } from '../util/uri.ts';
import { localUri, looksLocal, namesMachine } from './local.ts';
import type { Pictures } from './pictureFile.ts';

/** What is known of a local file. */
export interface LocalFile {
	readonly uri: string;
	readonly exists: boolean;
	/** Whether the address was meant for a file here: it is one, or the folder that it names is there. */
	readonly meant: boolean;
	/** Set where it lies outside the archive, where nobody looks. */
	readonly outside?: true;
	/** The size in pixels of a picture, as it is shown; absent where the file is none, cannot be read, or nobody looked. */
	readonly width?: number;
	readonly height?: number;
}

/** Tells of the file that a relative address names; `undefined` for an address that names none. */
export type LocalFiles = (value: string) => LocalFile | undefined;

/**
 * Looks up the files that the images and links of an article may name, each once.
 *
 * @param pictures reads the size of those whose size is declared; without it nobody looks
 */
export async function lookUpLocalFiles(
	uri: string,
	article: Article,
	files: Pick<FileSystem, 'stat'>,
	pictures?: Pictures,
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
	/** Whether each address stands in an image that declares its size, which is then compared with the file's. */
	const values = new Map<string, boolean>();
	for (const { source, width, height } of article.images) {
		if (!source || !(localUri(uri, source.value) ?? namesMachine(source.value))) continue;
		values.set(source.value, values.get(source.value) || (width !== undefined && height !== undefined));
	}
	for (const { href } of article.links) {
		if (!href || values.has(href.value)) continue;
		if (!/^\s*[a-z]+:/i.test(href.value) || namesMachine(href.value)) values.set(href.value, false);
	}
	const look = async ([value, sized]: readonly [string, boolean]): Promise<void> => {
		const file = await lookUpLocalFile(uri, value, { stat });
		const picture = file?.exists && sized ? await pictures?.(file.uri, await stat(file.uri)) : undefined;
		known.set(value, file && { ...file, ...picture?.facts?.size });
	};
	await Promise.all([...values].map(look));
	return value => known.get(value);
}

/** Looks up the file that an address in a document may name; `undefined` for an address that names none. */
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
