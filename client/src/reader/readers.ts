import * as vscode from 'vscode';
import { isArticle } from '../article/documents.ts';
import { articleInSight, tellToOpen } from '../article/editors.ts';
import { readRemembered } from './page/messages.ts';
import { Reader, type ReaderContext } from './reader.ts';

/** The id of the view in the side bar, and the type of readers in editor tabs. */
const VIEW = 'marginalia.reader';

/** The storage key for the article of a pinned view. */
const PINNED_KEY = 'reader.pinned';

/** The readers of a window: the view in the side bar, and editor tabs. */
export interface Readers extends vscode.Disposable {
	/** Returns the reader that commands act on: the one in the active tab, else the view. */
	active(): Reader | undefined;
	/** Opens an article in a tab. Reuses a tab that is not pinned or that shows the article. */
	open(uri: vscode.Uri | undefined): void;
	/** Pins the active reader to its article, or lets it follow the active editor. */
	pin(isPinned: boolean): void;
}

/** Creates readers as VS Code or the user requests them. Readers that are not pinned show the article of the active editor. */
export function createReaders(shared: ReaderContext, memento: vscode.Memento): Readers {
	const panels = new Map<vscode.WebviewPanel, Reader>();
	let view: Reader | undefined;

	function active(): Reader | undefined {
		const panel =
			[...panels.keys()].find(one => one.active) ?? (view ? undefined : [...panels.keys()].find(one => one.visible));
		return panel ? panels.get(panel) : view;
	}

	/** Updates the context keys for menus. */
	function updateContext(): void {
		const set = (key: string, value: unknown): void => {
			void vscode.commands.executeCommand('setContext', `marginalia.reader.${key}`, value);
		};
		const panel = [...panels].find(([one]) => one.active)?.[1];
		set('panelPinned', panel?.isPinned === true);
		set('viewPinned', view?.isPinned === true);
	}

	function follow(editor: vscode.TextEditor | undefined): void {
		if (!editor || !isArticle(editor.document)) return;
		for (const reader of [view, ...panels.values()]) if (reader && !reader.isPinned) reader.show(editor.document.uri);
	}

	function adoptPanel(panel: vscode.WebviewPanel, uri: vscode.Uri | undefined, isPinned: boolean): void {
		const reader = new Reader(shared, panel.webview);
		panels.set(panel, reader);
		const image = (theme: string): vscode.Uri =>
			vscode.Uri.joinPath(shared.extensionUri, `images/article-${theme}.svg`);
		panel.iconPath = { light: image('light'), dark: image('dark') };
		reader.onDidChange(() => {
			const name = reader.head?.title || vscode.workspace.asRelativePath(reader.uri ?? '');
			panel.title = `${reader.isPinned ? '[Reader]' : 'Reader:'} ${name}`;
			updateContext();
		});
		panel.onDidChangeViewState(() => {
			if (!panel.visible) reader.hidden();
			updateContext();
		});
		panel.onDidDispose(() => {
			panels.delete(panel);
			reader.dispose();
			updateContext();
		});
		reader.isPinned = isPinned;
		if (uri) reader.show(uri);
	}

	function adoptView(resolved: vscode.WebviewView): void {
		const reader = new Reader(shared, resolved.webview);
		view = reader;
		const remembered = readRemembered(memento.get(PINNED_KEY));
		const uri = remembered ? vscode.Uri.parse(remembered.uri) : articleInSight()?.document.uri;
		reader.onDidChange(() => {
			resolved.description = reader.head?.title ?? '';
			const pinned = reader.isPinned && reader.uri ? { uri: reader.uri.toString(), pinned: true } : undefined;
			void memento.update(PINNED_KEY, pinned);
			updateContext();
		});
		resolved.onDidChangeVisibility(() => {
			if (!resolved.visible) reader.hidden();
		});
		resolved.onDidDispose(() => {
			reader.dispose();
			view = undefined;
		});
		if (uri) reader.show(uri);
		if (remembered) reader.isPinned = true;
	}

	const listeners = [
		vscode.window.registerWebviewViewProvider(VIEW, { resolveWebviewView: adoptView }),
		vscode.window.registerWebviewPanelSerializer(VIEW, {
			async deserializeWebviewPanel(panel, state) {
				const remembered = readRemembered(state);
				adoptPanel(panel, remembered && vscode.Uri.parse(remembered.uri), remembered?.pinned === true);
			},
		}),
		vscode.window.onDidChangeActiveTextEditor(follow),
		vscode.workspace.onDidOpenTextDocument(document => {
			// A recognised article is reopened with its new language.
			if (vscode.window.activeTextEditor?.document === document) follow(vscode.window.activeTextEditor);
		}),
	];
	updateContext();
	return {
		active,
		open(uri) {
			const article = uri ?? articleInSight()?.document.uri;
			if (!article) return tellToOpen('read it');
			const [open] = [...panels].filter(
				([, reader]) => !reader.isPinned || reader.uri?.toString() === article.toString(),
			);
			if (open) {
				open[1].show(article);
				open[0].reveal(undefined, true);
				return;
			}
			const where = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
			adoptPanel(vscode.window.createWebviewPanel(VIEW, 'Reader', where, { enableScripts: true }), article, false);
		},
		pin(isPinned) {
			const reader = active();
			if (reader) reader.isPinned = isPinned;
			if (!isPinned) follow(vscode.window.visibleTextEditors.find(({ document }) => isArticle(document)));
		},
		dispose() {
			for (const listener of listeners) listener.dispose();
		},
	};
}
