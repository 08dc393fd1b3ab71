import * as vscode from 'vscode';
import type { Reach } from '../../../server/src/links/reach.ts';
import type { ReaderAnswer, ReaderBlock } from '../../../server/src/protocol/reader.ts';
import { reachWith } from '../util/reach.ts';

/**
 * Replaces the URIs of images in the archive with URIs that a webview can load, and removes local images outside the archive.
 */
export function withLocalPictures(
	answer: ReaderAnswer,
	webview: vscode.Webview,
	document: vscode.Uri | undefined,
): ReaderAnswer {
	const reach = reachOf(document);
	const place = (block: ReaderBlock): ReaderBlock => {
		const { content } = block;
		if (!content.pictures.some(({ sources }) => sources.some(({ kind }) => kind === 'file'))) return block;
		const pictures = content.pictures.map(picture => ({
			...picture,
			sources: picture.sources.flatMap(source => {
				if (source.kind !== 'file') return [source];
				const uri = vscode.Uri.parse(source.url);
				return reach.rootOf(uri) ? [{ ...source, url: webview.asWebviewUri(uri).toString() }] : [];
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

/** Returns the folders from which images of a document may be loaded. */
export function pictureRoots(document: vscode.Uri | undefined): readonly vscode.Uri[] {
	return reachOf(document).roots.map(({ path, ...root }) => vscode.Uri.from({ ...root, path: path || '/' }));
}

function reachOf(document: vscode.Uri | undefined): Reach {
	return reachWith(document ? [document] : []);
}
