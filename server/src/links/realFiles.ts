import type { FileSystem } from '../platform.ts';

/** Restricts a file system to URIs for which `isFile` is true. Others are never looked up, as if they did not exist. */
export function realFiles(files: FileSystem, isFile: (uri: string) => boolean): FileSystem {
	const ask = async <T>(uri: string, asking: () => Promise<T | undefined>): Promise<T | undefined> =>
		isFile(uri) ? asking() : undefined;
	return {
		...files,
		stat: uri => ask(uri, () => files.stat(uri)),
		readHead: (uri, length) => ask(uri, () => files.readHead(uri, length)),
		readFile: uri => ask(uri, () => files.readFile(uri)),
		readDirectory: uri => ask(uri, () => files.readDirectory(uri)),
		update: async (uri, change) =>
			isFile(uri)
				? files.update(uri, change)
				: { kind: 'refused', reason: 'is a version of a file, and cannot be written' },
	};
}
