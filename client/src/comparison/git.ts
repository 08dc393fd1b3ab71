import * as vscode from 'vscode';
import { baseName } from '../../../server/src/util/path.ts';
import type { Pair } from './side.ts';

/** What is used of the API of VS Code's Git extension, version 1. */
interface GitApi {
	readonly state: 'uninitialized' | 'initialized';
	readonly onDidChangeState: vscode.Event<unknown>;
	toGitUri(uri: vscode.Uri, ref: string): vscode.Uri;
	getRepository(uri: vscode.Uri): Repository | null;
}
interface Repository {
	readonly state: { readonly indexChanges: readonly Change[]; readonly onDidChange: vscode.Event<void> };
	log(options: { readonly path: string; readonly maxEntries: number }): Promise<readonly Commit[]>;
}
interface Commit {
	readonly hash: string;
	readonly message: string;
	readonly authorName?: string;
	readonly authorDate?: Date;
}
interface Change {
	readonly uri: vscode.Uri;
	readonly originalUri: vscode.Uri;
}

/** How many commits are offered to compare with. */
const MAX_COMMITS = 200;

/** What VS Code passes to commands in the menu of a file in Source Control. */
export type ResourceState = Pick<vscode.SourceControlResourceState, 'resourceUri' | 'command'>;

/** The versions of a file in its repository, each compared with the file. */
export interface Committed {
	/** The last commit. */
	readonly last: Pair;
	/** Asks for one of the commits that changed the file; `undefined` if the user chooses none. */
	choose(): Promise<Pair | undefined>;
}

/** Returns the versions of a file; `undefined` if no repository is open that has it. */
export async function committedVersions(uri: vscode.Uri): Promise<Committed | undefined> {
	const api = await gitApi();
	const repository = api?.getRepository(uri);
	if (!api || !repository) return undefined;
	const name = baseName(uri.path);
	const pair = (ref: string, path: vscode.Uri, label: string): Pair => ({
		left: { from: 'document', uri: api.toGitUri(path, ref) },
		right: { from: 'document', uri },
		title: `${name} (${label} ↔ Working Tree)`,
	});
	const moved = repository.state.indexChanges.find(change => change.uri.toString() === uri.toString());
	return {
		last: pair('HEAD', moved?.originalUri ?? uri, 'Last Commit'),
		async choose() {
			const choices = repository.log({ path: uri.fsPath, maxEntries: MAX_COMMITS }).then(toChoices);
			const choice = await vscode.window.showQuickPick(choices, {
				title: `Compare ${name} with Commit`,
				placeHolder: 'Commits that changed the article, latest first',
				matchOnDescription: true,
			});
			return choice && pair(choice.hash, uri, shortHash(choice.hash));
		},
	};
}

function toChoices(commits: readonly Commit[]): (vscode.QuickPickItem & { readonly hash: string })[] {
	return commits.map(({ hash, message, authorName, authorDate }) => ({
		label: message.split('\n', 1)[0] ?? '',
		description: [authorName, authorDate?.toLocaleString(), shortHash(hash)].filter(Boolean).join(' · '),
		iconPath: new vscode.ThemeIcon('git-commit'),
		hash,
	}));
}

function shortHash(hash: string): string {
	return hash.slice(0, 8);
}

/** Returns the sides that Source Control compares when a file is clicked there; `undefined` if it opens the file. */
export function clicked({ command }: ResourceState): Pair | undefined {
	if (command?.command !== 'vscode.diff') return undefined;
	const [left, right, title]: readonly unknown[] = command.arguments ?? [];
	if (!(left instanceof vscode.Uri) || !(right instanceof vscode.Uri)) return undefined;
	return {
		left: { from: 'document', uri: left },
		right: { from: 'document', uri: right },
		title: `${typeof title === 'string' ? title : baseName(right.path)} by Block`,
	};
}

/** Calls back when what git has of a file may have changed. */
export function watchRepository(
	uri: vscode.Uri,
	listener: () => void,
	output: vscode.LogOutputChannel,
): vscode.Disposable {
	let isDisposed = false;
	let changes: vscode.Disposable | undefined;
	gitApi().then(
		api => {
			if (!isDisposed) changes = api?.getRepository(uri)?.state.onDidChange(listener);
		},
		error => output.warn(`Cannot follow ${uri}`, error),
	);
	return new vscode.Disposable(() => {
		isDisposed = true;
		changes?.dispose();
	});
}

/** Returns the API of the Git extension once it knows the repositories; `undefined` if it is missing or disabled. */
async function gitApi(): Promise<GitApi | undefined> {
	const extension = vscode.extensions.getExtension<{ readonly enabled: boolean; getAPI(version: 1): GitApi }>(
		'vscode.git',
	);
	const git = await extension?.activate();
	if (!git?.enabled) return undefined;
	const api = git.getAPI(1);
	while (api.state !== 'initialized') {
		await new Promise<void>(resolve => {
			const listener = api.onDidChangeState(() => {
				listener.dispose();
				resolve();
			});
		});
	}
	return api;
}
