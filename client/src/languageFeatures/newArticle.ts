import * as vscode from 'vscode';
import { EXTENSION_COMMANDS } from '../../../server/src/protocol/commands.ts';
import { type NewArticle, NewArticleRequest } from '../../../server/src/protocol/editing.ts';
import { messageOf } from '../../../server/src/util/errors.ts';
import { withoutLinks } from '../../../server/src/util/labels.ts';
import { baseName } from '../../../server/src/util/path.ts';
import { ARTICLE_LANGUAGE } from '../article/detection.ts';
import { isFile } from '../article/documents.ts';
import type { Server } from '../lsp/server.ts';
import { fileSystemCode } from '../util/writeFile.ts';
import { askAddress, askTitle } from './askArticle.ts';

/**
 * Registers `New Article…`, which asks for address and title, and creates the article where and under the name that its archive gives
 * such articles, with an entry in the list of its source.
 *
 * @param start starts the server, if it is not running
 * @param home the user's folder, where an article is offered to be saved if nothing is open; `undefined` if there is none
 */
export function registerNewArticle(
	server: Server,
	start: () => Promise<void>,
	home: string | undefined,
): vscode.Disposable {
	return vscode.commands.registerCommand(EXTENSION_COMMANDS.newArticle, async (chosen?: unknown) => {
		const folder = chosen instanceof vscode.Uri ? chosen : folderAtHand();
		const near = folder ?? (home === undefined ? undefined : vscode.Uri.file(home));
		const started = start();
		const request = async (source: string, title: string, token?: vscode.CancellationToken) => {
			await started;
			const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
			const given = { ...(source === '' ? {} : { source }), ...(title === '' ? {} : { title }) };
			return server.request(NewArticleRequest, { folder: String(near ?? 'untitled:'), timeZone, ...given }, token);
		};
		for (let last = ''; ; ) {
			const source = await askAddress(last, async address => (await request(address, ''))?.copies[0]);
			if (source === undefined) return;
			last = source;
			const title = await askTitle(source);
			if (title === undefined) return;
			if (title === 'back') continue;
			try {
				const begun = await filing(token => request(source, title.text, token));
				if (begun) await create(begun, { source, title: title.text }, near, folder !== undefined);
			} catch (error) {
				tellFailed(error);
			}
			return;
		}
	});
}

/** The folder of the active file, else the first workspace folder; `undefined` if nothing is open. */
function folderAtHand(): vscode.Uri | undefined {
	const uri = vscode.window.activeTextEditor?.document.uri;
	const folders = vscode.workspace.workspaceFolders;
	if (uri && uri.scheme !== 'untitled' && isFile(uri)) {
		if (!folders || vscode.workspace.getWorkspaceFolder(uri)) return vscode.Uri.joinPath(uri, '..');
	}
	return folders?.[0]?.uri;
}

/** Shows progress, since an archive has to be read to say where an article belongs; `undefined` if the user cancelled. */
function filing(
	run: (token: vscode.CancellationToken) => Promise<NewArticle | undefined>,
): Thenable<NewArticle | undefined> {
	const options = { location: vscode.ProgressLocation.Notification, title: 'Filing the article', cancellable: true };
	return vscode.window.withProgress(options, async (_, token) => {
		try {
			const begun = await run(token);
			if (!begun) throw new Error('the language server is not running');
			return begun;
		} catch (error) {
			if (token.isCancellationRequested) return undefined;
			throw error;
		}
	});
}

/** What the user has said about the article; empty if nothing. */
interface Said {
	readonly source: string;
	readonly title: string;
}

