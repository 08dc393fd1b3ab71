import type { DocumentEdits } from '../../languageFeatures/workspaceEdit.ts';
import type { Carrier } from '../../protocol/annotations.ts';

/** What a user has set for the notes of a document. */
export interface AnnotationSettings {
	/** Who writes; `undefined` or empty where nobody says. */
	readonly author: string | undefined;
	readonly carrier: Carrier;
}

/** What commands need of the editor that they are called in. */
export interface Editor {
	/** Why nothing is done with what is at an address; `undefined` for an article, and for what is not open. */
	refusal(uri: string): string | undefined;
	/** Whether files may be written that are not open: not where the user does not trust what is. */
	mayWriteFiles(): boolean;
	/**
	 * Has the editor make changes, as one step that can be undone there.
	 *
	 * @param label what they are, for its list of steps
	 * @returns why they were not made; `undefined` where they were
	 */
	apply(label: string, edits: readonly DocumentEdits[]): Promise<string | undefined>;
	settings(uri: string): Promise<AnnotationSettings>;
}

/** Where nothing is open and nobody has set anything, as on the command line. */
export const NO_EDITOR: Editor = {
	refusal: () => undefined,
	mayWriteFiles: () => true,
	apply: async () => 'no editor is available',
	settings: async () => ({ author: undefined, carrier: 'sidecar' }),
};
