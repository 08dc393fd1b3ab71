import { type Uri, workspace } from 'vscode';
import { createReach, type Reach } from '../../../server/src/links/reach.ts';

/** The files that may be touched: those in open folders, and in the archives of documents that were opened by themselves. */
export function reachWith(documents: readonly Uri[]): Reach {
	return createReach({ folders: (workspace.workspaceFolders ?? []).map(({ uri }) => uri), documents });
}
