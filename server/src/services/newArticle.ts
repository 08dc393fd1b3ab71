import type { CancellationToken } from 'vscode-languageserver';
import type { Archive } from '../archive/archive.ts';
import { fileArticle } from '../archive/filing.ts';
import { keyOfSource } from '../archive/head.ts';
import { encodesPaths, entryParts, insertEntry, type Listed, moreEntry } from '../archive/listEntry.ts';
import { FIRST_NAMES, nameOf } from '../archive/namePattern.ts';
import { decode } from '../archive/readText.ts';
import type { List } from '../article/list.ts';
import { toRange } from '../languageFeatures/position.ts';
import { type Snapshot, snapshotOf } from '../languageFeatures/snapshot.ts';
import { findArchiveRoot } from '../links/archiveRoot.ts';
import type { Clock, FileSystem } from '../platform.ts';
import type { NewArticle, NewArticleParams, NewEntry } from '../protocol/editing.ts';
import { localDay } from '../util/day.ts';
import { withoutExtension } from '../util/path.ts';
import { onOneLine } from '../util/text.ts';
import { isTimeZone } from '../util/timeZone.ts';
import { displayName, folderOf, isBelow, joinUri, normalFolder } from '../util/uri.ts';
import { publicationInUrl } from '../util/urlDay.ts';

/** Dependencies of `createNewArticles`. */
export interface NewArticlesOptions {
	readonly files: FileSystem;
	readonly now: Clock;
	/** The archive of a file, after it has been read. */
	readonly archiveOf: (uri: string, token: CancellationToken) => Promise<Archive | undefined>;
	/** The text of an open file, which takes precedence over the saved one. */
	readonly openText: (uri: string) => string | undefined;
	readonly workspaceFolder: (uri: string) => string | undefined;
}

/** Begins articles: says which file a new article belongs in, what it starts with, and what changes in the list of its source. */
export function createNewArticles(options: NewArticlesOptions) {
	const { files, now, archiveOf, openText, workspaceFolder } = options;

	const listAt = async (uri: string): Promise<(Snapshot & { readonly parsed: List }) | undefined> => {
		const open = openText(uri);
		const saved = open === undefined ? await files.readFile(uri) : undefined;
		const decoded = saved && decode(saved);
		const text = open ?? (decoded?.encoding === undefined ? undefined : decoded.text);
		if (text === undefined || (await files.readLink?.(uri)) !== undefined) return undefined;
		const snapshot = snapshotOf(uri, text);
		return snapshot.parsed.kind === 'list' ? (snapshot as Snapshot & { readonly parsed: List }) : undefined;
	};
	/** The change of the list of a folder, which may have to be created as the others are. */
	const entryIn = async (uri: string | undefined, archive: Archive, article: Listed): Promise<NewEntry | undefined> => {
		if (uri !== undefined) {
			const list = await listAt(uri);
			if (!list) return { uri, refusal: 'it cannot be read as a list' };
			if (list.parsed.conflicts.length > 0) return { uri, refusal: 'it has an unresolved merge conflict' };
			const insertion = insertEntry(uri, list.parsed, archive, article);
			if (!insertion) return undefined;
			const { offset, text: newText } = insertion;
			return { uri, edit: { range: toRange(list, { start: offset, end: offset }), newText } };
		}
		const others = [...archive.entries()].filter(({ kind }) => kind === 'list');
		const model = others.sort((a, b) => b.links.length - a.links.length)[0];
		const list = model && (await listAt(model.uri));
		if (!list) return undefined;
		const folder = folderOf(article.uri);
		const title = displayName(folder);
		const made = joinUri(folderOf(model.uri), `${title}.md`);
		if (await files.stat(made)) return undefined;
		const { date, label, path } = entryParts(article, archive.root, encodesPaths(list.parsed.entries));
		const more = moreEntry(model.uri, list.parsed, archive, folder);
		return {
			uri: made,
			text: `${title}\n------\n\n${date}[${label}](${path})\n${more === undefined ? '' : `\n${more}\n`}`,
		};
	};

	return async (
		{ folder, source, title = '', timeZone }: NewArticleParams,
		token: CancellationToken,
	): Promise<NewArticle> => {
		const near = normalFolder(folder);
		const zone = isTimeZone(timeZone) ? timeZone : undefined;
		const day = (time: number): string => localDay(new Date(time).toISOString(), zone);
		const page = source !== undefined && URL.canParse(source) ? pageOf(source) : undefined;
		const filed = now();
		const inUrl = page === undefined ? undefined : publicationInUrl(page, filed);
		// Of an article of today, the time is about that of its filing.
		const published = inUrl && inUrl.day !== day(filed) ? Math.min(inUrl.noon, filed) : filed;
		const named = { title: onOneLine(title), source: page, published, ...(inUrl ? { day: inUrl.day } : {}) };
		const text = `<!--${published}-->\n[${named.title}](${page ?? onOneLine(source ?? '')})\n------\n\n<p></p>\n`;
		const probe = joinUri(near, 'new.md');
		const archive = await archiveOf(probe, token);
		if (!archive || (archive.size === 0 && (await findArchiveRoot(probe, files)) === undefined))
			return { name: nameOf(FIRST_NAMES, named, '', day), text, copies: [] };
		const copies = archive.copiesOf(keyOfSource(page) ?? '');
		const filing = fileArticle(archive, named, near, day);
		const open = normalFolder(workspaceFolder(probe) ?? archive.root);
		const isOpen = filing.folder === open || isBelow(filing.folder, open);
		// A folder can be a symbolic link.
		const isReached = async (one: string): Promise<boolean> => (await files.stat(one))?.type !== 'outside';
		const place = isOpen && (await isReached(filing.folder)) ? filing.folder : near;
		if (!(await isReached(place))) return { name: filing.name, text, copies };
		const name = await freeName(place, filing.name, files);
		const uri = joinUri(place, name);
		const listed = { uri, title: named.title || withoutExtension(name), published };
		const list = await entryIn(filing.list, archive, listed);
		return { uri, name, text, copies, ...(list ? { list } : {}) };
	};
}

/** The URL of a page, without what one logs in with: the article will be shared. */
function pageOf(source: string): string {
	const url = new URL(source);
	[url.username, url.password] = ['', ''];
	return url.href;
}

/** The name of a file, with a number if there is such a file, in whatever case. */
async function freeName(folder: string, name: string, files: FileSystem): Promise<string> {
	const fold = (one: string): string => one.normalize('NFC').toLowerCase();
	const taken = new Set((await files.readDirectory(folder))?.map(entry => fold(entry.name)));
	const stem = withoutExtension(name);
	let free = name;
	for (let number = 2; taken.has(fold(free)); number++) free = `${stem}-${number}${name.slice(stem.length)}`;
	return free;
}
