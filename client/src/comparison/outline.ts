import * as vscode from 'vscode';
import { ARTICLE_LANGUAGE } from '../article/detection.ts';
import type { Server } from '../lsp/server.ts';
import { createRefresher } from '../util/refresher.ts';

/** Delay after an edit before the outline is computed again, in milliseconds. */
const QUIET_MS = 300;

/**
 * Registers the outline of articles in diff editors. VS Code's own Outline view shows nothing for diff editors, whatever their language
 * (microsoft/vscode#90697); this one shows the side with the focus, and is hidden elsewhere.
 */
export function registerOutline(server: Server, output: vscode.LogOutputChannel): vscode.Disposable {
	const changed = new vscode.EventEmitter<void>();
	let symbols: readonly vscode.DocumentSymbol[] = [];
	let shown: vscode.TextDocument | undefined;
	const view = vscode.window.createTreeView<vscode.DocumentSymbol>('marginalia.outline', {
		treeDataProvider: {
			onDidChangeTreeData: changed.event,
			getChildren: symbol => [...(symbol?.children ?? symbols)],
			getTreeItem,
		},
		showCollapseAll: true,
	});
	async function refresh(): Promise<void> {
		const document = comparedArticle();
		const isNew = (document === undefined) !== (shown === undefined);
		shown = document;
		if (isNew) void vscode.commands.executeCommand('setContext', 'marginalia.outlines', document !== undefined);
		if (!document) return;
		try {
			const answer = await vscode.commands.executeCommand<vscode.DocumentSymbol[] | undefined>(
				'vscode.executeDocumentSymbolProvider',
				document.uri,
			);
			symbols = answer ?? [];
			changed.fire();
		} catch (error) {
			output.warn('Cannot show the outline', error);
		}
	}
	const refresher = createRefresher(refresh);
	const update = (): void => refresher.schedule(0);
	update();
	return vscode.Disposable.from(
		changed,
		view,
		refresher,
		view.onDidChangeSelection(({ selection: [symbol] }) => {
			if (symbol && shown) reveal(shown, symbol);
		}),
		vscode.window.onDidChangeActiveTextEditor(update),
		vscode.window.tabGroups.onDidChangeTabs(update),
		// A version of an article becomes one after it is opened.
		vscode.workspace.onDidOpenTextDocument(update),
		server.onDidChangeState(update),
		vscode.workspace.onDidChangeTextDocument(({ document }) => {
			if (document === shown) refresher.schedule(QUIET_MS);
		}),
	);
}

/** The article on the side of the active diff editor that has the focus. */
function comparedArticle(): vscode.TextDocument | undefined {
	const { input } = vscode.window.tabGroups.activeTabGroup.activeTab ?? {};
	const document = vscode.window.activeTextEditor?.document;
	if (!(input instanceof vscode.TabInputTextDiff) || document?.languageId !== ARTICLE_LANGUAGE) return undefined;
	const isSide = [input.original, input.modified].some(uri => uri.toString() === document.uri.toString());
	return isSide ? document : undefined;
}

function getTreeItem({ name, detail, kind, children }: vscode.DocumentSymbol): vscode.TreeItem {
	const { Expanded, None } = vscode.TreeItemCollapsibleState;
	const icon = vscode.SymbolKind[kind].replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
	return {
		label: name,
		description: detail,
		iconPath: new vscode.ThemeIcon(`symbol-${icon}`),
		collapsibleState: children.length > 0 ? Expanded : None,
	};
}

/** Moves the cursor to a symbol, in the editor that shows the document. */
function reveal(document: vscode.TextDocument, { selectionRange }: vscode.DocumentSymbol): void {
	const editor = vscode.window.visibleTextEditors.find(one => one.document === document);
	if (!editor) return;
	editor.selection = new vscode.Selection(selectionRange.start, selectionRange.start);
	editor.revealRange(selectionRange, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
