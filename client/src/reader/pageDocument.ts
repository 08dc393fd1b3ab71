import * as vscode from 'vscode';
import { readerHtml } from './html.ts';
import { pictureRoots } from './localPictures.ts';

/** The HTML document of a reader's page. */
export interface PageDocument {
	/** Replaces the document if its policy does not fit the article. Returns whether it did, which restarts the page. */
	load(article: vscode.Uri | undefined, remotePictures: boolean): boolean;
}

/** Creates documents for a webview. What a page may load depends on the location of the article. */
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
