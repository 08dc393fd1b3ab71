import * as vscode from 'vscode';
import { COMPARISON_SCHEME } from '../../../server/src/util/schemes.ts';

/** One side of a comparison: where its text comes from. */
export interface Side {
	/** `document`: what the document has now, `saved`: the file on disk, `clipboard`: the clipboard, named like the document. */
	readonly from: 'document' | 'saved' | 'clipboard';
	readonly uri: vscode.Uri;
}

/** Two sides to compare. */
export interface Pair {
	readonly left: Side;
	readonly right: Side;
	readonly title: string;
}

/** Returns the URI of the document that shows a side, laid out for comparison. Its path is for people: that of the article in its folder. */
export function comparisonUri({ from, uri }: Side): vscode.Uri {
	const file = uri.scheme === 'git' ? uri.with({ scheme: 'file', query: '' }) : uri;
	const path = vscode.workspace.getWorkspaceFolder(file) ? `/${vscode.workspace.asRelativePath(file)}` : uri.path;
	const query = JSON.stringify({ from, uri: uri.toString() });
	return vscode.Uri.from({ scheme: COMPARISON_SCHEME, path, query });
}

/** Returns the side that a document shows; `undefined` for other documents. */
export function comparedSide({ scheme, query }: vscode.Uri): Side | undefined {
	if (scheme !== COMPARISON_SCHEME) return undefined;
	const { from, uri } = JSON.parse(query) as { readonly from: Side['from']; readonly uri: string };
	return { from, uri: vscode.Uri.parse(uri, true) };
}

/** Reads the text of a side as it is, without a byte order mark. */
export async function readSide({ from, uri }: Side): Promise<string> {
	switch (from) {
		case 'document':
			return (await vscode.workspace.openTextDocument(uri)).getText();
		case 'saved':
			return vscode.workspace.decode(await vscode.workspace.fs.readFile(uri), { uri });
		case 'clipboard':
			return vscode.env.clipboard.readText();
	}
}
