import type { Article } from '../article/article.ts';
import type { FileStat, FileSystem } from '../platform.ts';
import { folderOf, localUri, namesFolder } from './local.ts';

/** What is known of a local file. */
export interface LocalFile {
	readonly uri: string;
	readonly exists: boolean;
	/** Whether the address was meant for a file here: it is one, or the folder that it names is there. */
	readonly meant: boolean;
}

/** Tells of the file that a relative address names; `undefined` for an address that names none. */
export type LocalFiles = (value: string) => LocalFile | undefined;

/** Looks up the files that the images of an article may name, each once. */
export async function lookUpLocalFiles(uri: string, article: Article, files: FileSystem): Promise<LocalFiles> {
	const stats = new Map<string, Promise<FileStat | undefined>>();
	const stat = (target: string): Promise<FileStat | undefined> => {
		let answer = stats.get(target);
		if (!answer) {
			answer = files.stat(target);
			stats.set(target, answer);
		}
		return answer;
	};
	const known = new Map<string, LocalFile>();
	const look = async (value: string): Promise<void> => {
		const target = localUri(uri, value);
		if (target === undefined) return;
		const exists = (await stat(target))?.type === 'file';
		const meant = exists || (namesFolder(value) && (await stat(folderOf(target)))?.type === 'directory');
		known.set(value, { uri: target, exists, meant });
	};
	const values = new Set(article.images.map(image => image.source?.value).filter(value => value !== undefined));
	await Promise.all([...values].map(look));
	return value => known.get(value);
}
