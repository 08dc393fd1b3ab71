import type { FileSystem } from '../platform.ts';
import { baseName, withoutExtension } from '../util/path.ts';
import { folderOf, isBelow, joinUri, normalUri, pathBelow } from '../util/uri.ts';
import type { Archive } from './archive.ts';

/** Folders that hold pictures in archives that have none yet, in the order in which they are looked for. */
const USUAL = ['pictures', 'images', 'img', 'assets', 'media'];

/** How many of the possible folders are looked up. */
const MOST_LOOKED_UP = 20;

/** Stand for the name of the article without its extension, and for the name of its folder. */
const ARTICLE = '\0article';
const FOLDER = '\0folder';

/** A place for pictures relative to an article, as the path with `ARTICLE` and `FOLDER`, and who keeps pictures there. */
interface Habit {
	readonly path: string;
	/** A folder where it was seen. */
	readonly seen: string;
	/** How often: the images of the article itself, those of the articles next to it, and the folders with other articles that do so. */
	readonly counts: [own: number, near: number, far: number];
	/** The folders with other articles that do so. */
	readonly folders: Set<string>;
}

/**
 * Returns the folder for the pictures of an article, as a URI: where the article keeps its own, else where the articles next to it do, else where
 * others do. Without any, a folder with a usual name, next to the article or at the root; otherwise `pictures` next to the article.
 *
 * @param uri the article, below the root of the archive
 */
export async function pictureFolder(
	uri: string,
	archive: Pick<Archive, 'root' | 'entries'>,
	files: Pick<FileSystem, 'stat'>,
): Promise<string> {
	const isFolder = async (folder: string): Promise<boolean> => (await files.stat(folder))?.type === 'directory';
	for (const { path, seen } of habits(normalUri(uri), archive).slice(0, MOST_LOOKED_UP)) {
		const folder = joinUri(folderOf(uri), filled(path, archive.root, normalUri(uri)));
		// A relative URL in an article usually means a page of its source, where there is no such folder here.
		if ((folder === archive.root || isBelow(folder, archive.root)) && (await isFolder(seen))) return folder;
	}
	for (const above of [folderOf(uri), archive.root])
		for (const name of USUAL) if (await isFolder(joinUri(above, name))) return joinUri(above, name);
	return joinUri(folderOf(uri), USUAL[0] as string);
}

/** Returns the habits of an archive, the most relevant to an article first. */
function habits(uri: string, { root, entries }: Pick<Archive, 'root' | 'entries'>): readonly Habit[] {
	const found = new Map<string, Habit>();
	const own = folderOf(uri);
	for (const entry of entries()) {
		if (entry.kind !== 'article' || entry.images.length === 0) continue;
		const nearness = entry.uri === uri ? 0 : folderOf(entry.uri) === own ? 1 : 2;
		for (const { targets } of entry.images) {
			const target = targets.find(one => isBelow(one, root));
			if (target === undefined) continue;
			const seen = folderOf(target);
			const path = relativePath(entry.uri, seen, root);
			const habit = found.get(path) ?? { path, seen, counts: [0, 0, 0], folders: new Set() };
			// One source may keep its pictures with another, often; what many sources do is what the archive does.
			if (nearness < 2) habit.counts[nearness]++;
			else habit.counts[2] = habit.folders.add(folderOf(entry.uri)).size;
			found.set(path, habit);
		}
	}
	const difference = (a: Habit, b: Habit, nearness: 0 | 1 | 2): number => b.counts[nearness] - a.counts[nearness];
	return [...found.values()].sort((a, b) => difference(a, b, 0) || difference(a, b, 1) || difference(a, b, 2));
}

/** Returns the path from the folder of an article to a folder, with names that come from the article replaced. */
function relativePath(article: string, folder: string, root: string): string {
	const above = segments(root, folderOf(article));
	const steps = segments(root, folder);
	const { name, folderName } = namesOf(article, root);
	let same = 0;
	while (same < Math.min(above.length, steps.length) && above[same] === steps[same]) same++;
	const down = steps.slice(same).map(step => {
		if (name !== '' && step.startsWith(name) && !/^\w/.test(step.slice(name.length)))
			return ARTICLE + step.slice(name.length);
		return step === folderName ? FOLDER : step;
	});
	return [...above.slice(same).map(() => '..'), ...down].join('/');
}

function filled(path: string, root: string, article: string): string {
	const { name, folderName } = namesOf(article, root);
	return path.replaceAll(ARTICLE, () => name).replaceAll(FOLDER, () => folderName);
}

function namesOf(article: string, root: string): { readonly name: string; readonly folderName: string } {
	const path = pathBelow(root, article) ?? '';
	return { name: withoutExtension(baseName(path)), folderName: path.split('/').at(-2) ?? '' };
}

function segments(root: string, folder: string): readonly string[] {
	return folder === root ? [] : (pathBelow(root, folder)?.split('/') ?? []);
}
