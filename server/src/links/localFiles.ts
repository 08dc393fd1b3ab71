import type { Article } from '../article/article.ts';
import type { FileStat, FileSystem } from '../platform.ts';
import { folderOf } from '../util/uri.ts';
import { localUri, looksLocal, namesMachine } from './local.ts';
import type { ReadPictureFile } from './pictureFile.ts';
import { MAX_POINTER_BYTES, type Pointer } from './pointerFile.ts';

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
	/** Set where it only says who keeps the picture. */
	readonly pointer?: Pointer;
}

/** Tells of the file that a relative address names; `undefined` for an address that names none. */
export type LocalFiles = (value: string) => LocalFile | undefined;

/**
 * Looks up the files that the images and links of an article may name, each once.
 *
 * @param pictures reads the size of those whose size is declared, and files that are so small that they may be pointers; without it
 * nobody looks
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
	/** What is done with each address: that of an image that declares its size is compared with the file's. */
	const values = new Map<string, 'link' | 'image' | 'sized image'>();
	for (const { source, width, height } of article.images) {
		if (!source || !(localUri(uri, source.value) ?? namesMachine(source.value))) continue;
		const isSized = (width !== undefined && height !== undefined) || values.get(source.value) === 'sized image';
		values.set(source.value, isSized ? 'sized image' : 'image');
	}
	for (const { href } of article.links) {
		if (!href || values.has(href.value)) continue;
		if (!/^\s*[a-z]+:/i.test(href.value) || namesMachine(href.value)) values.set(href.value, 'link');
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
