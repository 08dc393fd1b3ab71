import * as vscode from 'vscode';
import { type FileInsertion, type Paste, PasteRequest } from '../../../server/src/protocol/editing.ts';
import { documentSelector } from '../article/documents.ts';
import type { Server } from '../lsp/server.ts';
import { fromRange } from '../util/range.ts';
import { settingOf } from '../util/settings.ts';
import { abandonedPastes, type PastedText } from './abandonedPastes.ts';
import { filesEdit } from './insertFiles.ts';
import type { LateEdits } from './lateEdits.ts';

const { Empty, Text } = vscode.DocumentDropOrPasteEditKind;
const ARTICLE = Empty.append('article');

/** The kinds of edits, which users can name in `editor.pasteAs.preferences` and `editor.dropIntoEditor.preferences`. */
const KINDS: Readonly<Record<Paste['kind'] | FileInsertion['kind'], vscode.DocumentDropOrPasteEditKind>> = {
	html: ARTICLE.append('html'),
	link: ARTICLE.append('link'),
	figure: ARTICLE.append('figure'),
};

/** The media types of files: with data, with only their place, and images of the clipboard. */
const FILES = ['files', 'image/*', 'text/uri-list'];

/** What VS Code inserts itself: text, and paths of files. */
const PLAIN = [Text, Empty.append('uri')];

/** A type that VS Code adds to text copied from its editors. The HTML of such text only carries syntax colours. */
const FROM_AN_EDITOR = 'vscode-editor-data';

/**
 * Registers pasting and dropping: part of a web page as clean article HTML, a URL over a selection as a link, pictures as figures, and files of the
 * archive as links. With `marginalia.paste` set to `offer`, plain text is inserted and these are offered in the menu.
 */
export function registerPaste(server: Server, late: LateEdits, output: vscode.LogOutputChannel): vscode.Disposable {
	const fallBack = (error: unknown): undefined => {
		output.warn('Falling back to plain text', error);
		return undefined;
	};
	const abandoned = abandonedPastes(late);
	return vscode.Disposable.from(
		abandoned,
		vscode.languages.registerDocumentPasteEditProvider(
			documentSelector(),
			{
				async provideDocumentPasteEdits(document, ranges, dataTransfer, { only, triggerKind }, token) {
					const mode = settingOf('marginalia.paste', document);
					const [range, ...others] = ranges;
					const pasted = textIn(dataTransfer);
					if (range && others.length === 0 && triggerKind === vscode.DocumentPasteTriggerKind.Automatic)
						abandoned.began(document, range, pasted);
					if (mode === 'off') return [];
					const html = await htmlIn(dataTransfer);
					const { text } = await pasted;
					const clipboard = { ...(html ? { html } : {}), ...(text ? { text } : {}) };
					const files = await filesEdit(server, document, ranges, dataTransfer, clipboard, token).catch(fallBack);
					const pastes =
						range && others.length === 0 && (html || text)
							? await server
									.request(PasteRequest, { ...placeOf(document), range: fromRange(range), ...clipboard }, token)
									.catch(fallBack)
							: undefined;
					const edits = (pastes || []).map(
						({ kind, title, text: inserted }) => new vscode.DocumentPasteEdit(inserted, title, KINDS[kind]),
					);
					if (files) {
						const edit = new vscode.DocumentPasteEdit('', files.title, KINDS[files.kind]);
						edit.additionalEdit = files.edit;
						if (files.isSecondary) edits.push(edit);
						else edits.unshift(edit);
					}
					if (mode === 'offer') for (const edit of edits) edit.yieldTo = PLAIN;
					return edits.filter(({ kind }) => only === undefined || only.contains(kind));
				},
			},
			{ providedPasteEditKinds: Object.values(KINDS), pasteMimeTypes: ['text/html', 'text/plain', ...FILES] },
		),
		vscode.languages.registerDocumentDropEditProvider(
			documentSelector(),
			{
				async provideDocumentDropEdits(document, position, dataTransfer, token) {
					const mode = settingOf('marginalia.paste', document);
					if (mode === 'off') return [];
					const html = await htmlIn(dataTransfer);
					const place = [new vscode.Range(position, position)];
					const dragged = html ? { html } : {};
					const files = await filesEdit(server, document, place, dataTransfer, dragged, token).catch(fallBack);
					if (!files) return [];
					const edit = new vscode.DocumentDropEdit('', files.title, KINDS[files.kind]);
					edit.additionalEdit = files.edit;
					if (mode === 'offer' || files.isSecondary) edit.yieldTo = PLAIN;
					return [edit];
				},
			},
			{ providedDropEditKinds: [KINDS.figure, KINDS.link], dropMimeTypes: ['text/html', ...FILES] },
		),
	);
}

async function textIn(dataTransfer: vscode.DataTransfer): Promise<PastedText> {
	const text = await dataTransfer.get('text/plain')?.asString();
	return { text: text ?? '', editorData: await dataTransfer.get(FROM_AN_EDITOR)?.asString() };
}

async function htmlIn(dataTransfer: vscode.DataTransfer): Promise<string | undefined> {
	return dataTransfer.get(FROM_AN_EDITOR) ? undefined : await dataTransfer.get('text/html')?.asString();
}

function placeOf({ uri }: vscode.TextDocument): { readonly textDocument: { readonly uri: string } } {
	return { textDocument: { uri: uri.toString() } };
}
