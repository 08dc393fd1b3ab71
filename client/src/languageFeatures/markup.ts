import * as vscode from 'vscode';
import type { Range } from 'vscode-languageclient';
import { MARKUP_COMMANDS } from '../../../server/src/protocol/commands.ts';
import { type MarkupName, MarkupRequest, type MarkupResult } from '../../../server/src/protocol/editing.ts';
import { messageOf } from '../../../server/src/util/errors.ts';
import { activeArticle } from '../article/editors.ts';
import { tellReadOnly } from '../article/readOnly.ts';
import type { Server } from '../lsp/server.ts';
import { type FollowedRange, followRange } from '../util/followRange.ts';
import { LONG_LINE } from '../util/longLine.ts';
import { fromRange } from '../util/range.ts';
import type { LateEdits } from './lateEdits.ts';

/** How often the edits are requested again because the user has typed in the meantime. */
const MOST_ATTEMPTS = 5;

/**
 * Registers the commands that toggle markup on the selections and at the cursors of an editor. They wait for what follows from keys
 * that were pressed before: the block that Enter begins may not be there yet.
 */
export function registerMarkup(server: Server, late: LateEdits): vscode.Disposable {
	const registered = Object.entries(MARKUP_COMMANDS).map(([markup, command]) =>
		// Not a text editor command, whose end nobody can await.
		vscode.commands.registerCommand(command, async () => {
			const editor = activeArticle('change its markup');
			if (!editor) return;
			await late.settled(editor.document);
			const ranges = editor.selections.map(selection => followRange(editor.document, selection));
			try {
				await run(server, late, editor, ranges, markup as MarkupName);
			} catch (error) {
				void vscode.window.showWarningMessage(`The markup was not changed: ${messageOf(error)}`);
			} finally {
				for (const range of ranges) range.dispose();
			}
		}),
	);
	return vscode.Disposable.from(...registered);
}

async function run(
	server: Server,
	late: LateEdits,
	editor: vscode.TextEditor,
	ranges: readonly FollowedRange[],
	markup: MarkupName,
): Promise<void> {
	const { document } = editor;
	const ask = (tag?: string): Promise<MarkupResult | null | undefined> =>
		server.request(MarkupRequest, {
			textDocument: { uri: document.uri.toString() },
			ranges: ranges.map(({ range }) => fromRange(range)),
			markup,
			...(tag === undefined ? {} : { tag }),
		});
	const tag = markup === 'wrap' ? await askTag(ask) : undefined;
	if (markup === 'wrap' && tag === undefined) return;
	const words = ranges.map(({ range }) => document.getText(range));
	for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
		await late.settled(document);
		// Who has typed over the selection wants what they typed.
		if (ranges.some(({ range }, index) => document.getText(range) !== words[index])) return;
		const result = await ask(tag);
		if (!result) return;
		if ('refused' in result) {
			void vscode.window.showInformationMessage(`${result.refused}.`);
			return;
		}
		if (document.version !== result.version) continue;
		// Who has typed since has the cursor where they want it.
		if (!(await (attempt === 0 ? applyAndSelect(editor, result, markup) : applyEdits(editor, result)))) continue;
		// An editor that is read-only, be it only for this session, accepts edits without making them.
		if (result.edits.length > 0 && document.version === result.version) tellReadOnly(document);
		return;
	}
	throw new Error('the article was changed at the same time. Try again.');
}

function askTag(ask: (tag: string) => Promise<MarkupResult | null | undefined>): Thenable<string | undefined> {
	return vscode.window.showInputBox({
		title: 'Wrap in Tag',
		prompt: 'The name of an element, and its attributes.',
		placeHolder: 'span lang="zh"',
		async validateInput(value) {
			if (value.trim() === '') return undefined;
			const result = await ask(value);
			return result && 'refused' in result ? result.refused : undefined;
		},
	});
}

type Edits = Exclude<MarkupResult, { readonly refused: string }>;

const UNDO_STEP = { undoStopBefore: true, undoStopAfter: true };

/** Applies edits as one step of the undo history. Returns whether the document was still the one that they are for. */
function applyEdits(editor: vscode.TextEditor, { edits }: Edits): Thenable<boolean> {
	return editor.edit(builder => {
		for (const { range, newText } of edits) builder.replace(rangeOf(range), newText);
	}, UNDO_STEP);
}

/** Applies edits, and selects what they say unless the user has typed in the meantime. */
async function applyAndSelect(editor: vscode.TextEditor, result: Edits, markup: MarkupName): Promise<boolean> {
	const { version, edits, selections } = result;
	const { document } = editor;
	const changes = edits.map(({ range, newText }) => ({ range: rangeOf(range), newText }));
	const [first, last] = [changes[0], changes.at(-1)];
	if (!first || !last) return true;
	const cursors = selections.map(rangeOf);
	const whole = first.range.union(last.range);
	const isInside = markup === 'link' || changes.every(({ range }) => range.isEmpty);
	if (isInside && cursors.every(({ isEmpty }) => isEmpty) && document.getText(whole).length < LONG_LINE) {
		// A snippet moves the cursors with the text, so that what is typed meanwhile is inserted there.
		const snippet = snippetAfter(textAfter(document, whole, changes), whole.start, cursors);
		return editor.insertSnippet(snippet, whole, { ...UNDO_STEP, keepWhitespace: true });
	}
	const isApplied = await applyEdits(editor, result);
	if (isApplied && document.version === version + 1)
		editor.selections = cursors.map(({ start, end }) => new vscode.Selection(start, end));
	return isApplied;
}

function rangeOf({ start, end }: Range): vscode.Range {
	return new vscode.Range(start.line, start.character, end.line, end.character);
}

/** Returns the text of a range after changes in it, which are in text order. */
function textAfter(
	document: vscode.TextDocument,
	whole: vscode.Range,
	changes: readonly { readonly range: vscode.Range; readonly newText: string }[],
): string {
	const parts: string[] = [];
	let at = whole.start;
	for (const { range, newText } of changes) {
		parts.push(document.getText(new vscode.Range(at, range.start)), newText);
		at = range.end;
	}
	return parts.join('');
}

/** Returns a snippet for a text that begins at `start`, with cursors in it. */
function snippetAfter(text: string, start: vscode.Position, cursors: readonly vscode.Range[]): vscode.SnippetString {
	const snippet = new vscode.SnippetString();
	let at = 0;
	for (const offset of cursors.map(cursor => offsetIn(text, start, cursor.start)).sort((a, b) => a - b)) {
		snippet.appendText(text.slice(at, offset)).appendTabstop(0);
		at = offset;
	}
	return snippet.appendText(text.slice(at));
}

/** Returns the offset of a position in a text that begins at `start`. */
function offsetIn(text: string, start: vscode.Position, { line, character }: vscode.Position): number {
	if (line === start.line) return character - start.character;
	let from = 0;
	for (let count = start.line; count < line; count++) from = text.indexOf('\n', from) + 1;
	return from + character;
}
