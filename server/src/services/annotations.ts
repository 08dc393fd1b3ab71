import { CancellationToken, type Location } from 'vscode-languageserver';
import { type ArticleNotes, findArticleNotes, findInText, identitiesInText } from '../annotations/articleNotes.ts';
import { subjectOf } from '../annotations/describe.ts';
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

/** Notes in and beside articles. */
export interface Annotations {
	/** What is known of the notes of an article, as it is now. */
	find(document: Snapshot, article: Article, token?: CancellationToken): Promise<ArticleNotes>;
	/** The notes in a document and beside it; none of a list. */
	of(document: Snapshot): Promise<readonly Note[]>;
	/** The article at an address, as it is open in the editor or saved; `undefined` where there is none. */
	article(uri: string): Promise<Snapshot | undefined>;
	/**
	 * All notes of an article, open or not, each with its place in the present text.
	 *
	 * @returns `undefined` where there is no article at the address
	 */
	notes(uri: string, token: CancellationToken): Promise<DocumentNotes | undefined>;
	/** Where a note is in its article, or the article's title where it has no place; `undefined` where there is no such note. */
	locate(uri: string, id: string): Promise<Location | undefined>;
	/** Imports notes; see `importNotes`. */
	import(request: ImportRequest): Promise<ImportSummary>;
	/** Exports the notes of articles; see `exportNotes`. */
	export(uris: readonly string[], format: ExportFormat, name: string): Promise<Exported>;
	/** Runs one of `ANNOTATION_COMMANDS`. */
	run(command: string, given: unknown): Promise<CommandOutcome>;
	/**
	 * Sees to it, when an article was saved, that notes that were moved to or from its text are in one place.
	 *
	 * @throws Refusal where they cannot be
	 */
	saved(uri: string): Promise<void>;
}

/** What annotations need from their owner. */
export interface AnnotationSources {
	readonly documents: OpenDocuments;
	readonly files: FileSystem;
	readonly sidecars: SidecarFiles;
	readonly editor: Editor;
	readonly now: Clock;
	/** An identity that nothing has yet (RFC 9562). */
	readonly uuid: () => string;
	/** Who works here, where no setting says. */
	readonly user: (uri: string) => Promise<string | undefined>;
	/** The kinds of note that hold for a file. */
	readonly kinds: (uri: string) => Promise<Kinds>;
	/** The article of an open archive that was taken from a page, or has such a name; see `CommandContext`. */
	readonly articleOf: (source: string) => string | undefined;
	/** The articles with notes in the open folders. */
	readonly annotated: () => Promise<readonly string[]>;
	/** Told of each article whose sidecar was changed in its file. */
	readonly onChange: (article: string) => void;
}

/** Wires what is done with notes. */
export function createAnnotations(sources: AnnotationSources): Annotations {
	const { documents, files, sidecars, editor, kinds } = sources;
	const movesOf = documents.slot<Moves>();
	const moves = (uri: string): Moves => {
		const document = documents.get(uri);
		const known = movesOf.of(document) ?? createMoves();
		movesOf.keep(document, known);
		return known;
	};
	/** The last answer for each open article; it holds as long as both files and the kinds are the same. */
	const known = documents.slot<ArticleNotes>();
	const find = async (document: Snapshot, article: Article, token = CancellationToken.None): Promise<ArticleNotes> => {
		const { uri } = document;
		const [sidecar, itsKinds] = await Promise.all([sidecars.of(uri), kinds(uri)]);
		const last = known.of(documents.of(document));
		if (last?.inline.article === article && last.sidecar === sidecar && last.inline.kinds === itsKinds) return last;
		const { source } = subjectOf(uri, article);
		const previous = last && { article: last.inline.article, notes: last.notes };
		const options = { now: sources.now, token, previous };
		const found = await findArticleNotes({ article, source, kinds: itsKinds }, sidecar, options);
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
			// It may have been edited meanwhile.
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
		run: (command, given) => runCommand(context, command, given),
		async saved(uri) {
			// It may be closed at once, which ends nothing of this.
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
