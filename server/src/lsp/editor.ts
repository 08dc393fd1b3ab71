import { toWorkspaceEdit } from '../languageFeatures/workspaceEdit.ts';
import { readSetting, SECTIONS } from '../protocol/settings.ts';
import type { AnnotationSettings, Editor } from '../services/annotations/editor.ts';
import { type OpenDocuments, versionIn } from '../services/documents.ts';
import { isRecord } from '../util/value.ts';
import type { Admission } from './admission.ts';
import type { ClientSupport } from './capabilities.ts';
import type { RemoteClient } from './client.ts';
import type { Settings } from './settings.ts';

/** Creates the editor of a connection. `client` is called when needed, because the client is unknown before initialization. */
export function createEditor(
	remote: RemoteClient,
	documents: OpenDocuments,
	admission: Pick<Admission, 'refusal'>,
	settings: Settings,
	client: () => ClientSupport,
): Editor {
	return {
		refusal: admission.refusal,
		mayWriteFiles: () => client().trusted,
		async apply(label, edits) {
			// Not all clients check document versions.
			if (edits.some(({ document }) => documents.isOutdated(document))) return 'it was edited in the meantime';
			const versioned = client().codeActions?.versionedEdits === true;
			const edit = toWorkspaceEdit(edits, versioned, versionIn(documents));
			return remote.applyEdit({ label, edit });
		},
		async settings(uri) {
			// Do not request settings for a document that will be refused.
			if (admission.refusal(uri) !== undefined) return readSettings(undefined);
			return readSettings(await settings.get(SECTIONS.annotations, uri));
		},
	};
}

function readSettings(given: unknown): AnnotationSettings {
	const settings = isRecord(given) ? given : {};
	return {
		author: readSetting('marginalia.annotations.author', settings.author),
		carrier: readSetting('marginalia.annotations.carrier', settings.carrier),
	};
}
