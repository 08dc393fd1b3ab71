/**
 * What a document is, by the scheme of its address:
 *
 * - `file`: a file, or what stands for one in an editor. What lies beside it may be looked up.
 * - `version`: a file as it is or was elsewhere: in git, in a pull request, in one half of a comparison. It is another text of a file
 *   that has its own address, and nothing lies beside it.
 * - `none`: no file at all: what an editor or an extension writes, and fields to write in.
 */
export type Standing = 'file' | 'version' | 'none';

const SCHEMES: Readonly<Record<Standing, readonly string[]>> = {
	file: [
		...['file', 'untitled', 'vscode-remote', 'vscode-vfs', 'vscode-test-web', 'vsls'],
		// Archives and other machines: Vim's netrw and zip, KDE, JetBrains; new documents of Sublime Text.
		...['zipfile', 'tarfile', 'jar', 'ftp', 'sftp', 'scp', 'ssh', 'rsync', 'fish', 'smb', 'dav', 'davs', 'buffer'],
	],
	version: [
		// VS Code: git, Timeline, comparison with what is saved, on disk or put back, previews of edits, proposals of chat.
		...['git', 'vscode-local-history', 'showmodifications', 'conflictresolution', 'merge-conflict.conflict-diff'],
		...['merge-result', 'deleted-file', 'vscode-bulkeditpreview-editor'],
		...['chat-editing-text-model', 'chat-editing-snapshot-text-model', 'vscode-chat-code-compare-block'],
		...['scm-history-item', 'git-commit', 'git-stash', 'git-ref-compare', 'copilot-pr'],
		// Extensions: GitLens, pull requests of GitHub and GitLab, Live Share, other systems of version control; Theia.
		...['gitlens', 'gitlens-git', 'gitlens-virtual', 'pr', 'review', 'githubpr', 'gitpr', 'githubcommit', 'filechange'],
		...['gl-review', 'vsls-scc', 'gitfs', 'git-graph', 'gitrev', 'git-revision', 'hg', 'svn', 'perforce', 'jj', 'diff'],
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

/** Families whose members come and go with releases of VS Code: cells of notebooks and what belongs to them, chat. */
const FAMILIES = /^(?:vscode-notebook-|vscode-chat-|chat-)/;

const STANDINGS: ReadonlyMap<string, Standing> = new Map(
	(['file', 'version', 'none'] as const).flatMap(standing => SCHEMES[standing].map(scheme => [scheme, standing])),
);

/** The scheme of an address, in small letters; empty where it has none. */
export function schemeOf(uri: string): string {
	return /^[a-z][a-z0-9+.-]*(?=:)/i.exec(uri)?.[0].toLowerCase() ?? '';
}

/** What documents of a scheme are; `undefined` for a scheme that nobody has heard of. */
export function standingOf(scheme: string): Standing | undefined {
	const known = scheme.toLowerCase();
	return STANDINGS.get(known) ?? (FAMILIES.test(known) ? 'none' : undefined);
}

/**
 * Whether documents of a scheme are files. Of schemes that nobody has heard of, those are of which a folder is open: whoever opened it
 * works on the files there. Any other may be one more way to show a version of a file, and files that are there twice are worse than
 * a file of which only its own text is spoken.
 *
 * @param folders the schemes of the folders that are open
 */
export function standsForFile(scheme: string, folders: Iterable<string>): boolean {
	const standing = standingOf(scheme);
	if (standing !== undefined) return standing === 'file';
	for (const folder of folders) if (folder.toLowerCase() === scheme.toLowerCase()) return scheme !== '';
	return false;
}

/** The schemes whose documents are files, for those who can only compare; those of open folders as `standsForFile` has them. */
export function fileSchemes(folders: readonly string[]): readonly string[] {
	return [...new Set([...SCHEMES.file, ...folders])].filter(scheme => standsForFile(scheme, folders));
}
