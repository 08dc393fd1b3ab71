import type { TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { toWorkspaceEdit } from '../languageFeatures/workspaceEdit.ts';
import type { AnnotationSettings, Editor } from '../services/annotations/editor.ts';
import type { Admission } from './admission.ts';
import type { Client } from './capabilities.ts';
import type { RemoteClient } from './client.ts';
import type { Settings } from './settings.ts';

/** The editor at the other end of a connection. `client` is asked for each call, since it is known only once initialized. */
export function createEditor(
	remote: RemoteClient,
	documents: Pick<TextDocuments<TextDocument>, 'get'>,
	admission: Pick<Admission, 'refusal'>,
	settings: Settings,
	client: () => Client,
): Editor {
	return {
		document: uri => documents.get(uri),
		refusal: admission.refusal,
		mayWriteFiles: () => client().trusted,
		async apply(label, edits) {
			// Not every client looks at versions.
			const isCurrent = edits.every(({ document }) => {
				const open = documents.get(document.uri);
				return !open || open.getText() === document.getText();
			});
			if (!isCurrent) return 'it was edited meanwhile';
			const versioned = client().codeActions?.versionedEdits === true;
			const edit = toWorkspaceEdit(edits, versioned, ({ uri }) => documents.get(uri) !== undefined);
			return remote.applyEdit({ label, edit });
		},
		async settings(uri) {
			// Nothing is asked for what is refused in the end.
			if (admission.refusal(uri) !== undefined) return readSettings(undefined);
			return readSettings(await settings.get('marginalia.annotations', uri));
		},
	};
}

function readSettings(given: unknown): AnnotationSettings {
	const settings: Record<string, unknown> = typeof given === 'object' && given !== null ? { ...given } : {};
	const { author, carrier } = settings;
	return {
		author: typeof author === 'string' ? author : undefined,
		carrier: carrier === 'inline' ? 'inline' : 'sidecar',
	};
}
