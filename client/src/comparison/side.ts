import * as vscode from 'vscode';
import { COMPARISON_SCHEME } from '../../../server/src/util/schemes.ts';

/** One side of a comparison: where its text comes from. */
export interface Side {
	/**
	 * `document`: what the document has now, `saved`: the file on disk, `clipboard`: the clipboard, named like the document,
	 * `preview`: what the document would have after a change.
	 */
	readonly from: 'document' | 'saved' | 'clipboard' | 'preview';
	readonly uri: vscode.Uri;
	/** Which preview of the document. */
	readonly preview?: number;
}

/** Two sides to compare. */
export interface Pair {
	readonly left: Side;
	readonly right: Side;
	readonly title: string;
}

/** Returns the URI of the document that shows a side, laid out for comparison. Its path is for people: that of the article in its folder. */
export function comparisonUri({ from, uri, preview }: Side): vscode.Uri {
	const file = uri.scheme === 'git' ? uri.with({ scheme: 'file', query: '' }) : uri;
	const path = vscode.workspace.getWorkspaceFolder(file) ? `/${vscode.workspace.asRelativePath(file)}` : uri.path;
	const query = JSON.stringify({ from, uri: uri.toString(), preview });
	return vscode.Uri.from({ scheme: COMPARISON_SCHEME, path, query });
}

/** Returns the side that a document shows; `undefined` for other documents. */
export function comparedSide({ scheme, query }: vscode.Uri): Side | undefined {
	if (scheme !== COMPARISON_SCHEME) return undefined;
	const { uri, ...rest } = JSON.parse(query) as Omit<Side, 'uri'> & { readonly uri: string };
	return { ...rest, uri: vscode.Uri.parse(uri, true) };
}

/** The texts of previews, until they are closed or VS Code is. */
const previews = new Map<number, string>();
let nextPreview = 0;

/** Makes a side of what a document would have after a change. */
export function previewSide(uri: vscode.Uri, text: string): Side {
	const preview = nextPreview++;
	previews.set(preview, text);
	return { from: 'preview', uri, preview };
}

/** Forgets a preview that is no longer shown. */
export function forgetPreview({ preview }: Side): void {
	if (preview !== undefined) previews.delete(preview);
}

/** Reads the text of a side as it is, without a byte order mark. */
export async function readSide({ from, uri, preview }: Side): Promise<string> {
	switch (from) {
		case 'document':
			return (await vscode.workspace.openTextDocument(uri)).getText();
		case 'saved':
			return vscode.workspace.decode(await vscode.workspace.fs.readFile(uri), { uri });
		case 'clipboard':
			return vscode.env.clipboard.readText();
		case 'preview': {
			const text = preview === undefined ? undefined : previews.get(preview);
			if (text === undefined) throw vscode.FileSystemError.FileNotFound(`The preview of ${uri.path} is closed.`);
			return text;
		}
	}
}
