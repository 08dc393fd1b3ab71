import * as vscode from 'vscode';
import {
	type ComparisonEdits,
	ComparisonEditsRequest,
	ComparisonRequest,
} from '../../../server/src/protocol/comparison.ts';
import { baseName } from '../../../server/src/util/path.ts';
import type { Server } from '../lsp/server.ts';
import { comparedSide } from './side.ts';

const NO_SERVER = 'Articles cannot be compared while the Marginalia language server is not running.';

/** Makes the edits of comparisons in their articles, without taking back what has changed there meanwhile. */
export interface Saves {
	/** Notes that a document has been read, and no edits are unsaved. */
	begin(document: vscode.TextDocument): void;
	forget(uri: vscode.Uri): void;
	/** Whether the edits of a document can be made in its article: not if that has changed in the same place since it was shown. */
	isPossible(document: vscode.TextDocument): Promise<boolean>;
	/** Makes the edits, as one step to undo, and saves the article. */
	save(uri: vscode.Uri, edited: string): Promise<void>;
}

/** Lays a text out for comparison. */
export async function requestLayout(server: Server, text: string): Promise<string> {
	await server.start();
	const laidOut = await server.request(ComparisonRequest, { text });
	if (!laidOut) throw vscode.FileSystemError.Unavailable(NO_SERVER);
	return laidOut.text;
}

export function createSaves(server: Server): Saves {
	/** How the article was laid out when the edits of a side began. What is not here was edited in an earlier session. */
	const bases = new Map<string, string>();
	/** The text of the article with which the edits of a side are in conflict, as VS Code was told. */
	const conflicts = new Map<string, string>();

	/** @param shown the layout that was edited, if the article may have changed since */
	async function editsOf(
		article: vscode.TextDocument,
		edited: string,
		shown?: string,
	): Promise<ComparisonEdits | null> {
		const answer = await server.request(ComparisonEditsRequest, {
			text: article.getText(),
			edited: withLineBreaksOf(article, edited),
			...(shown === undefined ? {} : { shown: withLineBreaksOf(article, shown) }),
		});
		if (answer === undefined) throw vscode.FileSystemError.Unavailable(NO_SERVER);
		return answer;
	}

	return {
		begin: document => bases.set(document.uri.toString(), document.getText()),
		forget(uri) {
			bases.delete(uri.toString());
			conflicts.delete(uri.toString());
		},
		async isPossible(document) {
			const key = document.uri.toString();
			const article = await openArticle(document.uri);
			const text = article.getText();
			const base = bases.get(key);
			if (base !== undefined && (await editsOf(article, document.getText(), base))) return true;
			conflicts.set(key, text);
			return false;
		},
		async save(uri, edited) {
			const key = uri.toString();
			const article = await openArticle(uri);
			const fail = (reason: string): never => {
				throw vscode.FileSystemError.Unavailable(`${baseName(article.uri.path)} ${reason}`);
			};
			if (await isStale(article)) fail('has changed on disk. Save again when the comparison shows it.');
			const { version } = article;
			// VS Code saves despite a conflict only if the user said so.
			const isDecided = conflicts.get(key) === article.getText();
			const made = await editsOf(article, edited, isDecided ? undefined : bases.get(key));
			if (!made) return fail('has changed in the same place. Save again to compare both versions.');
			const edit = new vscode.WorkspaceEdit();
			for (const { start, end, newText } of made.edits)
				edit.replace(article.uri, new vscode.Range(article.positionAt(start), article.positionAt(end)), newText);
			if (article.version !== version || (edit.size > 0 && !(await vscode.workspace.applyEdit(edit))))
				fail('has changed meanwhile. Save again.');
			conflicts.delete(key);
			bases.set(key, made.laidOut);
			if (article.isDirty && !(await article.save())) fail('has the changes now, but cannot be saved.');
		},
	};
}

async function openArticle(uri: vscode.Uri): Promise<vscode.TextDocument> {
	const side = comparedSide(uri);
	if (!side) throw vscode.FileSystemError.FileNotFound(uri);
	return vscode.workspace.openTextDocument(side.uri);
}

function withLineBreaksOf({ eol }: vscode.TextDocument, text: string): string {
	return text.replace(/\r?\n/g, eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n');
}

/** Whether a document without unsaved edits is not what its file has: VS Code takes a moment to see changes on disk. */
async function isStale(document: vscode.TextDocument): Promise<boolean> {
	const { isDirty, uri, encoding } = document;
	if (isDirty) return false;
	const saved = await vscode.workspace.decode(await vscode.workspace.fs.readFile(uri), { encoding });
	const lines = (text: string): string => text.replace(/\r\n?/g, '\n');
	return !document.isDirty && lines(saved) !== lines(document.getText());
}
