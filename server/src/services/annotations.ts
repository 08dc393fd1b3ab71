import { CancellationToken, type Location } from 'vscode-languageserver';
import { type ArticleNotes, findArticleNotes, findInText, identitiesInText } from '../annotations/articleNotes.ts';
import { subjectOf } from '../annotations/describe.ts';
import type { AnnotationEdit } from '../annotations/edit.ts';
import type { InlineSource } from '../annotations/inlineThreads.ts';
import type { Kinds } from '../annotations/kinds.ts';
import type { Note } from '../annotations/note.ts';
import type { SidecarFiles } from '../annotations/sidecarFiles.ts';
import { decode } from '../archive/readText.ts';
import type { Article } from '../article/article.ts';
import { detect } from '../article/detect.ts';
import { span } from '../article/span.ts';
import { toRange } from '../languageFeatures/position.ts';
import { type Snapshot, snapshotOf } from '../languageFeatures/snapshot.ts';
import type { Clock, FileSystem } from '../platform.ts';
import type { CommandOutcome, DocumentNotes, Exported, ExportFormat, ImportSummary } from '../protocol/annotations.ts';
import { titlePlace } from '../rules/annotation/place.ts';
import { cancelled, throwIfCancelled } from '../util/cancellation.ts';
import { displayName } from '../util/uri.ts';
import { createSidecarChanges } from './annotations/changes.ts';
import { runCommand } from './annotations/commands.ts';
import type { Annotated, CommandContext } from './annotations/context.ts';
import type { Editor } from './annotations/editor.ts';
import { exportFromArticles, type ImportRequest, importIntoArticles } from './annotations/exchange.ts';
import { createMoves, type Moves } from './annotations/moves.ts';
import { viewNotes } from './annotations/notes.ts';
import { Refusal } from './annotations/outcome.ts';
import type { OpenDocuments } from './documents.ts';

/** Notes in articles and their sidecars. */
export interface Annotations {
	/** The notes of an article, for its current text. */
	find(document: Snapshot, article: Article, token?: CancellationToken): Promise<ArticleNotes>;
	/** The notes of a document, from its text and its sidecar; empty for a list. */
	of(document: Snapshot): Promise<readonly Note[]>;
	/** The article with a URI, open or saved; `undefined` if there is none. */
	article(uri: string): Promise<Snapshot | undefined>;
	/**
	 * All notes of an article, open or not, each with its place in the current text.
	 *
	 * @returns `undefined` if there is no article with this URI
	 */
	notes(uri: string, token: CancellationToken): Promise<DocumentNotes | undefined>;
	/** The location of a note in its article, or of the article's title if it has no place; `undefined` if there is no such note. */
	locate(uri: string, id: string): Promise<Location | undefined>;
	/** Imports notes; see `importNotes`. */
	import(request: ImportRequest): Promise<ImportSummary>;
	/** Exports the notes of articles; see `exportNotes`. */
	export(uris: readonly string[], format: ExportFormat, name: string): Promise<Exported>;
	/**
	 * Applies edits to the sidecar of an article, as a change that its own Undo reverts.
	 *
	 * @param label what they do, in the imperative
	 * @throws Refusal
	 */
	change(uri: string, article: Article, edits: readonly AnnotationEdit[], label: string): Promise<void>;
	/** Runs one of `ANNOTATION_COMMANDS`. */
	run(command: string, given: unknown): Promise<CommandOutcome>;
	/**
	 * Called when an article has been saved: ensures that notes moved to or from its text are in one place only.
	 *
	 * @throws Refusal if that is not possible
	 */
	saved(uri: string): Promise<void>;
}

/** Dependencies of `createAnnotations`. */
export interface AnnotationSources {
	readonly documents: OpenDocuments;
	readonly files: FileSystem;
	readonly sidecars: SidecarFiles;
	readonly editor: Editor;
	readonly now: Clock;
	/** Creates a UUID (RFC 9562). */
	readonly uuid: () => string;
	/** The name of the user, used if the author is not set. */
	readonly user: (uri: string) => Promise<string | undefined>;
	/** The kinds of note available in a file. */
	readonly kinds: (uri: string) => Promise<Kinds>;
	/** The article that was taken from a page, or has this name; see `CommandContext`. */
	readonly articleOf: (source: string) => string | undefined;
	/** The articles in the workspace folders that have notes. */
	readonly annotated: () => Promise<readonly string[]>;
	/** Called with the URI of each article whose sidecar file was changed. */
	readonly onChange: (article: string) => void;
}

