import * as vscode from 'vscode';
import { EXTENSION_COMMANDS, LENS_COMMANDS, READER_COMMANDS } from '../../../server/src/protocol/commands.ts';
import type { Notes } from '../annotations/change.ts';
import { articleInSight, tellToOpen } from '../article/editors.ts';
import type { Server } from '../lsp/server.ts';
import { settingOf } from '../util/settings.ts';
import { exportArticle } from './exportArticle.ts';
import { runHostCommand } from './hostCommands.ts';
import type { HostCommand, PageCommand } from './page/messages.ts';
import type { ReaderContext } from './reader.ts';
import { createReaders } from './readers.ts';
import { readPlaces, readToggledFolds } from './readingPlaces.ts';
import { changeSetting } from './settings.ts';

type ReaderCommand = keyof typeof READER_COMMANDS;

/** Commands that the page runs, with their names in the page. */
const PAGE = {
	find: 'find',
	contents: 'contents',
	help: 'help',
	nextBlock: 'next',
	previousBlock: 'previous',
	copyQuote: 'copyQuote',
	goToSource: 'goToSource',
	notTheArticle: 'notTheArticle',
	theArticle: 'theArticle',
} as const satisfies Partial<Record<ReaderCommand, PageCommand>>;

/** Commands that the extension runs for a reader. */
const HOST = ['larger', 'smaller', 'resetSize', 'openSource'] as const satisfies readonly (HostCommand &
	ReaderCommand)[];

/** Registers the reader: the view in the side bar, editor tabs, and their commands. */
export function registerReader(
	{ subscriptions, extensionUri, workspaceState }: vscode.ExtensionContext,
	server: Server,
	log: vscode.LogOutputChannel,
	notes: () => Notes,
): void {
	const places = readPlaces(workspaceState);
	const folds = readToggledFolds(workspaceState);
	const shared: ReaderContext = {
		extensionUri,
		server,
		log,
		notes,
		places,
		folds,
		loaded: new Set(),
		run: (command, reader) => runHostCommand(command, reader, shared),
	};
	const readers = createReaders(shared, workspaceState);
	const on = (name: ReaderCommand, run: () => unknown): vscode.Disposable =>
		vscode.commands.registerCommand(READER_COMMANDS[name], run);
	const onPage = (Object.keys(PAGE) as (keyof typeof PAGE)[]).map(name =>
		on(name, () => readers.active()?.command(PAGE[name])),
	);
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
		vscode.commands.registerCommand(LENS_COMMANDS.openReader, (given: unknown) => readers.open(uriOf(given))),
		vscode.commands.registerCommand(EXTENSION_COMMANDS.exportHtml, async (given: unknown) => {
			const uri = uriOf(given) ?? readers.active()?.uri ?? articleInSight()?.document.uri;
			if (uri) await exportArticle(server, extensionUri, uri);
			else tellToOpen('export it');
		}),
		on('pin', () => readers.pin(true)),
		on('unpin', () => readers.pin(false)),
		on('enableSync', () => changeSetting('marginalia.reader.sync', true)),
		on('disableSync', () => changeSetting('marginalia.reader.sync', false)),
		on('loadImages', () => readers.active()?.loadImages()),
		on('toggleFont', () => {
			const font = settingOf('marginalia.reader.font');
			return changeSetting('marginalia.reader.font', font === 'serif' ? 'sans' : 'serif');
		}),
		{
			dispose() {
				places.save();
				folds.save();
			},
		},
	);
}

/** Returns the URI that a menu (as a `Uri`) or a code lens (as a string) passes to a command. */
function uriOf(given: unknown): vscode.Uri | undefined {
	if (given instanceof vscode.Uri) return given;
	return typeof given === 'string' ? vscode.Uri.parse(given) : undefined;
}
