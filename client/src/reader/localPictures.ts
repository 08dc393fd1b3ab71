import * as vscode from 'vscode';
import type { ReaderAnswer, ReaderBlock } from '../../../server/src/reader/protocol.ts';

/**
 * Gives pictures that lie in the archive addresses that a webview can load, and takes out those that lie elsewhere.
 *
 * @param roots the folders that the webview may load from
 */
export function withLocalPictures(
	answer: ReaderAnswer,
	webview: vscode.Webview,
	roots: readonly vscode.Uri[],
): ReaderAnswer {
	const place = (block: ReaderBlock): ReaderBlock => {
		const { content } = block;
		if (!content.pictures.some(({ sources }) => sources.some(({ kind }) => kind === 'file'))) return block;
		const pictures = content.pictures.map(picture => ({
			...picture,
			sources: picture.sources.flatMap(source => {
				if (source.kind !== 'file') return [source];
				const uri = vscode.Uri.parse(source.url);
				return roots.some(root => isInside(uri, root))
					? [{ ...source, url: webview.asWebviewUri(uri).toString() }]
					: [];
			}),
		}));
		return { ...block, content: { ...content, pictures } };
	};
	switch (answer.kind) {
		case 'view':
			return { ...answer, view: { ...answer.view, blocks: answer.view.blocks.map(place) } };
		case 'patch': {
			const insert = answer.patch.insert.map(entry => ('content' in entry ? place(entry) : entry));
			return { ...answer, patch: { ...answer.patch, insert } };
		}
		case 'list':
			return answer;
	}
}

function isInside(uri: vscode.Uri, root: vscode.Uri): boolean {
	const folder = root.path.endsWith('/') ? root.path : `${root.path}/`;
	return (
		uri.scheme === root.scheme &&
		uri.authority === root.authority &&
		uri.path.startsWith(folder) &&
		!uri.path.includes('/../')
	);
}

/** The folders that pictures of a document may come from: those of the workspace, and its own. */
export function pictureRoots(document: vscode.Uri | undefined): readonly vscode.Uri[] {
	const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri);
	if (!document || document.scheme === 'untitled' || folders.some(root => isInside(document, root))) return folders;
	return [...folders, vscode.Uri.joinPath(document, '..')];
}
