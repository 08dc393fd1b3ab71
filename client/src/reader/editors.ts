import * as vscode from 'vscode';
import { changesOf, shift } from '../util/offsets.ts';

/** Time in which an editor that was scrolled gets to its place, in milliseconds; what it tells until then is no scroll of the user. */
const ECHO_MS = 2000;

/** Time in which an editor that was just opened, as with its window, moves to where it was, in milliseconds. */
const SETTLING_MS = 1500;

/**
 * How far the top of an editor can move, in UTF-16 units of a long line and in lines, while it is only laid out anew, as when a side
 * bar opens or lenses arrive: no more than a line or two on the screen.
 */
const LAID_OUT_ANEW = { units: 250, lines: 5 };

/** The text editors of one article, as a reader scrolls with them. */
export interface Editors {
	/** Scrolls the editors to a place: the reader leads. */
	follow(offset: number): void;
	/** Puts the cursor there, in an editor that is in sight; opens one to go to it. */
	place(offset: number, focus: boolean): Promise<void>;
	/** Lets editors that were just opened find their places before they lead. */
	settle(): void;
	/** The place at the top of an editor that is in sight; `undefined` where there is none. */
	top(): number | undefined;
	dispose(): void;
}

/** What editors were told to do. */
interface Echo {
	readonly offset: number;
	/** Whether the place is to be at the top, and not only in sight. */
	readonly isTop: boolean;
	readonly waiting: Set<vscode.TextEditor>;
	readonly timer: ReturnType<typeof setTimeout>;
}

/** What an editor tells: the place at its top, or that of its cursor. */
export type EditorListener = (offset: number, why: 'scroll' | 'cursor') => void;

/**
 * Watches the editors of a document.
 *
 * @param syncs whether scrolling is in step at all
 */
export function watchEditors(uri: vscode.Uri, syncs: () => boolean, listener: EditorListener): Editors {
	/** Where the reader has just put the editors, and those that are on their way there. */
	let echo: Echo | undefined;
	let settlingUntil = 0;
	/** The places at the tops of editors when they were last told of, or need not be. */
	const tops = new WeakMap<vscode.TextEditor, number>();
	const isOurs = ({ document }: vscode.TextEditor): boolean => document.uri.toString() === uri.toString();
	const visible = (): readonly vscode.TextEditor[] => vscode.window.visibleTextEditors.filter(isOurs);
	const topOf = ({ document, visibleRanges }: vscode.TextEditor): number | undefined => {
		const start = visibleRanges[0]?.start;
		return start && document.offsetAt(start);
	};

	/** Takes over where an editor is; whether it was scrolled there. */
	function isScrolled(editor: vscode.TextEditor, top: number): boolean {
		const before = tops.get(editor);
		if (before === undefined) tops.set(editor, top);
		if (before === undefined || before === top) return false;
		const [from, to] = [before, top].map(offset => editor.document.positionAt(offset).line) as [number, number];
		if (Math.abs(top - before) < LAID_OUT_ANEW.units && Math.abs(to - from) < LAID_OUT_ANEW.lines) return false;
		tops.set(editor, top);
		return true;
	}

	function note(editors: readonly vscode.TextEditor[]): void {
		for (const editor of editors.filter(isOurs)) {
			const top = topOf(editor);
			if (top !== undefined) tops.set(editor, top);
		}
	}

	function expect(offset: number, isTop: boolean): void {
		clearTimeout(echo?.timer);
		const timer = setTimeout(() => {
			echo = undefined;
		}, ECHO_MS);
		echo = { offset, isTop, waiting: new Set(visible()), timer };
		for (const editor of visible()) arrived(editor);
	}

	/** Whether what an editor tells comes of what it was told, which ends when it is there. */
	function arrived(editor: vscode.TextEditor): boolean {
		if (!echo?.waiting.has(editor)) return false;
		const { offset, isTop, waiting } = echo;
		const top = topOf(editor);
		const isThere = isTop
			? top !== undefined && Math.abs(top - offset) < LAID_OUT_ANEW.units
			: editor.visibleRanges.some(range => range.contains(editor.document.positionAt(offset)));
		if (isThere) waiting.delete(editor);
		return true;
	}

	note(vscode.window.visibleTextEditors);
	const listeners = [
		vscode.window.onDidChangeVisibleTextEditors(editors => note(editors.filter(editor => !tops.has(editor)))),
		vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => {
			const top = isOurs(textEditor) ? topOf(textEditor) : undefined;
			if (top === undefined) return;
			if (arrived(textEditor) || Date.now() < settlingUntil) note([textEditor]);
			else if (isScrolled(textEditor, top) && syncs()) listener(top, 'scroll');
		}),
		vscode.window.onDidChangeTextEditorSelection(({ textEditor, kind }) => {
			if (!isOurs(textEditor) || !syncs() || kind === undefined) return;
			const offset = textEditor.document.offsetAt(textEditor.selection.active);
			// A cursor that the reader has put there.
			if (kind === vscode.TextEditorSelectionChangeKind.Command && echo?.offset === offset) return;
			listener(offset, 'cursor');
		}),
		vscode.workspace.onDidChangeTextDocument(event => {
			if (event.document.uri.toString() !== uri.toString()) return;
			const changes = changesOf(event);
			for (const editor of visible()) {
				const top = tops.get(editor);
				if (top !== undefined) tops.set(editor, shift(top, changes));
			}
		}),
	];
	return {
		follow(offset) {
			if (!syncs()) return;
			expect(offset, true);
			for (const editor of visible()) {
				const at = editor.document.positionAt(offset);
				editor.revealRange(new vscode.Range(at, at), vscode.TextEditorRevealType.AtTop);
			}
		},
		async place(offset, focus) {
			const [editor] = visible();
			if (!focus) {
				if (!editor || !syncs()) return;
				expect(offset, false);
				const at = editor.document.positionAt(offset);
				editor.selection = new vscode.Selection(at, at);
				editor.revealRange(new vscode.Range(at, at), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
				return;
			}
			expect(offset, false);
			const document = editor?.document ?? (await vscode.workspace.openTextDocument(uri));
			const at = document.positionAt(offset);
			await vscode.window.showTextDocument(document, {
				selection: new vscode.Range(at, at),
				preview: false,
				...(editor?.viewColumn === undefined
					? { viewColumn: vscode.ViewColumn.One }
					: { viewColumn: editor.viewColumn }),
			});
		},
		settle() {
			settlingUntil = Date.now() + SETTLING_MS;
		},
		top() {
			const [editor] = visible();
			return editor && topOf(editor);
		},
		dispose() {
			clearTimeout(echo?.timer);
			for (const one of listeners) one.dispose();
		},
	};
}
