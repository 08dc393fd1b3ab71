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

/** The configuration file that an ignore action edits. */
export interface IgnoreTarget {
	readonly uri: string;
	/** Its content; `undefined` if the file does not exist yet. */
	readonly text: string | undefined;
	/** Path of the article relative to the folder of the configuration; `undefined` if it is not in that folder. */
	readonly path: string | undefined;
}

/**
 * Returns the configuration file to edit for an article: the one that applies to it, otherwise a new file in the root of its
 * archive, in its workspace folder, or next to it.
 *
 * @param file the configuration that applies to the article, if any
 * @returns `undefined` if that file has errors or is a symbolic link, the article is not in a folder, or files cannot be read
 */
export async function ignoreTarget(
	uri: string,
	file: ConfigurationFile | undefined,
	files: FileSystem,
	workspaceFolder: string | undefined,
): Promise<IgnoreTarget | undefined> {
	if (file?.faults.some(({ severity }) => severity === 'error')) return undefined;
	// The editor would write through the symbolic link.
	if (file && (await files.readLink?.(file.uri)) !== undefined) return undefined;
	if (!isInFolder(uri)) return undefined;
	const root = file ? folderOf(file.uri) : ((await findArchiveRoot(uri, files)) ?? workspaceFolder ?? folderOf(uri));
	// If files cannot be read, as in a browser, a configuration may exist that the server cannot see.
	if (!file && (await files.stat(root))?.type !== 'directory') return undefined;
	const target = file?.uri ?? joinUri(root, CONFIGURATION_FILE);
	return { uri: target, text: file?.text, path: pathBelow(root, uri) };
}

/** The URL that a problem is about, if any. */
export interface IgnoreSubject {
	/** The URL as written in the text. */
	readonly address: string | undefined;
	/** The resolved URL, if valid. */
	readonly url: URL | undefined;
}

/** The client's capabilities for edits of other files. */
export interface IgnoreOptions {
	readonly versionedEdits: boolean;
	/** Whether it supports the creation of files in edits. */
	readonly createsFiles: boolean;
}

/**
 * Returns the actions that ignore a problem in the configuration of the archive: by URL, by host, by rule in this article, or
 * by rule everywhere. Empty if the configuration has errors, or must be created and the client cannot create files.
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

/** Returns the edit that adds an entry to a configuration; `undefined` if it is there, or the client cannot do that. */
export function writeEntry(
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
