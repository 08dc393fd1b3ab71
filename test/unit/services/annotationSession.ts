import { CancellationToken, type Range } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { applyEdits } from '../../../server/src/article/edits.ts';
import { toSpan } from '../../../server/src/languageFeatures/position.ts';
import type { FileSystem } from '../../../server/src/platform.ts';
import type { CommandOutcome, DocumentNotes, NoteView } from '../../../server/src/protocol/annotations.ts';
import { createService, type Service } from '../../../server/src/service.ts';
import type { AnnotationSettings, Editor } from '../../../server/src/services/annotations/editor.ts';
import { createOpenDocuments } from '../../../server/src/services/documents.ts';
import { createFiles, FOLDER, NOW } from '../languageFeatures/harness.ts';

/** The URIs of the article of a session and its sidecar. */
export const ARTICLE = `${FOLDER}/1.md`;
export const SIDECAR = `${ARTICLE}.annotations.jsonld`;

/** The argument of a command; `select` is the selected text, instead of a range. */
export type Given = { readonly select?: string } & Readonly<Record<string, unknown>>;

/** An editor with documents in memory, and a service that uses it. */
export interface Session {
	readonly service: Service;
	readonly files: FileSystem;
	/** The user's settings. */
	settings: AnnotationSettings;
	/** Whether the user trusts the workspace. */
	trusted: boolean;
	/** Labels of the edits that the editor was asked to apply. */
	readonly applied: readonly string[];
	/** Why the editor rejects edits; `undefined` if it applies them. */
	refuses: string | undefined;
	/** Opens a document or changes its text. */
	open(uri: string, text: string): void;
	close(uri: string): void;
	/** Saves the article. */
	save(): Promise<void>;
	/** The text of a document, or of its file if it is not open. */
	text(uri: string): Promise<string>;
	run(command: string, given?: Given): Promise<CommandOutcome>;
	/** Runs a command that must succeed, and returns the id from its result. */
	done(command: string, given?: Given): Promise<string>;
	notes(uri?: string): Promise<DocumentNotes>;
	/** The only note. */
	note(): Promise<NoteView>;
	/** The text at ranges. */
	at(ranges: readonly Range[]): readonly string[];
}

/** Starts a session with an open article. */
export function annotationSession(
	article: string | undefined,
	{ files = createFiles({}), uuid }: { files?: FileSystem; uuid?: () => string } = {},
): Session {
	const documents = createOpenDocuments();
	const applied: string[] = [];
	let count = 0;
	const editor: Editor = {
		refusal: () => undefined,
		mayWriteFiles: () => session.trusted,
		async apply(label, edits) {
			if (session.refuses !== undefined) return session.refuses;
			applied.push(label);
			for (const { document, edits: its } of edits) {
				session.open(document.uri, applyEdits(document.text, its));
			}
			return undefined;
		},
		settings: async () => session.settings,
	};
	const service = createService(
		{
			files,
			now: () => NOW,
			uuid: uuid ?? (() => `${(++count % 256).toString(16).padStart(2, '0')}000000-0000-4000-8000-000000000000`),
		},
		{
			editor,
			documents,
			navigation: {
				folders: () => [FOLDER],
				onScan: () => ({ isCancelled: () => false, looked() {}, ended() {} }),
			},
		},
	);
	const session: Session = {
		service,
		files,
		settings: { author: 'Ines Okafor', carrier: 'sidecar' },
		trusted: true,
		applied,
		refuses: undefined,
		open(uri, text) {
			const known = documents.get(uri);
			if (known) documents.change(known, known.snapshot.version + 1, text);
			else documents.open(uri, 'article', 1, text);
			service.navigation.opened(uri);
		},
		close(uri) {
			const document = documents.get(uri);
			if (document) documents.close(document);
		},
		async save() {
			const text = documents.get(ARTICLE)?.snapshot.text ?? '';
			await files.update(ARTICLE, () => new TextEncoder().encode(text));
			await service.annotations.saved(ARTICLE);
		},
		async text(uri) {
			return documents.get(uri)?.snapshot.text ?? new TextDecoder().decode(await files.readFile(uri));
		},
		async run(command, { select, ...given }: Given = {}) {
			const text = await session.text(ARTICLE);
			const start = select === undefined ? 0 : text.indexOf(select);
			const document = TextDocument.create(ARTICLE, 'article', 0, text);
			const range = { start: document.positionAt(start), end: document.positionAt(start + (select?.length ?? 0)) };
			return service.annotations.run(`marginalia.annotations.${command}`, {
				uri: ARTICLE,
				...(select === undefined ? {} : { range }),
				...given,
			});
		},
		async done(command, given) {
			const outcome = await session.run(command, given);
			if (outcome.kind === 'refused') throw new Error(outcome.message);
			return outcome.id ?? '';
		},
		async notes(uri = ARTICLE) {
			const notes = await service.annotations.notes(uri, CancellationToken.None);
			if (!notes) throw new Error(`there is no article ${uri}`);
			return notes;
		},
		async note() {
			const { notes } = await session.notes();
			const [only] = notes;
			if (!only || notes.length > 1) throw new Error(`there are ${notes.length} notes`);
			return only;
		},
		at: ranges => {
			const document = documents.get(ARTICLE)?.snapshot;
			return ranges.map(range => {
				const { start, end } = document ? toSpan(document, range) : { start: 0, end: 0 };
				return document?.text.slice(start, end) ?? '';
			});
		},
	};
	if (article !== undefined) session.open(ARTICLE, article);
	return session;
}
