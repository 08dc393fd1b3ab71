import type { CancellationToken } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { subjectOf } from '../annotations/describe.ts';
import type { Kinds } from '../annotations/kinds.ts';
import type { Note } from '../annotations/note.ts';
import type { SidecarFiles } from '../annotations/sidecarFiles.ts';
import { type ArchiveDocument, parseDocument } from '../article/article.ts';
import { detect } from '../article/detect.ts';
import type { Clock, FileSystem } from '../platform.ts';
import { createSidecarChanges, nameOf } from './annotations/changes.ts';
import { runCommand } from './annotations/commands.ts';
import type { Annotated, CommandContext } from './annotations/context.ts';
import type { Editor } from './annotations/editor.ts';
import { createMoves } from './annotations/moves.ts';
import { type DocumentNotes, findNotes, viewNotes } from './annotations/notes.ts';
import { type Outcome, Refusal } from './annotations/outcome.ts';
import { throwIfCancelled } from './cancellation.ts';

/** Notes in and beside articles. */
export interface Annotations {
	/**
	 * All notes of an article, open or not, each with its place in the present text.
	 *
	 * @returns `undefined` where there is no article at the address
	 */
	notes(uri: string, token: CancellationToken): Promise<DocumentNotes | undefined>;
	/** The same for an open article, with places as the engine has them. */
	find(uri: string): Promise<readonly Note[]>;
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
	/** Told of each article whose sidecar was changed in its file. */
	readonly onChange: (article: string) => void;
}

/** Wires what is done with notes. */
export function createAnnotations(sources: AnnotationSources): Annotations {
	const { files, sidecars, editor, parse, kinds } = sources;
	/** The last answer for each open article; it holds as long as both files and the kinds are the same. */
	const known = new Map<string, Annotated>();
	const load = async (uri: string): Promise<Annotated> => {
		const [file, itsKinds] = await Promise.all([sidecars.of(uri), kinds(uri)]);
		const open = editor.document(uri);
		const document = open ?? (await readDocument(uri, files));
		const article = open ? parse(open) : document && detect(document.getText()) && parseDocument(document.getText());
		if (!document || !article) throw new Refusal('not-found', `There is no article ${nameOf(uri)}`);
		if (article.kind === 'list')
			throw new Refusal('not-possible', `${nameOf(uri)} is a list: only articles are annotated`);
		const last = known.get(uri);
		if (last?.article === article && last.file === file && last.inline.kinds === itsKinds) return last;
		const subject = subjectOf(uri, article);
		const inline = { article, source: subject.source, kinds: itsKinds };
		const annotated = { document, article, subject, inline, file, ...findNotes(inline, file) };
		if (open) known.set(uri, annotated);
		return annotated;
	};
	const moves = createMoves();
	const changes = createSidecarChanges(files, sidecars, editor, sources.onChange);
	const context: CommandContext = {
		load,
		editor,
		changes,
		moves,
		async settings(uri) {
			const { author, carrier } = await editor.settings(uri);
			return { author: author?.trim() || (await sources.user(uri)), carrier };
		},
		now: () => `${new Date(sources.now()).toISOString().slice(0, 19)}Z`,
		newId: () => `urn:uuid:${sources.uuid()}`,
	};
	return {
		async notes(uri, token) {
			try {
				const { document, notes, file } = await load(uri);
				throwIfCancelled(token);
				return viewNotes(document, notes, file);
			} catch (error) {
				if (error instanceof Refusal) return undefined;
				throw error;
			}
		},
		find: async uri => (await load(uri)).notes,
		run: (command, given) => runCommand(context, command, given),
		async saved(uri) {
			if (!moves.has(uri)) return;
			const { subject, notes, file } = await load(uri);
			const inText = new Set(
				notes.flatMap(note => (note.carrier === 'inline' ? [note.id, ...note.replies.map(({ id }) => id)] : [])),
			);
			const edits = moves.reconcile(uri, inText, file);
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
