import * as vscode from 'vscode';
import { EXTENSION_COMMANDS } from '../../server/src/protocol/commands.ts';
import { registerAnnotations } from './annotations/register.ts';
import { documentSelector, offerOnFiles } from './article/documents.ts';
import { recogniseArticles } from './article/recognition.ts';
import { registerComparison } from './comparison/register.ts';
import { registerFurniture } from './furniture/register.ts';
import { registerBeginHeader } from './languageFeatures/beginHeader.ts';
import { lateEdits } from './languageFeatures/lateEdits.ts';
import { registerMarkup } from './languageFeatures/markup.ts';
import { registerNewArticle } from './languageFeatures/newArticle.ts';
import { refreshOutlines } from './languageFeatures/outlineRefresh.ts';
import { registerPaste } from './languageFeatures/paste.ts';
import { registerProblems } from './languageFeatures/problems.ts';
import { registerRename } from './languageFeatures/rename.ts';
import { registerShowPlaces } from './languageFeatures/showPlaces.ts';
import { registerSnippets } from './languageFeatures/snippets.ts';
import { registerSourceScheme } from './languageFeatures/sourceScheme.ts';
import { registerSuggestions } from './languageFeatures/suggestions.ts';
import { registerTyping } from './languageFeatures/typing.ts';
import { showLinks } from './links/linkStatus.ts';
import type { Launcher, ServerState } from './lsp/launcher.ts';
import { Server } from './lsp/server.ts';
import { showServerStatus } from './lsp/serverStatus.ts';
import { traceChannel } from './lsp/traceChannel.ts';
import { registerReader } from './reader/register.ts';

/** What the extension exports to other extensions. */
export interface Marginalia {
	/** The current state of the language server. */
	readonly serverState: ServerState;
	/** Fires when the state of the language server changes. */
	readonly onDidChangeServerState: vscode.Event<ServerState>;
	/** Fires when the user is shown a message about the language server. */
	readonly onDidTellOfServer: vscode.Event<string>;
}

let server: Server | undefined;

/**
 * Activates the extension on any platform. Recognises articles, and starts the language server when the first one is opened.
 *
 * @param load loads the platform's launcher, which is expensive and not needed before the first article
 * @param home the user's folder, on platforms that have one
 */
export function activateExtension(
	context: vscode.ExtensionContext,
	load: () => Promise<Launcher>,
	home?: string,
): Marginalia {
	const output = vscode.window.createOutputChannel('Marginalia', { log: true });
	const running = new Server(context, { output, trace: traceChannel(context, output) }, load);
	server = running;

	const start = async (): Promise<void> => {
		if (running.state === 'idle') {
			void vscode.commands.executeCommand('setContext', 'marginalia.active', true);
			offerOnFiles(context);
		}
		await running.start();
	};
	const startFor = (document: vscode.TextDocument): void => {
		if (running.state === 'idle' && vscode.languages.match(documentSelector(), document) > 0) void start();
	};
	const late = lateEdits(output);
	context.subscriptions.push(
		output,
		vscode.commands.registerCommand(EXTENSION_COMMANDS.restartServer, () => running.restart()),
		vscode.commands.registerCommand(EXTENSION_COMMANDS.showOutput, () => output.show()),
		registerNewArticle(running, start, home),
		registerBeginHeader(),
		registerSourceScheme(output),
		late,
		registerTyping(late),
		registerMarkup(running, late),
		registerPaste(running, late, output),
		registerRename(),
		registerShowPlaces(),
		registerProblems(),
		refreshOutlines(running),
		registerSuggestions(late),
		registerSnippets(),
		registerComparison(running, output),
		registerFurniture(running),
		vscode.workspace.onDidOpenTextDocument(startFor),
	);
	showServerStatus(context, running);
	registerReader(context, running, output, registerAnnotations(context, running, output));
	showLinks(context, running, output);
	recogniseArticles(context, output);
	for (const document of vscode.workspace.textDocuments) startFor(document);

	return {
		get serverState() {
			return running.state;
		},
		onDidChangeServerState: running.onDidChangeState,
		onDidTellOfServer: running.onDidTell,
	};
}

/** Stops the language server. */
export async function deactivate(): Promise<void> {
	await server?.stop();
	server = undefined;
}
