import * as vscode from 'vscode';
import type { Notes } from '../annotations/change.ts';
import { articleInSight, tellToOpen } from '../article/editors.ts';
import type { Server } from '../lsp/server.ts';
import { exportArticle } from './export.ts';
import { runHostCommand } from './hostCommands.ts';
import type { HostCommand, PageCommand } from './page/messages.ts';
import type { ReaderContext } from './reader.ts';
import { createReaders, VIEW } from './readers.ts';
import { readPlaces } from './readingPlaces.ts';
import { changeSetting, SECTION } from './settings.ts';

/** Commands of VS Code that the page of a reader runs, by the names that it has for them. */
const PAGE: Readonly<Record<string, PageCommand>> = {
	find: 'find',
	contents: 'contents',
	help: 'help',
	nextBlock: 'next',
	previousBlock: 'previous',
	copyQuote: 'copyQuote',
	goToSource: 'goToSource',
};

/** Those that the extension runs for a reader. */
const HOST: readonly HostCommand[] = ['larger', 'smaller', 'resetSize', 'openSource'];

/** Registers the reader: the view in the side panel, editor tabs, and the commands of both. */
export function registerReader(
	{ subscriptions, extensionUri, workspaceState }: vscode.ExtensionContext,
	server: Server,
	log: vscode.LogOutputChannel,
	notes: () => Notes,
): void {
	const places = readPlaces(workspaceState);
	const shared: ReaderContext = {
		extensionUri,
		server,
		log,
		notes,
		places,
		loaded: new Set(),
		run: (command, reader) => runHostCommand(command, reader, shared),
	};
	const readers = createReaders(shared, workspaceState);
	const on = (name: string, run: () => unknown): vscode.Disposable =>
		vscode.commands.registerCommand(`${VIEW}.${name}`, run);
	const onPage = Object.entries(PAGE).map(([name, command]) => on(name, () => readers.active()?.command(command)));
	const onHost = HOST.map(command =>
		on(command, () => {
			const reader = readers.active();
			if (reader) shared.run(command, reader);
		}),
	);
	subscriptions.push(
		readers,
		// biome-ignore lint/plugin: there are a dozen
		...[...onPage, ...onHost],
		vscode.commands.registerCommand('marginalia.openReader', (given: unknown) => readers.open(uriOf(given))),
		vscode.commands.registerCommand('marginalia.exportHtml', async (given: unknown) => {
			const uri = uriOf(given) ?? readers.active()?.uri ?? articleInSight()?.document.uri;
			if (uri) await exportArticle(server, extensionUri, uri);
			else tellToOpen('export it');
		}),
		on('pin', () => readers.pin(true)),
		on('unpin', () => readers.pin(false)),
		on('enableSync', () => changeSetting('sync', true)),
		on('disableSync', () => changeSetting('sync', false)),
		on('loadPictures', () => readers.active()?.loadPictures()),
		on('toggleFont', () => {
			const font = vscode.workspace.getConfiguration(SECTION).get('font', 'serif');
			return changeSetting('font', font === 'serif' ? 'sans' : 'serif');
		}),
		{ dispose: () => places.save() },
	);
}

/** The address that a menu or a lens gives: as such, or as text. */
function uriOf(given: unknown): vscode.Uri | undefined {
	if (given instanceof vscode.Uri) return given;
	return typeof given === 'string' ? vscode.Uri.parse(given) : undefined;
}
