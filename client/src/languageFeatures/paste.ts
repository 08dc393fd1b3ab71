import * as vscode from 'vscode';
import { type Paste, PasteRequest } from '../../../server/src/protocol/editing.ts';
import { documentSelector } from '../article/documents.ts';
import type { Server } from '../lsp/server.ts';
import { settingOf } from '../util/settings.ts';

const ARTICLE = vscode.DocumentDropOrPasteEditKind.Empty.append('article');

/** The kinds of paste edits, which users can name in `editor.pasteAs.preferences`. */
const KINDS: Readonly<Record<Paste['kind'], vscode.DocumentDropOrPasteEditKind>> = {
	html: ARTICLE.append('html'),
	link: ARTICLE.append('link'),
};

/** A type that VS Code adds to text copied from its editors. The HTML of such text only carries syntax colours. */
const FROM_AN_EDITOR = 'vscode-editor-data';

/**
 * Registers pasting: part of a web page as clean article HTML, and a URL over a selection as a link. With `marginalia.paste`
 * set to `offer`, plain text is pasted and these are offered in the paste menu.
 */
export function registerPaste(server: Server, output: vscode.LogOutputChannel): vscode.Disposable {
	return vscode.languages.registerDocumentPasteEditProvider(
		documentSelector(),
		{
			async provideDocumentPasteEdits(document, ranges, dataTransfer, { only }, token) {
				const [range, ...others] = ranges;
				const mode = settingOf('marginalia.paste', document);
				if (!range || others.length > 0 || mode === 'off') return [];
				const html = dataTransfer.get(FROM_AN_EDITOR) ? undefined : await dataTransfer.get('text/html')?.asString();
				const text = await dataTransfer.get('text/plain')?.asString();
				const { start, end } = range;
				const params = { textDocument: { uri: document.uri.toString() }, range: { start, end } };
				const clipboard = { ...(html ? { html } : {}), ...(text ? { text } : {}) };
				const asked = server.request(PasteRequest, { ...params, ...clipboard }, token);
				// If the request fails, plain text is pasted.
				const pastes = await asked.catch(error => output.warn('Falling back to plain text paste', error));
				return (pastes || [])
					.filter(({ kind }) => only === undefined || only.contains(KINDS[kind]))
					.map(({ kind, title, text: inserted }) => {
						const edit = new vscode.DocumentPasteEdit(inserted, title, KINDS[kind]);
						if (mode === 'offer') edit.yieldTo = [vscode.DocumentDropOrPasteEditKind.Text];
						return edit;
					});
			},
		},
		{ providedPasteEditKinds: Object.values(KINDS), pasteMimeTypes: ['text/html', 'text/plain'] },
	);
}
