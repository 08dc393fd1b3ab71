import {
	type CodeAction,
	CodeActionKind,
	type Diagnostic,
	type TextDocumentEdit,
	type WorkspaceEdit,
} from 'vscode-languageserver';
import { normalizeHost } from '../archive/configuration.ts';
import { addEntry } from '../archive/configurationEdit.ts';
import type { ConfigurationFile } from '../archive/configurationFile.ts';
import { CONFIGURATION_FILE, findArchiveRoot } from '../links/archiveRoot.ts';
import type { FileSystem } from '../platform.ts';
import type { Problem } from '../rules/check.ts';
import { show } from '../rules/write.ts';
import { folderOf, isInFolder, joinUri, pathBelow } from '../util/uri.ts';
import { toLspEdits } from './position.ts';
import { snapshotOf } from './snapshot.ts';

/** Where "ignore" writes to. */
export interface IgnoreTarget {
	/** Address of the configuration. */
	readonly uri: string;
	/** What is in it; `undefined` where there is none yet. */
	readonly text: string | undefined;
	/** The article's path from the configuration's folder; `undefined` where it is not below that. */
	readonly path: string | undefined;
}

/**
 * Where "ignore" writes for an article: into the configuration that holds for it, else into a new one at the root of its
 * archive, of its workspace folder, or beside it.
 *
 * @param file the configuration that holds for it, if there is one
 * @returns `undefined` where that is broken or a symbolic link, the article lies nowhere, or no files can be read
 */
export async function ignoreTarget(
	uri: string,
	file: ConfigurationFile | undefined,
	files: FileSystem,
	workspaceFolder: string | undefined,
): Promise<IgnoreTarget | undefined> {
	if (file?.faults.some(({ severity }) => severity === 'error')) return undefined;
	// An editor would write through a symbolic link.
	if (file && (await files.readLink?.(file.uri)) !== undefined) return undefined;
	if (!isInFolder(uri)) return undefined;
	const root = file ? folderOf(file.uri) : ((await findArchiveRoot(uri, files)) ?? workspaceFolder ?? folderOf(uri));
	// Where no files can be read, as in a browser, there may be a configuration that nobody sees.
	if (!file && (await files.stat(root))?.type !== 'directory') return undefined;
	const target = file?.uri ?? joinUri(root, CONFIGURATION_FILE);
	return { uri: target, text: file?.text, path: pathBelow(root, uri) };
}

/** What a finding speaks of, as far as it can be ignored. */
export interface IgnoreSubject {
	/** The address as it is written. */
	readonly address: string | undefined;
	/** Where it leads, if it leads anywhere. */
	readonly url: URL | undefined;
}

/** What a client can do with edits of other files. */
export interface IgnoreOptions {
	readonly versionedEdits: boolean;
	/** Whether it makes files. */
	readonly createsFiles: boolean;
}

/**
 * Actions that write into the archive's configuration that a finding is not to be reported: for its address, its host, its
 * rule in this article, its rule anywhere. None where the configuration is broken, or would have to be made by a client that
 * cannot.
 */
export function ignoreActions(
	problem: Problem,
	{ address, url }: IgnoreSubject,
	diagnostic: Diagnostic,
	target: IgnoreTarget,
	options: IgnoreOptions,
): CodeAction[] {
	const actions: CodeAction[] = [];
	const offer = (title: string, path: readonly [string, ...string[]], kind: 'append' | 'set', value: string): void => {
		const edit = writeEntry(target, path, kind, value, options);
		if (edit) actions.push({ title, kind: CodeActionKind.QuickFix, diagnostics: [diagnostic], edit });
	};
	const ignored = url?.href ?? address;
	if (ignored) offer(`Ignore the URL ${show(ignored)}`, ['ignore', 'urls'], 'append', ignored);
	const host = url && normalizeHost(url.hostname);
	if (host) offer(`Ignore all URLs on ${host}`, ['ignore', 'hosts'], 'append', host);
	const { id } = problem.rule;
	if (target.path !== undefined) offer(`Ignore ${id} in this article`, ['ignore', 'rules', target.path], 'append', id);
	offer(`Turn off ${id} in this archive`, ['rules', id], 'set', 'off');
	return actions;
}

function writeEntry(
	{ uri, text }: IgnoreTarget,
	path: readonly [string, ...string[]],
	kind: 'append' | 'set',
	value: string,
	{ versionedEdits, createsFiles }: IgnoreOptions,
): WorkspaceEdit | undefined {
	if (text === undefined && !(createsFiles && versionedEdits)) return undefined;
	const edits = addEntry(text ?? '', path, kind, value);
	if (!edits) return undefined;
	const document = snapshotOf(uri, text ?? '');
	const changes = toLspEdits(document, edits);
	if (!versionedEdits) return { changes: { [uri]: changes } };
	const change: TextDocumentEdit = { textDocument: { uri, version: null }, edits: changes };
	return {
		documentChanges: text === undefined ? [{ kind: 'create', uri }, change] : [change],
	};
}
