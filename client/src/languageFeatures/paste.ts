import * as vscode from 'vscode';
import { type Paste, PasteRequest } from '../../../server/src/protocol/writing.ts';
import { documentSelector } from '../article/documents.ts';
import type { Server } from '../lsp/server.ts';
import { settingOf } from '../util/settings.ts';

const ARTICLE = vscode.DocumentDropOrPasteEditKind.Empty.append('article');

/** What each offer is called where users choose between them (`editor.pasteAs.preferences`). */
const KINDS: Readonly<Record<Paste['kind'], vscode.DocumentDropOrPasteEditKind>> = {
	html: ARTICLE.append('html'),
	link: ARTICLE.append('link'),
};

/** What VS Code puts beside text that was copied from one of its editors, whose HTML shows colours and means nothing. */
const FROM_AN_EDITOR = 'vscode-editor-data';

/**
 * Pastes a fragment of a web page as clean article HTML, and an address over a selection as a link. Setting `marginalia.paste`:
 * `auto` does so, `offer` pastes plain text and leaves these in the menu behind it, `off` has nothing of it.
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
				// Plain text is pasted then.
				const pastes = await asked.catch(error => output.warn('Only plain text can be pasted', error));
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
