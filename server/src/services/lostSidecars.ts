import type { SidecarFile } from '../annotations/sidecarFiles.ts';
import { articleOf, sidecarOf } from '../annotations/sidecarName.ts';
import { readThreads } from '../annotations/threads.ts';
import type { Archive } from '../archive/archive.ts';
import { articleIn, type IndexEntry } from '../archive/entry.ts';
import { findMoved, type LostFile, type MovedFile } from '../archive/findMoved.ts';
import { identityKeys, keysOfArticle } from '../archive/identity.ts';
import { decode } from '../archive/readText.ts';
import { parseArticle } from '../article/article.ts';
import type { FileSystem } from '../platform.ts';
import type { MovedArticle } from '../rules/annotation/orphan.ts';
import type { StraySidecar } from '../rules/rule.ts';
import { folderOf, normalUri, pathBelow } from '../util/uri.ts';

/** The most articles that are read to find the words of notes, and that are offered. */
const MOST_READ = 500;
const MOST_OFFERED = 3;

/** The most quotes that are looked for, and how long one must be. A Chinese character counts as three. */
const MOST_QUOTES = 5;
const LONG_QUOTE = 18;

/** Sidecars whose article was moved without them. */
export interface LostSidecars {
	/** Returns the articles that a sidecar may belong to now, the likeliest first. */
	articlesFor(sidecar: SidecarFile, article: string): Promise<readonly MovedArticle[]>;
	/** Returns the sidecars without an article that may belong to an article. */
	straysOf(article: string, archive: Archive | undefined): Promise<readonly StraySidecar[]>;
}

/**
 * Connects sidecars and articles that were separated.
 *
 * @param archiveOf the archive of a file, if all of it has been read
 */
export function createLostSidecars(
	files: Pick<FileSystem, 'stat' | 'readFile'>,
	archiveOf: (uri: string) => Promise<Archive | undefined>,
): LostSidecars {
	/** Returns the URI of the sidecar that an article would have, unless it has one. */
	const freeFor = async (article: string): Promise<string | undefined> => {
		const sidecar = sidecarOf(article);
		return sidecar === undefined || (await files.stat(sidecar)) ? undefined : sidecar;
	};
	/** Returns the articles in the folder of a sidecar that contain the words of its notes. */
	const withQuotes = async (sidecar: SidecarFile, { entries }: Archive): Promise<readonly MovedFile[]> => {
		const quotes = quotesOf(sidecar);
		if (quotes.length === 0) return [];
		const folder = folderOf(normalUri(sidecar.uri));
		const near = [...entries()].filter(({ uri, kind }) => kind === 'article' && folderOf(uri) === folder);
		const found: MovedFile[] = [];
		for (const { uri } of near.slice(0, MOST_READ)) {
			const bytes = await files.readFile(uri);
			const text = bytes && parseArticle(decode(bytes).text).content.value;
			if (text && quotes.every(quote => text.includes(quote))) found.push({ uri, certain: false });
		}
		return found.slice(0, MOST_OFFERED);
	};
	const exists = async (uri: string): Promise<boolean> => (await files.stat(uri)) !== undefined;
	return {
		async articlesFor(sidecar, article) {
			const archive = await archiveOf(sidecar.uri);
			if (!archive) return [];
			const { root } = archive;
			const found = findMoved(lostBy(article, articleIn(sidecar)), archive);
			const named = found.filter(({ uri }) => archive.entry(uri)?.kind === 'article');
			const articles = named.length > 0 ? named : await withQuotes(sidecar, archive);
			return Promise.all(
				articles.map(async one => ({
					...one,
					path: pathBelow(root, one.uri) ?? one.uri,
					free: await freeFor(one.uri),
				})),
			);
		},
		async straysOf(article, archive) {
			const uri = normalUri(article);
			if (!archive?.isComplete || archive.strays.size === 0) return [];
			const entry = archive.entry(uri);
			if (entry?.kind !== 'article') return [];
			const strays: StraySidecar[] = [];
			for (const sidecar of sidecarsLike(entry, archive)) {
				const { notes, about } = archive.entry(sidecar) ?? {};
				const lost = articleOf(sidecar);
				if (lost === undefined || notes?.length === 0 || (await exists(lost))) continue;
				const found = findMoved(lostBy(lost, about), archive).find(one => one.uri === uri);
				if (!found) continue;
				const path = pathBelow(archive.root, sidecar) ?? sidecar;
				strays.push({
					uri: sidecar,
					path,
					notes: notes?.length ?? 0,
					certain: found.certain,
					free: await freeFor(uri),
				});
			}
			return strays;
		},
	};
}

/** Returns the longest quotes of notes, if they are long enough to be found by. */
function quotesOf(sidecar: SidecarFile): readonly string[] {
	const all = readThreads(sidecar).map(({ quote }) => quote?.exact ?? '');
	const weight = (quote: string): number => quote.length + 2 * (quote.match(/\p{Script=Han}/gu)?.length ?? 0);
	return all
		.filter(quote => weight(quote) >= LONG_QUOTE)
		.sort((a, b) => b.length - a.length)
		.slice(0, MOST_QUOTES);
}

function lostBy(article: string, about: IndexEntry['about']): LostFile {
	return { uri: normalUri(article), title: about?.title, source: about?.source };
}

/** Returns the sidecars with something in common with an article. */
function sidecarsLike({ uri, title, source }: IndexEntry, archive: Archive): ReadonlySet<string> {
	const keys = [...keysOfArticle(uri, title?.value), ...(source ? [source.key] : [])];
	const found = keys.flatMap(key => [...archive.identified(identityKeys.sidecar(key))]).sort();
	const own = sidecarOf(uri);
	return new Set(found.filter(sidecar => sidecar !== own && archive.strays.has(sidecar)));
}
