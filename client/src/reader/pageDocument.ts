import * as vscode from 'vscode';
import { readerHtml } from './html.ts';
import { pictureRoots } from './localPictures.ts';

/** The document that the page of a reader runs in. */
export interface PageDocument {
	/** Makes it anew where it does not suit an article any more; tells whether it did, so that the page starts again. */
	load(article: vscode.Uri | undefined, remotePictures: boolean): boolean;
}

/** Makes documents for a webview: what a page may load is said in its document, and follows from where the article lies. */
export function createPageDocument(webview: vscode.Webview, extensionUri: vscode.Uri): PageDocument {
	let madeFor = '';
	return {
		load(article, remotePictures) {
			const folder = vscode.Uri.joinPath(extensionUri, 'client/dist');
			const roots = pictureRoots(article);
			const wanted = JSON.stringify([remotePictures, roots.map(String)]);
			if (wanted === madeFor) return false;
			madeFor = wanted;
			webview.options = { enableScripts: true, localResourceRoots: [folder, ...roots] };
			webview.html = readerHtml({
				script: webview.asWebviewUri(vscode.Uri.joinPath(folder, 'reader.js')).toString(),
				style: webview.asWebviewUri(vscode.Uri.joinPath(folder, 'reader.css')).toString(),
				origin: webview.cspSource,
				nonce: crypto.randomUUID(),
				remotePictures,
				language: vscode.env.language,
			});
			return true;
		},
	};
}
