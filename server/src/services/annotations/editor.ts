import type { DocumentEdits } from '../../languageFeatures/workspaceEdit.ts';
import type { Carrier } from '../../protocol/annotations.ts';

/** The user's settings for the notes of a document. */
export interface AnnotationSettings {
	/** The author; `undefined` or empty if unknown. */
	readonly author: string | undefined;
	readonly carrier: Carrier;
}

/** The editor in which commands run. */
export interface Editor {
	/** Why a document is left alone; `undefined` for an article, and for a document that is not open. */
	refusal(uri: string): string | undefined;
	/** Whether files that are not open may be written, which is not the case in an untrusted workspace. */
	mayWriteFiles(): boolean;
	/**
	 * Applies edits in the editor, as one undoable step.
	 *
	 * @param label the name of the step
	 * @returns why the edits were not applied; `undefined` if they were
	 */
	apply(label: string, edits: readonly DocumentEdits[]): Promise<string | undefined>;
	settings(uri: string): Promise<AnnotationSettings>;
}

/** No editor and no settings, as on the command line. */
export const NO_EDITOR: Editor = {
	refusal: () => undefined,
	mayWriteFiles: () => true,
	apply: async () => 'no editor is available',
	settings: async () => ({ author: undefined, carrier: 'sidecar' }),
};
