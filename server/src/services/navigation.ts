import type {
	CancellationToken,
	DocumentHighlight,
	Location,
	LocationLink,
	Position,
	Range,
	WorkspaceEdit,
} from 'vscode-languageserver';
import { parseSidecar } from '../annotations/sidecar.ts';
import { isSidecar } from '../annotations/sidecarName.ts';
import { type Archive, createIndex } from '../archive/archive.ts';
import { type Archives, type ArchivesOptions, createArchives } from '../archive/archives.ts';
import { indexDocument, indexSidecar } from '../archive/entry.ts';
import { keyOfSource } from '../archive/head.ts';
import { decode } from '../archive/readText.ts';
import { detect } from '../article/detect.ts';
import { pushAll } from '../article/lists.ts';
import { definition, type TextOf } from '../languageFeatures/definition.ts';
import { fileRename } from '../languageFeatures/fileRename.ts';
import { documentHighlights, references } from '../languageFeatures/references.ts';
import { prepareRename, rename } from '../languageFeatures/rename.ts';
import { type Snapshot, snapshotOf } from '../languageFeatures/snapshot.ts';
import { type Subject, subjectAt } from '../languageFeatures/subject.ts';
import { type DocumentEdits, type FileMove, toWorkspaceEdit } from '../languageFeatures/workspaceEdit.ts';
import { type FoundSymbol, workspaceSymbols } from '../languageFeatures/workspaceSymbol.ts';
import { CONFIGURATION_FILE, findArchiveRoot } from '../links/archiveRoot.ts';
import type { FileSystem } from '../platform.ts';
import { orCancelled, throwIfCancelled } from '../util/cancellation.ts';
import { append } from '../util/groups.ts';
import { displayName, folderOf, isInFolder, joinUri, normalUri, savedAs } from '../util/uri.ts';
import { counted } from '../util/words.ts';
import { type OpenDocuments, versionIn } from './documents.ts';

/** Features that use the whole archive. Functions that take a token throw `RequestCancelled` once it is cancelled. */
export interface Navigation {
	/** Makes an open document take precedence over its file. Its text is read when it is needed. */
	opened(uri: string): void;
	/** Starts to index the archive of a document, unless that has been done. */
	start(uri: string): Promise<void>;
	/** Makes the file of a closed document count again. */
	closed(uri: string): Promise<void>;
	/** Updates the index after files or folders were created, changed or deleted. */
	filesChanged(uris: readonly string[]): Promise<void>;
	/** Discards the index; archives are indexed again when next needed. */
	forget(): void;
	/** Discards the index of archives whose folder is no longer open, and adds open documents to those of new folders. */
	foldersChanged(): void;
	/** Discards the index of archives whose kinds of note have changed. */
	kindsChanged(): Promise<void>;
	/** The articles that have notes, after their archives have been indexed. */
	annotated(): Promise<readonly string[]>;
	/** The first article in the indexed archives that was taken from a page; or the only file with a name, such as `./1.md`. */
	articleOf(source: string): string | undefined;
	/** The archive of a file, as far as it has been indexed; `undefined` for a file outside all workspace folders. */
	archive(uri: string): Promise<Archive | undefined>;
	/** The archive of a file, after it has been indexed; `undefined` for a file outside all workspace folders. */
	wholeArchive(uri: string, token: CancellationToken): Promise<Archive | undefined>;
	/** The archive of a file or, without one, those of all workspace folders, once they have been read. */
	whole(uri: string | undefined): Promise<readonly Archive[]>;
	/** The text of a file of an archive; open documents take precedence. */
	readonly text: TextOf;
	/** Returns the changes of files that may be written; `warn` is called for the others. */
	writable(changes: readonly DocumentEdits[], warn: (message: string) => void): Promise<readonly DocumentEdits[]>;
	/** The archive of a document, as far as it has been indexed. A document outside any folder is an archive on its own. */
	archiveAround(document: Pick<Snapshot, 'uri' | 'parsed'>): Promise<Archive>;
	definition(document: Snapshot, position: Position, token: CancellationToken): Promise<LocationLink[]>;
	references(
		document: Snapshot,
		position: Position,
		withDeclaration: boolean,
		token: CancellationToken,
	): Promise<Location[]>;
	documentHighlights(document: Snapshot, position: Position, token: CancellationToken): Promise<DocumentHighlight[]>;
	workspaceSymbols(query: string, token: CancellationToken): Promise<FoundSymbol[]>;
	/** @throws RequestFailed with the reason if nothing can be renamed */
	prepareRename(
		document: Snapshot,
		position: Position,
		token: CancellationToken,
	): Promise<{ range: Range; placeholder: string }>;
	/** @throws RequestFailed with the reason if that is not possible */
	rename(document: Snapshot, position: Position, name: string, token: CancellationToken): Promise<WorkspaceEdit>;
	/** The edits needed before files are moved; `warn` is called for references that cannot be updated. */
	willRenameFiles(
		renames: readonly FileMove[],
		warn: (message: string) => void,
		token: CancellationToken,
	): Promise<WorkspaceEdit | undefined>;
}

