/**
 * Classifies documents by the scheme of their URI:
 *
 * - `file`: a file, or its equivalent in an editor. Files next to it may be looked up.
 * - `version`: another version of a file: in git, in a pull request, on one side of a comparison. The file itself has
 *   a URI of its own, and there is nothing next to the version.
 * - `none`: not a file: output of an editor or an extension, and input fields.
 */
export type Standing = 'file' | 'version' | 'none';

/** The scheme of articles that the VS Code extension lays out to be compared. */
export const COMPARISON_SCHEME = 'marginalia-compare';

const SCHEMES: Readonly<Record<Standing, readonly string[]>> = {
	file: [
		...['file', 'untitled', 'vscode-remote', 'vscode-vfs', 'vscode-test-web', 'vsls'],
		// Archives and remote machines: Vim's netrw and zip, KDE, JetBrains; new documents of Sublime Text.
		...['zipfile', 'tarfile', 'jar', 'ftp', 'sftp', 'scp', 'ssh', 'rsync', 'fish', 'smb', 'dav', 'davs', 'buffer'],
	],
	version: [
		// VS Code: git, Timeline, comparisons with saved, on-disk or restored files, previews of edits, chat edits.
		...['git', 'vscode-local-history', 'showmodifications', 'conflictresolution', 'merge-conflict.conflict-diff'],
		...['merge-result', 'deleted-file', 'vscode-bulkeditpreview-editor'],
		...['chat-editing-text-model', 'chat-editing-snapshot-text-model', 'vscode-chat-code-compare-block'],
		...['scm-history-item', 'git-commit', 'git-stash', 'git-ref-compare', 'copilot-pr'],
		// Extensions: GitLens, GitHub and GitLab pull requests, Live Share, other version control systems; Theia.
		...['gitlens', 'gitlens-git', 'gitlens-virtual', 'pr', 'review', 'githubpr', 'gitpr', 'githubcommit', 'filechange'],
		...['gl-review', 'vsls-scc', 'gitfs', 'git-graph', 'gitrev', 'git-revision', 'hg', 'svn', 'perforce', 'jj', 'diff'],
		COMPARISON_SCHEME,
		// Vim and Neovim.
		...['fugitive', 'gitsigns', 'diffview', 'octo'],
	],
	none: [
		...['output', 'git-output', 'github-output', 'merge-output', 'gitlens-ai-markdown', 'newissue', 'comment'],
		...['search-editor', 'debug', 'repl', 'vscode-terminal', 'vscode-scm', 'vscode-settings', 'vscode-custom-editor'],
		...['vscode-interactive', 'vscode-interactive-input', 'chatsessioninput', 'accessible-view', 'code-setting'],
		...['walkthrough', 'walkthroughsnippet', 'inmemory', 'private', 'vscode', 'data', 'command', 'webview-panel'],
	],
};

/** Scheme families whose members change between releases of VS Code: notebook cells and related documents, chat. */
const FAMILIES = /^(?:vscode-notebook-|vscode-chat-|chat-)/;

const STANDINGS: ReadonlyMap<string, Standing> = new Map(
	(['file', 'version', 'none'] as const).flatMap(standing => SCHEMES[standing].map(scheme => [scheme, standing])),
);

/** The scheme of a URI in lower case; empty if there is none. */
export function schemeOf(uri: string): string {
	return /^[a-z][a-z0-9+.-]*(?=:)/i.exec(uri)?.[0].toLowerCase() ?? '';
}

/** What documents of a scheme are; `undefined` for an unknown scheme. */
export function standingOf(scheme: string): Standing | undefined {
	const known = scheme.toLowerCase();
	return STANDINGS.get(known) ?? (FAMILIES.test(known) ? 'none' : undefined);
}

/**
 * Whether documents of a scheme are files. An unknown scheme is one of files only if a workspace folder has it: whoever opened the folder
 * works on its files. Otherwise the documents may be versions of files. Treating a version as a second file is worse than
 * offering only the features that need no more than its text.
 *
 * @param folders the schemes of the workspace folders
 */
export function standsForFile(scheme: string, folders: Iterable<string>): boolean {
	const standing = standingOf(scheme);
	if (standing !== undefined) return standing === 'file';
	for (const folder of folders) if (folder.toLowerCase() === scheme.toLowerCase()) return scheme !== '';
	return false;
}

/** The schemes whose documents are files, as a list; schemes of workspace folders are decided as in `standsForFile`. */
export function fileSchemes(folders: readonly string[]): readonly string[] {
	return [...new Set([...SCHEMES.file, ...folders])].filter(scheme => standsForFile(scheme, folders));
}
