import * as vscode from 'vscode';
import { changesOf, shift } from '../util/offsets.ts';

/** Time in milliseconds for an editor to reach the position it was scrolled to. Its scroll events until then are not the user's. */
const ECHO_MS = 2000;

/** Time in milliseconds for a newly opened editor to restore its scroll position. */
const SETTLING_MS = 1500;

/**
 * How far the top of an editor can move because of a new layout, as when a side bar opens or code lenses arrive: in UTF-16 code
 * units of a long line, and in lines. This is one or two lines on the screen.
 */
const LAID_OUT_ANEW = { units: 250, lines: 5 };

/** The text editors of an article, with which a reader scrolls in sync. */
export interface Editors {
	/** Scrolls the editors to an offset, because the reader was scrolled. */
	follow(offset: number): void;
	/** Moves the cursor to an offset in a visible editor. With `focus`, shows and focuses an editor. */
	place(offset: number, focus: boolean): Promise<void>;
	/** Ignores scroll events while newly opened editors restore their positions. */
	settle(): void;
	/** Returns the offset at the top of a visible editor; `undefined` if there is none. */
	top(): number | undefined;
	dispose(): void;
}

/** A scroll requested from editors. */
interface Echo {
	readonly offset: number;
	/** Whether the offset should be at the top, rather than anywhere in view. */
	readonly isTop: boolean;
	readonly waiting: Set<vscode.TextEditor>;
	readonly timer: ReturnType<typeof setTimeout>;
}

/** Called with the offset at the top of an editor after a scroll, or that of its cursor. */
export type EditorListener = (offset: number, why: 'scroll' | 'cursor') => void;

/**
 * Watches the editors of a document.
 *
 * @param syncs whether scrolling is synchronised
 */
export function watchEditors(uri: vscode.Uri, syncs: () => boolean, listener: EditorListener): Editors {
	/** The last scroll requested by the reader, with the editors that have not reached it yet. */
	let echo: Echo | undefined;
	let settlingUntil = 0;
	/** The last known offsets at the tops of editors. */
	const tops = new WeakMap<vscode.TextEditor, number>();
	const isOurs = ({ document }: vscode.TextEditor): boolean => document.uri.toString() === uri.toString();
	const visible = (): readonly vscode.TextEditor[] => vscode.window.visibleTextEditors.filter(isOurs);
	const topOf = ({ document, visibleRanges }: vscode.TextEditor): number | undefined => {
		const start = visibleRanges[0]?.start;
		return start && document.offsetAt(start);
	};

	/** Records the offset at the top of an editor. Returns whether it was scrolled. */
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

	/** Whether an editor's event results from a requested scroll. Ends the request once the editor has arrived. */
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
			// The reader moved the cursor.
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
