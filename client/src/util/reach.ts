import { type Uri, workspace } from 'vscode';
import { createReach, type Reach } from '../../../server/src/links/reach.ts';

/** Returns the files that may be accessed: those in workspace folders, and in the archives of documents opened outside them. */
export function reachWith(documents: readonly Uri[]): Reach {
	return createReach({ folders: (workspace.workspaceFolders ?? []).map(({ uri }) => uri), documents });
}
