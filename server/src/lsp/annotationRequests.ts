import {
	type Connection,
	NotificationType,
	RequestType,
	type TextDocumentIdentifier,
	type TextDocuments,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { SIDECAR_SUFFIX } from '../annotations/sidecar.ts';
import { ANNOTATION_COMMANDS } from '../features/annotations/commands.ts';
import type { DocumentNotes } from '../features/annotations/notes.ts';
import type { Annotations } from '../features/annotations.ts';
import type { Attempt } from './answer.ts';
import type { Commands } from './commands.ts';

/** All sidecars, whatever folder they lie in. */
export const SIDECAR_PATTERN = `**/*${SIDECAR_SUFFIX}`;

/** Time without a change after which a client is told that the notes of an article may have moved, in milliseconds. */
const QUIET = 200;

/** `marginalia/annotations`: all notes of an article, open or not; `null` where there is none at the address. */
export const AnnotationsRequest = new RequestType<
	{ readonly textDocument: TextDocumentIdentifier },
	DocumentNotes | null,
	void
>('marginalia/annotations');

/** `marginalia/annotationsChanged`: the answer to `marginalia/annotations` may be another now. Sent for articles that were asked for. */
export const AnnotationsChangedNotification = new NotificationType<TextDocumentIdentifier>(
	'marginalia/annotationsChanged',
);

/** Keeps a client informed of notes. */
export interface NoteNotices {
	/** The notes of an article may have changed. */
	changed(article: string): void;
	/** The client shows notes of an article, and is told of changes from now on. */
	follow(article: string): void;
}

/** Binds what is done with notes. */
export function serveAnnotations(
	connection: Connection,
	documents: TextDocuments<TextDocument>,
	attempt: Attempt,
	annotations: Annotations,
	commands: Commands,
): NoteNotices {
	const followed = new Set<string>();
	const waiting = new Map<string, ReturnType<typeof setTimeout>>();
	const tell = (uri: string): void => {
		clearTimeout(waiting.get(uri));
		waiting.delete(uri);
		if (followed.has(uri)) void connection.sendNotification(AnnotationsChangedNotification, { uri });
	};
	documents.onDidChangeContent(({ document: { uri } }) => {
		if (!followed.has(uri)) return;
		clearTimeout(waiting.get(uri));
		waiting.set(
			uri,
			setTimeout(() => tell(uri), QUIET),
		);
	});
	documents.onDidClose(({ document: { uri } }) => tell(uri));
	documents.onDidSave(async ({ document: { uri } }) => {
		try {
			await annotations.saved(uri);
		} catch (error) {
			// The notes are in both places then, which loses nothing.
			connection.console.error(`Notes of ${uri} could not be moved: ${error instanceof Error ? error.message : error}`);
		}
	});
	connection.onRequest(AnnotationsRequest, ({ textDocument: { uri } }, token) =>
		attempt(AnnotationsRequest.method, uri, token, async () => {
			followed.add(uri);
			return (await annotations.notes(uri, token)) ?? null;
		}),
	);
	for (const command of ANNOTATION_COMMANDS)
		commands.set(command, ([given], token) => attempt(command, '', token, () => annotations.run(command, given)));
	return { changed: tell, follow: uri => followed.add(uri) };
}