async function create(
	{ uri, name, text, list }: NewArticle,
	said: Said,
	near: vscode.Uri | undefined,
	isOpen: boolean,
): Promise<void> {
	if (uri === undefined) {
		const document = await unsaved(near && vscode.Uri.joinPath(near, name), text, isOpen);
		if (document) await show(document, said);
		return;
	}
	const file = vscode.Uri.parse(uri, true);
	const listUri = list && vscode.Uri.parse(list.uri, true);
	const edit = new vscode.WorkspaceEdit();
	edit.createFile(file, { contents: new TextEncoder().encode(text) });
	if (listUri && 'edit' in list) {
		const { line, character } = list.edit.range.start;
		edit.insert(listUri, new vscode.Position(line, character), list.edit.newText);
	} else if (listUri && 'text' in list) {
		edit.createFile(listUri, { contents: new TextEncoder().encode(list.text) });
	}
	// As a refactoring, it is saved. A list with other unsaved changes is left to the user.
	const isDirty = vscode.workspace.textDocuments.some(one => one.isDirty && one.uri.toString() === listUri?.toString());
	if (!(await vscode.workspace.applyEdit(edit, { isRefactoring: !isDirty })))
		throw new Error(
			`${vscode.workspace.asRelativePath(file)} cannot be created. Check that you may write in its folder, and begin again if it exists by now`,
		);
	await show(await vscode.workspace.openTextDocument(file), said);
	if (listUri && 'refusal' in list) {
		const listName = withoutLinks(vscode.workspace.asRelativePath(listUri));
		void vscode.window.showWarningMessage(`The article is not in ${listName}: ${list.refusal}. Add it there yourself.`);
	}
}

/** Opens an article that is not in an archive, unsaved under its name; asks where it belongs if no folder is open. */
async function unsaved(
	file: vscode.Uri | undefined,
	text: string,
	isOpen: boolean,
): Promise<vscode.TextDocument | undefined> {
	const options = { title: 'New Article', saveLabel: 'Create', filters: { Article: ['md', 'txt'] } };
	const target = isOpen || !file ? file : await vscode.window.showSaveDialog({ ...options, defaultUri: file });
	if (!target)
		return file ? undefined : vscode.workspace.openTextDocument({ language: ARTICLE_LANGUAGE, content: text });
	const document = await vscode.workspace.openTextDocument(await freeUntitled(target));
	const edit = new vscode.WorkspaceEdit();
	edit.insert(document.uri, new vscode.Position(0, 0), text);
	await vscode.workspace.applyEdit(edit);
	return document;
}

/** The URI of an unsaved document that will be saved as a file, or next to it under another name if there is one. */
async function freeUntitled(file: vscode.Uri): Promise<vscode.Uri> {
	const [, stem = '', extension = ''] = /^(.*?)(\.[^.]*)?$/.exec(baseName(file.path)) ?? [];
	for (let number = 1; ; number++) {
		const free = number === 1 ? file : vscode.Uri.joinPath(file, '..', `${stem}-${number}${extension}`);
		const untitled = free.with({ scheme: 'untitled' });
		const isUsed = vscode.workspace.textDocuments.some(({ uri }) => uri.toString() === untitled.toString());
		if (!isUsed && !(await exists(free))) return untitled;
	}
}

async function exists(file: vscode.Uri): Promise<boolean> {
	try {
		await vscode.workspace.fs.stat(file);
		return true;
	} catch (error) {
		if (fileSystemCode(error) === 'FileNotFound') return false;
		throw error;
	}
}

/** Shows a new article with the cursor where one goes on: in what is missing from the header, else in the first paragraph. */
async function show(opened: vscode.TextDocument, { source, title }: Said): Promise<void> {
	const document =
		opened.languageId === ARTICLE_LANGUAGE
			? opened
			: await vscode.languages.setTextDocumentLanguage(opened, ARTICLE_LANGUAGE);
	const text = document.getText();
	const start = document.positionAt(text.indexOf('<p>') + '<p>'.length);
	const line = document.lineAt(1).text;
	const [isTitled, isSourced] = [title !== '', source !== ''];
	const missing = isTitled && isSourced ? start : new vscode.Position(1, isTitled ? line.lastIndexOf(')') : 1);
	// The selection comes with the editor: what is typed at once goes there.
	const { version } = document;
	const editor = await vscode.window.showTextDocument(document, {
		selection: new vscode.Range(missing, missing),
		preview: false,
	});
	if (missing === start || document.version !== version) return;
	const snippet = new vscode.SnippetString().appendText('[');
	if (!isTitled) snippet.appendPlaceholder('Title', 1);
	else snippet.appendText(line.slice(1, line.lastIndexOf('](')));
	if (!isSourced) snippet.appendText('](https://').appendTabstop(2).appendText(')');
	else snippet.appendText(line.slice(line.indexOf('](')));
	snippet.appendText('\n------\n\n<p>').appendTabstop(0);
	await editor.insertSnippet(snippet, new vscode.Range(new vscode.Position(1, 0), start));
}

function tellFailed(error: unknown): void {
	void vscode.window.showErrorMessage(`The article was not created: ${withoutLinks(messageOf(error))}.`);
}