/** Creates the annotations service. */
export function createAnnotations(sources: AnnotationSources): Annotations {
	const { documents, files, sidecars, editor, kinds } = sources;
	const movesOf = documents.slot<Moves>();
	const moves = (uri: string): Moves => {
		const document = documents.get(uri);
		const known = movesOf.of(document) ?? createMoves();
		movesOf.keep(document, known);
		return known;
	};
	/** The last result for each open article; valid while both files and the kinds are unchanged. */
	const known = documents.slot<ArticleNotes>();
	const find = async (document: Snapshot, article: Article, token = CancellationToken.None): Promise<ArticleNotes> => {
		const { uri } = document;
		const [sidecar, itsKinds] = await Promise.all([sidecars.of(uri), kinds(uri)]);
		const last = known.of(documents.of(document));
		if (last?.inline.article === article && last.sidecar === sidecar && last.inline.kinds === itsKinds) return last;
		const previous = last && { article: last.inline.article, notes: last.notes };
		const options = { now: sources.now, token, previous };
		const inline: InlineSource = {
			article,
			kinds: itsKinds,
			// Few articles have notes.
			get source() {
				return subjectOf(uri, article).source;
			},
		};
		const found = await findArticleNotes(inline, sidecar, options);
		if (!found) throw cancelled();
		if (documents.isPresent(document)) {
			moves(uri).see(identitiesInText(found));
			known.keep(documents.of(document), found);
		}
		return found;
	};
	const read = async (uri: string): Promise<Snapshot | undefined> => {
		if (editor.refusal(uri) !== undefined) return undefined;
		const open = documents.get(uri)?.snapshot;
		if (open) return open;
		const bytes = await files.readFile(uri);
		const text = bytes && decode(bytes).text;
		return text !== undefined && detect(text) ? snapshotOf(uri, text) : undefined;
	};
	const load = async (uri: string, token?: CancellationToken): Promise<Annotated> => {
		for (;;) {
			const document = await read(uri);
			if (!document) {
				const reason = editor.refusal(uri);
				if (reason !== undefined) throw new Refusal('not-possible', reason);
				throw new Refusal('not-found', `There is no article ${displayName(uri)}`);
			}
			const { parsed: article } = document;
			if (article.kind === 'list')
				throw new Refusal('not-possible', `${displayName(uri)} is a list: only articles can be annotated`);
			const notes = await find(document, article, token);
			// It may have been edited in the meantime.
			if (!documents.isOutdated(document)) return { document, article, subject: subjectOf(uri, article), ...notes };
		}
	};
	const changes = createSidecarChanges(
		files,
		sidecars,
		documents,
		editor,
		sources.onChange,
		(article, edits) => moves(article).write(edits),
		(article, edits) => moves(article).follow(edits),
	);
	const context: CommandContext = {
		load,
		editor,
		changes,
		moves,
		isOutdated: documents.isOutdated,
		articleOf: sources.articleOf,
		annotated: sources.annotated,
		async settings(uri) {
			const { author, carrier } = await editor.settings(uri);
			return { author: author?.trim() || (await sources.user(uri)), carrier };
		},
		now: () => `${new Date(sources.now()).toISOString().slice(0, 19)}Z`,
		newId: () => `urn:uuid:${sources.uuid()}`,
	};
	return {
		find,
		async article(uri) {
			const document = await read(uri);
			return document?.parsed.kind === 'article' ? document : undefined;
		},
		async of(document) {
			const { parsed } = document;
			return parsed.kind === 'article' ? (await find(document, parsed)).notes : [];
		},
		async notes(uri, token) {
			try {
				const annotated = await load(uri, token);
				throwIfCancelled(token);
				return viewNotes(annotated);
			} catch (error) {
				if (error instanceof Refusal) return undefined;
				throw error;
			}
		},
		async locate(uri, id) {
			const document = await read(uri);
			if (document?.parsed.kind !== 'article') return undefined;
			const { parsed } = document;
			const note = (await find(document, parsed)).notes.find(one => one.id === id);
			if (!note) return undefined;
			const [first, last] = [note.anchor.spans[0], note.anchor.spans.at(-1)];
			const place = first && last ? span(first.start, last.end) : titlePlace(parsed);
			return { uri, range: toRange(document, place) };
		},
		import: request => importIntoArticles(context, request),
		export: (uris, format, name) => exportFromArticles(load, uris, format, name),
		async change(uri, article, edits, label) {
			if (edits.length > 0) await changes.make(uri, subjectOf(uri, article), edits, label);
		},
		run: (command, given) => runCommand(context, command, given),
		async saved(uri) {
			// Closing the article in the meantime has no effect on this.
			const its = moves(uri);
			if (!its.any) return;
			const annotated = await load(uri);
			const { subject, sidecar, inBoth } = annotated;
			const gone = await findInText(its.gone(sidecar), annotated, {
				now: sources.now,
				token: CancellationToken.None,
			});
			const inText = new Set([...inBoth, ...gone]);
			const edits = its.reconcile(inText, sidecar);
			if (edits.length > 0) await changes.make(uri, subject, edits, 'Move Notes', { forGood: true });
		},
	};
}
