import type { Connection } from 'vscode-languageserver';

/**
 * The part of a connection that registers handlers. Messages to the client go through
 * `RemoteClient`, which handles refusals.
 */
export type Handlers = Pick<
	Connection,
	Extract<keyof Connection, `on${string}`> // all handlers of the protocol
> & {
	readonly workspace: Pick<Connection['workspace'], 'onWillRenameFiles' | 'onDidChangeWorkspaceFolders'>;
	readonly languages: {
		readonly diagnostics: Pick<Connection['languages']['diagnostics'], 'on'>;
		readonly inlayHint: Pick<Connection['languages']['inlayHint'], 'on'>;
		readonly semanticTokens: Pick<Connection['languages']['semanticTokens'], 'on' | 'onRange'>;
		readonly onLinkedEditingRange: Connection['languages']['onLinkedEditingRange'];
	};
};
