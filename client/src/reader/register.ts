import * as vscode from 'vscode';
import type { Notes } from '../annotations/change.ts';
import { isArticle } from '../article/documents.ts';
import type { Server } from '../lsp/server.ts';
import { exportArticle } from './export.ts';
import { type HostCommand, type PageCommand, readRemembered } from './page/messages.ts';
import { Reader, type ReaderContext } from './reader.ts';
import { readPlaces } from './readingPlaces.ts';
import { changeSetting, SECTION, SIZES } from './settings.ts';

/** The id of the view in the side panel, and the type of readers in editor tabs. */
const VIEW = 'marginalia.reader';

/** Where the article of a pinned view is kept. */
const PINNED_KEY = 'reader.pinned';

/** Registers the reader: the view in the side panel, editor tabs, and the commands of both. */
export function registerReader(
	context: vscode.ExtensionContext,
	server: Server,
	log: vscode.LogOutputChannel,
	notes: () => Notes,
): void {
	const places = readPlaces(context.workspaceState);
	const panels = new Map<vscode.WebviewPanel, Reader>();
	let view: { readonly view: vscode.WebviewView; readonly reader: Reader } | undefined;
	const shared: ReaderContext = {
		extensionUri: context.extensionUri,
		server,
		log,
		notes,
		places,
		loaded: new Set(),
		run,
	};

	/** The reader that a command is meant for: that of the active tab, else the view. */
	function active(): Reader | undefined {
		const panel =
			[...panels.keys()].find(one => one.active) ?? (view ? undefined : [...panels.keys()].find(one => one.visible));
		return panel ? panels.get(panel) : view?.reader;
	}

	function lastArticle(): vscode.Uri | undefined {
		const editors = [vscode.window.activeTextEditor, ...vscode.window.visibleTextEditors];
		return editors.find(editor => editor && isArticle(editor.document))?.document.uri;
	}

	function updateContext(): void {
		const set = (key: string, value: unknown): void => {
			void vscode.commands.executeCommand('setContext', `marginalia.reader.${key}`, value);
		};
		const panel = [...panels].find(([one]) => one.active)?.[1];
		set('panelPinned', panel?.isPinned === true);
		set('viewPinned', view?.reader.isPinned === true);
	}

	function follow(editor: vscode.TextEditor | undefined): void {
		if (!editor || !isArticle(editor.document)) return;
		for (const reader of [view?.reader, ...panels.values()])
			if (reader && !reader.isPinned) reader.show(editor.document.uri);
	}

	function adoptPanel(panel: vscode.WebviewPanel, uri: vscode.Uri | undefined, isPinned: boolean): Reader {
		const reader = new Reader(shared, panel.webview);
		panels.set(panel, reader);
		const image = (theme: string): vscode.Uri =>
			vscode.Uri.joinPath(context.extensionUri, `images/article-${theme}.svg`);
		panel.iconPath = { light: image('light'), dark: image('dark') };
		const named = (): void => {
			const name = reader.head?.title || vscode.workspace.asRelativePath(reader.uri ?? '');
			panel.title = `${reader.isPinned ? '[Reader]' : 'Reader:'} ${name}`;
			updateContext();
		};
		reader.onDidChange(named);
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
		return reader;
	}

	/** Opens an article in a tab; one that is there and follows the editor is taken. */
	function openPanel(uri: vscode.Uri | undefined): void {
		const article = uri ?? lastArticle();
		if (!article) {
			void vscode.window.showInformationMessage('Open an article to read it.');
			return;
		}
		const [open] = [...panels].filter(
			([, reader]) => !reader.isPinned || reader.uri?.toString() === article.toString(),
		);
		if (open) {
			open[1].show(article);
			open[0].reveal(undefined, true);
			return;
		}
		const where = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
		const panel = vscode.window.createWebviewPanel(VIEW, 'Reader', where, { enableScripts: true });
		adoptPanel(panel, article, false);
	}

	function run(command: HostCommand, reader: Reader): void {
		const size = vscode.workspace.getConfiguration(SECTION).get('fontSize', SIZES.usual);
		const actions: Readonly<Record<HostCommand, () => unknown>> = {
			openArticle: () => vscode.commands.executeCommand('workbench.action.showAllSymbols'),
			openSource: () =>
				reader.head?.source !== undefined && vscode.env.openExternal(vscode.Uri.parse(reader.head.source, true)),
			restart: () => server.restart(),
			retry: () => reader.refresh(),
			showOutput: () => log.show(),
			alwaysLoadPictures: () => changeSetting('remoteImages', 'allow'),
			larger: () => changeSetting('fontSize', Math.min(SIZES.most, size + 1)),
			smaller: () => changeSetting('fontSize', Math.max(SIZES.least, size - 1)),
			resetSize: () => changeSetting('fontSize', undefined),
			pictureSettings: () => vscode.commands.executeCommand('workbench.action.openSettings', `${SECTION}.remoteImages`),
		};
		Promise.resolve(actions[command]()).catch(error => log.error(`${command} failed`, error));
	}

	const provider: vscode.WebviewViewProvider = {
		resolveWebviewView(resolved) {
			const reader = new Reader(shared, resolved.webview);
			view = { view: resolved, reader };
			const remembered = readRemembered(context.workspaceState.get(PINNED_KEY));
			const uri = remembered ? vscode.Uri.parse(remembered.uri) : lastArticle();
			reader.onDidChange(() => {
				resolved.description = reader.head?.title ?? '';
				const pinned = reader.isPinned && reader.uri ? { uri: reader.uri.toString(), pinned: true } : undefined;
				void context.workspaceState.update(PINNED_KEY, pinned);
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
		},
	};
	const onPage = (name: string, command: PageCommand): vscode.Disposable =>
		vscode.commands.registerCommand(`${VIEW}.${name}`, () => active()?.command(command));
	const onHost = (name: string, command: HostCommand): vscode.Disposable =>
		vscode.commands.registerCommand(`${VIEW}.${name}`, () => {
			const reader = active();
			if (reader) run(command, reader);
		});
	const pin = (isPinned: boolean) => (): void => {
		const reader = active();
		if (reader) reader.isPinned = isPinned;
		if (!isPinned) follow(vscode.window.visibleTextEditors.find(({ document }) => isArticle(document)));
	};
	const sync = (isOn: boolean) => (): Promise<void> => changeSetting('sync', isOn);

	context.subscriptions.push(
		vscode.window.registerWebviewViewProvider(VIEW, provider),
		vscode.window.registerWebviewPanelSerializer(VIEW, {
			async deserializeWebviewPanel(panel, state) {
				const remembered = readRemembered(state);
				adoptPanel(panel, remembered && vscode.Uri.parse(remembered.uri), remembered?.pinned === true);
			},
		}),
		vscode.window.onDidChangeActiveTextEditor(follow),
		vscode.workspace.onDidOpenTextDocument(document => {
			// An article is opened again as one once it was recognised.
			if (vscode.window.activeTextEditor?.document === document) follow(vscode.window.activeTextEditor);
		}),
		vscode.commands.registerCommand('marginalia.openReader', (given: unknown) => openPanel(uriOf(given))),
		vscode.commands.registerCommand('marginalia.exportHtml', async (given: unknown) => {
			const uri = uriOf(given) ?? active()?.uri ?? lastArticle();
			if (uri) await exportArticle(server, context.extensionUri, uri);
			else void vscode.window.showInformationMessage('Open an article to export it.');
		}),
		vscode.commands.registerCommand(`${VIEW}.pin`, pin(true)),
		vscode.commands.registerCommand(`${VIEW}.unpin`, pin(false)),
		vscode.commands.registerCommand(`${VIEW}.enableSync`, sync(true)),
		vscode.commands.registerCommand(`${VIEW}.disableSync`, sync(false)),
		vscode.commands.registerCommand(`${VIEW}.loadPictures`, () => active()?.loadPictures()),
		vscode.commands.registerCommand(`${VIEW}.toggleFont`, () => {
			const font = vscode.workspace.getConfiguration(SECTION).get('font', 'serif');
			return changeSetting('font', font === 'serif' ? 'sans' : 'serif');
		}),
		onPage('find', 'find'),
		onPage('contents', 'contents'),
		onPage('help', 'help'),
		onPage('nextBlock', 'next'),
		onPage('previousBlock', 'previous'),
		onPage('copyQuote', 'copyQuote'),
		onPage('goToSource', 'goToSource'),
		onHost('larger', 'larger'),
		onHost('smaller', 'smaller'),
		onHost('resetSize', 'resetSize'),
		onHost('openSource', 'openSource'),
		{ dispose: () => places.save() },
	);
	updateContext();
}

/** The address that a menu or a lens gives: as such, or as text. */
function uriOf(given: unknown): vscode.Uri | undefined {
	if (given instanceof vscode.Uri) return given;
	return typeof given === 'string' ? vscode.Uri.parse(given) : undefined;
}
