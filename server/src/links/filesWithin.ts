import { URI } from 'vscode-uri';
import type { FileStat, FileSystem, FolderEntry } from '../platform.ts';
import { joinUri, normalUri } from '../util/uri.ts';
import { type FileAddress, isMisleading, type Reach } from './reach.ts';

/** The stat of a file outside the reach; see `FileStat`. */
const OUTSIDE: FileStat = { type: 'outside', size: 0, modified: 0 };

/** How many symbolic links are followed at most, as on Linux. */
const MOST_LINKS = 40;

/** The reach of owners without open folders or documents: all plain files of this machine. */
export const ANYWHERE: Reach = {
	roots: [],
	rootOf: file => (isMisleading(file.path) || (file.scheme === 'file' && file.authority !== '') ? undefined : file),
};

/** The real place of a file. */
interface Place {
	/** `undefined` outside the reach. */
	readonly uri: string | undefined;
	/** The last symbolic link on the way, and its target. */
	readonly link?: { readonly from: FileAddress; readonly to: FileAddress };
	/** The target, if the file itself is a symbolic link. */
	readonly target?: FileAddress;
}

/**
 * Restricts a file system to the reach. Files outside are never looked up, read or written, and neither are targets of symbolic links
 * outside: `stat` returns `outside`. Nothing is written through a symbolic link to a file.
 */
export function filesWithin(files: FileSystem, reach: () => Reach): FileSystem {
	/** Look-ups of links in progress, shared because many files are looked up at once, in a few folders. */
	const asked = new Map<string, Promise<string | undefined>>();
	const readLink = async (uri: string): Promise<string | undefined> => {
		let answer = asked.get(uri);
		if (!answer) {
			answer = files.readLink?.(uri) ?? Promise.resolve(undefined);
			asked.set(uri, answer);
			const done = (): boolean => asked.delete(uri);
			answer.then(done, done);
		}
		return answer;
	};
	/** Finds the first symbolic link between a root and a file in it. */
	const firstLink = async (
		file: URI,
		root: FileAddress,
	): Promise<{ from: URI; to: FileAddress; rest: string } | undefined> => {
		if (!files.readLink) return undefined;
		const { path } = file;
		for (let end = root.path.length; end < path.length; ) {
			const next = path.indexOf('/', end + 1);
			end = next === -1 ? path.length : next;
			const from = file.with({ path: path.slice(0, end) });
			const to = await readLink(from.toString());
			if (to !== undefined) return { from, to: parseFileUri(to) ?? NOWHERE, rest: path.slice(end) };
		}
		return undefined;
	};
	const locate = async (uri: string): Promise<Place> => {
		let file = parseFileUri(uri);
		let place: Omit<Place, 'uri'> = {};
		for (let links = 0; file && links <= MOST_LINKS; links++) {
			const root = reach().rootOf(file);
			if (!root) break;
			const link = await firstLink(file, root);
			if (!link) return { ...place, uri: links === 0 ? normalUri(uri) : file.toString() };
			const { from, to, rest } = link;
			place = { ...place, link, ...(rest === '' && !place.target ? { target: to } : {}) };
			file = from.with({ ...to, path: to.path + rest });
		}
		return { ...place, uri: undefined };
	};
	const read = async <T>(uri: string, reading: (uri: string) => Promise<T | undefined>): Promise<T | undefined> => {
		const place = await locate(uri);
		return place.uri === undefined ? undefined : reading(place.uri);
	};
	const stat = async (uri: string): Promise<FileStat | undefined> => {
		const place = await locate(uri);
		return place.uri === undefined ? OUTSIDE : files.stat(place.uri);
	};
	return {
		stat,
		readHead: (uri, length) => read(uri, place => files.readHead(place, length)),
		readFile: uri => read(uri, place => files.readFile(place)),
		async readDirectory(uri) {
			const entries = await read(uri, place => files.readDirectory(place));
			if (!entries) return undefined;
			const found = entries.map(async (entry): Promise<FolderEntry | undefined> => {
				if (entry.type !== 'link') return entry;
				const behind = await stat(joinUri(uri, entry.name));
				return behind?.type === 'file' ? { name: entry.name, type: 'file' } : undefined;
			});
			return (await Promise.all(found)).filter(entry => entry !== undefined);
		},
		async readLink(uri) {
			const { target } = await locate(uri);
			return target && URI.from(target).toString();
		},
		async update(uri, change) {
			const { uri: target, link, target: behind } = await locate(uri);
			const refuse = (reason: string) => ({ kind: 'refused', reason }) as const;
			if (behind)
				return refuse(`is a symbolic link to ${behind.path}, and files are not written through symbolic links`);
			if (target !== undefined) return files.update(target, change);
			return refuse(
				link
					? `is behind the symbolic link ${link.from.path}, which points outside the archive, to ${link.to.path}`
					: 'is outside the archive',
			);
		},
	};
}

/** The target of a link that cannot be parsed. */
const NOWHERE: FileAddress = { scheme: '', authority: '', path: '', query: '' };

/** Parses a URI; `undefined` for an invalid one. Files are checked and then looked up by the same parsed URI. */
export function parseFileUri(uri: string): URI | undefined {
	try {
		return URI.parse(uri, true);
	} catch {
		return undefined;
	}
}