/** Options of navigation. */
export interface NavigationOptions extends Omit<ArchivesOptions, 'isOpen'> {
	/** Whether the client supports edits of specific document versions. */
	readonly versionedEdits?: () => boolean;
	/** Whether the client supports edits that move files. */
	readonly movesFiles?: () => boolean;
	/** Returns a snapshot as it is read with the present options. */
	readonly read?: (document: Snapshot) => Promise<Snapshot>;
}

/** The consequences of moving files. */
interface Moved {
	readonly changes: readonly DocumentEdits[];
	readonly followers: readonly FileMove[];
	/** References that cannot be updated, and files that cannot be moved. */
	readonly warnings: readonly string[];
}

/** Without workspace folders, nothing is indexed. */
const NOTHING_OPEN: NavigationOptions = {
	folders: () => [],
	onScan: () => ({ isCancelled: () => false, looked() {}, ended() {} }),
};

/** Connects the features that use an archive to its index. */
export function createNavigation(
	files: FileSystem,
	documents: OpenDocuments,
	options: NavigationOptions = NOTHING_OPEN,
): Navigation {
	/** The snapshot of each open document that is in the index in place of its file; `undefined` until it has been added. */
	const indexed = documents.slot<{ readonly snapshot: Snapshot | undefined }>();
	const openAt = (uri: string): Snapshot | undefined => {
		const document = documents.ofFile(uri);
		return indexed.of(document) && document?.snapshot;
	};
	const archives: Archives = createArchives(files, { ...options, isOpen: uri => openAt(uri) !== undefined });
	const takeOver = async (): Promise<void> => {
		for (const document of documents.all()) {
			const { snapshot } = document;
			const known = indexed.of(document);
			if (!known || known.snapshot === snapshot) continue;
			const uri = normalUri(document.uri);
			await archives.put(uri, (root, kinds) => {
				if (isSidecar(uri)) return indexSidecar(uri, parseSidecar(snapshot.text));
				const { parsed } = snapshot;
				return parsed.kind === 'list' || detect(parsed.text) ? indexDocument(uri, root, parsed, kinds) : undefined;
			});
			// The index may have been discarded in the meantime.
			if (indexed.of(document) === known) indexed.keep(document, { snapshot });
		}
	};
	const forgetIndexed = (): void => {
		for (const document of documents.all()) if (indexed.of(document)) indexed.keep(document, { snapshot: undefined });
	};
	/** Changes are applied to the index one after the other; a request waits for all earlier changes. */
	let last: Promise<void> = Promise.resolve();
	const inTurn = (change: () => Promise<void>): Promise<void> => {
		const next = last.then(change);
		last = next.catch(() => undefined);
		return next;
	};
	const flush = (): Promise<void> => inTurn(takeOver);
	const textOf: TextOf = async uri => {
		const open = openAt(uri);
		if (open) return open;
		const bytes = await files.readFile(uri);
		return openAt(uri) ?? (bytes && snapshotOf(uri, decode(bytes).text));
	};
	const readText: TextOf = async uri => {
		const text = await textOf(uri);
		return text && ((await options.read?.(text)) ?? text);
	};
	const workspaceEdit = (changes: readonly DocumentEdits[], moves: readonly FileMove[] = []): WorkspaceEdit =>
		toWorkspaceEdit(changes, options.versionedEdits?.() === true, versionIn(documents), moves);
	/** Computes edits for the current texts, and tries again if one was edited in the meantime, since edits for an outdated text would be wrong. */
	const onPresent = async <T extends { readonly changes: readonly DocumentEdits[] }>(
		find: () => Promise<T>,
	): Promise<T> => {
		for (;;) {
			const found = await find();
			if (!found.changes.some(({ document }) => documents.isOutdated(document))) return found;
		}
	};
	/**
	 * Removes edits of files that are symbolic links, which an editor would write through, and of texts with an unknown
	 * encoding, whose offsets are unreliable.
	 */
	const writable = async (
		changes: readonly DocumentEdits[],
		warn: (message: string) => void = () => {},
	): Promise<readonly DocumentEdits[]> => {
		const kept: DocumentEdits[] = [];
		for (const change of changes) {
			const { uri } = change.document;
			const saved = openAt(uri) ? undefined : await files.readFile(uri);
			if ((await files.readLink?.(uri)) !== undefined)
				warn(`${displayName(uri)} is a symbolic link and was left unchanged.`);
			else if (saved && decode(saved).encoding === undefined)
				warn(`${displayName(uri)} is not UTF-8 and was left unchanged.`);
			else kept.push(change);
		}
		return kept;
	};
	/** The archive of a document, and what is at a position in it. A document outside any folder is an archive on its own. */
	const lookUp = async (
		document: Snapshot,
		position: Position,
		token: CancellationToken,
		find: (uri: string) => Promise<Archive | undefined> = archives.of,
	): Promise<{ archive: Archive; subject: Subject | undefined }> => {
		await flush();
		const archive = (await find(document.uri)) ?? (await loneArchive(document, files));
		throwIfCancelled(token);
		return { archive, subject: subjectAt(document, archive.root, document.lines.offsetAt(position)) };
	};
	/** The consequences of moving files. */
	const moved = async (renames: readonly FileMove[], token: CancellationToken): Promise<Moved> => {
		await flush();
		const roots = new Map<Archive, FileMove[]>();
		for (const one of renames) {
			const archive = await archives.of(one.oldUri);
			if (archive) append(roots, archive, one);
		}
		throwIfCancelled(token);
		const changes: DocumentEdits[] = [];
		const followers: FileMove[] = [];
		const warnings: string[] = [];
		for (const [archive, moves] of roots) {
			const result = await fileRename(moves, archive, files, textOf, token);
			pushAll(changes, await writable(result.changes, warning => warnings.push(warning)));
			if (options.movesFiles?.()) pushAll(followers, result.followers);
			else
				for (const { oldUri } of result.followers)
					warnings.push(`${displayName(oldUri)} was not moved: move it to the folder of its article.`);
			for (const { uri, places } of result.lost) {
				const lost = `${counted(places, 'reference')} to it cannot be updated`;
				warnings.push(`${displayName(uri)} is being moved out of the archive: ${lost}.`);
			}
		}
		return { changes, followers, warnings };
	};
	return {
		opened(uri) {
			const document = documents.get(uri);
			if (!indexed.of(document)) indexed.keep(document, { snapshot: undefined });
		},
		async start(uri) {
			await archives.peek(savedAs(uri, options.folders()));
		},
		closed: uri => inTurn(() => archives.refresh([normalUri(uri)])),
		async archive(uri) {
			await flush();
			return archives.peek(uri);
		},
		async wholeArchive(uri, token) {
			await flush();
			return orCancelled(archives.of(uri), token);
		},
		async whole(uri) {
			await flush();
			const all = uri === undefined ? options.folders().map(folder => joinUri(folder, CONFIGURATION_FILE)) : [uri];
			const found = await Promise.all(all.map(archives.of));
			return [...new Set(found.filter(archive => archive !== undefined))];
		},
		text: textOf,
		writable,
		async archiveAround(document) {
			await flush();
			return (await archives.peek(document.uri)) ?? (await loneArchive(document, files));
		},
		filesChanged: uris => inTurn(() => archives.refresh(uris)),
		forget() {
			archives.forget();
			forgetIndexed();
		},
		foldersChanged() {
			archives.foldersChanged();
			forgetIndexed();
		},
		async kindsChanged() {
			if (await archives.forgetKinds()) forgetIndexed();
		},
		async annotated() {
			await flush();
			return (await archives.all()).flatMap(archive => archive.annotated());
		},
		articleOf(source) {
			const all = archives.known();
			const key = keyOfSource(source);
			if (key !== undefined) return all.flatMap(archive => archive.copiesOf(key))[0];
			const end = source.replace(/^\.?\//, '/');
			const named = all.flatMap(archive =>
				[...archive.entries()].filter(({ uri, kind }) => kind === 'article' && uri.endsWith(end)),
			);
			return named.length === 1 ? named[0]?.uri : undefined;
		},
		async definition(document, position, token) {
			const { archive, subject } = await lookUp(document, position, token);
			return definition(document, subject, archive, files, textOf, token);
		},
		async references(document, position, withDeclaration, token) {
			const { archive, subject } = await lookUp(document, position, token);
			return references(document, subject, archive, withDeclaration, readText, token);
		},
		async documentHighlights(document, position, token) {
			// The rest of the archive hardly affects this document.
			const { archive, subject } = await lookUp(document, position, token, archives.peek);
			return documentHighlights(document, subject, archive);
		},
		async workspaceSymbols(query, token) {
			await flush();
			const all = await archives.all();
			throwIfCancelled(token);
			return workspaceSymbols(all, query);
		},
		async prepareRename(document, position, token) {
			const { archive, subject } = await lookUp(document, position, token);
			return prepareRename({ document, offset: document.lines.offsetAt(position), subject, archive });
		},
		async rename(document, position, name, token) {
			const { changes } = await onPresent(async () => {
				const { archive, subject } = await lookUp(document, position, token);
				const place = { document, offset: document.lines.offsetAt(position), subject, archive };
				return { changes: await writable(await rename(place, name, textOf, token)) };
			});
			return workspaceEdit(changes);
		},
		async willRenameFiles(renames, warn, token) {
			const { changes, followers, warnings } = await onPresent(() => moved(renames, token));
			for (const warning of warnings) warn(warning);
			return changes.length + followers.length > 0 ? workspaceEdit(changes, followers) : undefined;
		},
	};
}

/** An archive that contains only one document. */
async function loneArchive({ uri, parsed }: Pick<Snapshot, 'uri' | 'parsed'>, files: FileSystem): Promise<Archive> {
	const root = isInFolder(uri) ? ((await findArchiveRoot(uri, files)) ?? folderOf(uri)) : uri;
	const index = createIndex(root);
	index.set(indexDocument(uri, root, parsed));
	return index;
}
