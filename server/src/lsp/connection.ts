import type { Connection } from 'vscode-languageserver';

/**
 * A connection as those see it who answer the client: handlers are bound to it. What goes the other way goes through
 * `RemoteClient`, which knows what to do when the client refuses.
 */
export type Handlers = Pick<
	Connection,
	Extract<keyof Connection, `on${string}`> // every handler of the protocol
> & {
	readonly workspace: Pick<Connection['workspace'], 'onWillRenameFiles' | 'onDidChangeWorkspaceFolders'>;
	readonly languages: {
		readonly diagnostics: Pick<Connection['languages']['diagnostics'], 'on'>;
		readonly inlayHint: Pick<Connection['languages']['inlayHint'], 'on'>;
		readonly semanticTokens: Pick<Connection['languages']['semanticTokens'], 'on' | 'onRange'>;
		readonly onLinkedEditingRange: Connection['languages']['onLinkedEditingRange'];
	};
};
