import { CancellationToken, type Location } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type ArticleNotes, findArticleNotes, findInText, identitiesInText } from '../annotations/articleNotes.ts';
import { subjectOf } from '../annotations/describe.ts';
import type { Kinds } from '../annotations/kinds.ts';
import type { SidecarFiles } from '../annotations/sidecarFiles.ts';
import { type ArchiveDocument, type Article, parseDocument } from '../article/article.ts';
import { detect } from '../article/detect.ts';
import { span } from '../article/span.ts';
import { toRange } from '../languageFeatures/position.ts';
import type { Clock, FileSystem } from '../platform.ts';
import type { DocumentNotes, Exported, ExportFormat, ImportSummary, Outcome } from '../protocol/annotations.ts';
import { titlePlace } from '../rules/annotation/place.ts';
import { cancelled, throwIfCancelled } from '../util/cancellation.ts';
import { nameOf } from '../util/uri.ts';
import { createSidecarChanges } from './annotations/changes.ts';
import { runCommand } from './annotations/commands.ts';
import type { Annotated, CommandContext } from './annotations/context.ts';
import type { Editor } from './annotations/editor.ts';
import { exportNotes, type ImportRequest, importNotes } from './annotations/exchange.ts';
import { createMoves } from './annotations/moves.ts';
import { viewNotes } from './annotations/notes.ts';
import { Refusal } from './annotations/outcome.ts';

/** Notes in and beside articles. */
export interface Annotations {
	/** What is known of the notes of an article, as it is now. */
	find(uri: string, article: Article, token?: CancellationToken): Promise<ArticleNotes>;
	/** The article at an address, as it is open in the editor or saved; `undefined` where there is none. */
	article(uri: string): Promise<Article | undefined>;
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
	run(command: string, given: unknown): Promise<Outcome>;
	/**
	 * Sees to it, when an article was saved, that notes that were moved to or from its text are in one place.
	 *
	 * @throws Refusal where they cannot be
	 */
	saved(uri: string): Promise<void>;
	/** Lets go of what is known of an article that was closed. */
	close(uri: string): void;
}

/** What annotations need from their owner. */
export interface AnnotationSources {
	readonly files: FileSystem;
	readonly sidecars: SidecarFiles;
	readonly editor: Editor;
	readonly now: Clock;
	/** An identity that nothing has yet (RFC 9562). */
	readonly uuid: () => string;
	/** Who works here, where no setting says. */
	readonly user: (uri: string) => Promise<string | undefined>;
	/** The parsed form of an open document, as it is now. */
	readonly parse: (document: TextDocument) => ArchiveDocument;
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
	const { files, sidecars, editor, parse, kinds } = sources;
	const moves = createMoves();
	/** The last answer for each open article; it holds as long as both files and the kinds are the same. */
	const known = new Map<string, ArticleNotes>();
	const find = async (uri: string, article: Article, token = CancellationToken.None): Promise<ArticleNotes> => {
		const [sidecar, itsKinds] = await Promise.all([sidecars.of(uri), kinds(uri)]);
		const last = known.get(uri);
		if (last?.inline.article === article && last.sidecar === sidecar && last.inline.kinds === itsKinds) return last;
		const { source } = subjectOf(uri, article);
		const previous = last && { article: last.inline.article, notes: last.notes };
		const options = { now: sources.now, token, previous };
		const found = await findArticleNotes({ article, source, kinds: itsKinds }, sidecar, options);
		if (!found) throw cancelled();
		moves.see(uri, identitiesInText(found));
		if (editor.document(uri)) known.set(uri, found);
		return found;
	};
	const read = async (uri: string): Promise<{ document: TextDocument; parsed: ArchiveDocument } | undefined> => {
		if (editor.refusal(uri) !== undefined) return undefined;
		const open = editor.document(uri);
		if (open) return { document: open, parsed: parse(open) };
		const document = await readDocument(uri, files);
		return document && detect(document.getText()) && { document, parsed: parseDocument(document.getText()) };
	};
	const load = async (uri: string, token?: CancellationToken): Promise<Annotated> => {
		for (;;) {
			const { document, parsed: article } = (await read(uri)) ?? {};
			if (!document || !article) {
				const reason = editor.refusal(uri);
				if (reason !== undefined) throw new Refusal('not-possible', reason);
				throw new Refusal('not-found', `There is no article ${nameOf(uri)}`);
			}
			if (article.kind === 'list')
				throw new Refusal('not-possible', `${nameOf(uri)} is a list: only articles are annotated`);
			const notes = await find(uri, article, token);
			// It may have been edited meanwhile.
			const now = editor.document(uri) ?? document;
			if (now.getText() === article.text) return { document, article, subject: subjectOf(uri, article), ...notes };
		}
	};
	const changes = createSidecarChanges(files, sidecars, editor, sources.onChange, moves.write, moves.follow);
	const context: CommandContext = {
		load,
		editor,
		changes,
		moves,
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
			const parsed = (await read(uri))?.parsed;
			return parsed?.kind === 'article' ? parsed : undefined;
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
			const found = await read(uri);
			if (found?.parsed.kind !== 'article') return undefined;
			const { document, parsed } = found;
			const note = (await find(uri, parsed)).notes.find(one => one.id === id);
			if (!note) return undefined;
			const [first, last] = [note.anchor.spans[0], note.anchor.spans.at(-1)];
			const place = first && last ? span(first.start, last.end) : titlePlace(parsed);
			return { uri, range: toRange(document, place) };
		},
		import: request => importNotes(context, request),
		export: (uris, format, name) => exportNotes(load, uris, format, name),
		run: (command, given) => runCommand(context, command, given),
		async saved(uri) {
			if (!moves.has(uri)) return;
			const annotated = await load(uri);
			const { subject, sidecar, inBoth } = annotated;
			const gone = await findInText(moves.gone(uri, sidecar), annotated, {
				now: sources.now,
				token: CancellationToken.None,
			});
			const inText = new Set([...inBoth, ...gone]);
			const edits = moves.reconcile(uri, inText, sidecar);
			if (edits.length > 0) await changes.make(uri, subject, edits, 'Move Notes', { forGood: true });
		},
		close(uri) {
			known.delete(uri);
		},
	};
}

async function readDocument(uri: string, files: FileSystem): Promise<TextDocument | undefined> {
	const bytes = await files.readFile(uri);
	return bytes && TextDocument.create(uri, 'article', 0, new TextDecoder().decode(bytes));
}
