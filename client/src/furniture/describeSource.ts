import * as vscode from 'vscode';
import type { ExecuteCommandParams } from 'vscode-languageclient';
import type { ArticlePlace } from '../../../server/src/protocol/commands.ts';
import { SOURCE_COMMANDS } from '../../../server/src/protocol/commands.ts';
import type { RequestType } from '../../../server/src/protocol/method.ts';
import {
	type DescribeSourceOutcome,
	type SelectorChoice,
	type SelectorReach,
	SelectorReachRequest,
	SelectorsRequest,
	type SourceList,
} from '../../../server/src/protocol/sources.ts';
import { withoutLinks } from '../../../server/src/util/labels.ts';
import { baseName } from '../../../server/src/util/path.ts';
import { isRecord } from '../../../server/src/util/value.ts';
import { counted } from '../../../server/src/util/words.ts';
import { isArticle } from '../article/documents.ts';
import { tellToOpen } from '../article/editors.ts';
import type { Server } from '../lsp/server.ts';

/** `workspace/executeCommand` for `SOURCE_COMMANDS.describe`. */
const EXECUTE: RequestType<ExecuteCommandParams, DescribeSourceOutcome> = {
	method: 'workspace/executeCommand',
	messageDirection: 'clientToServer',
};

interface Choice extends vscode.QuickPickItem {
	readonly selector: string;
}

/**
 * *This Is Not the Article* and *This Is the Article*: at a place of an article, as the reader gives it (`ArticlePlace`), else at
 * the cursor of the active editor.
 */
export async function describePlace(server: Server, isFurniture: boolean, given: unknown): Promise<void> {
	if (isPlace(given)) {
		const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(given.uri, true));
		return describeSource(server, document, document.positionAt(given.offset), isFurniture);
	}
	const editor = vscode.window.activeTextEditor;
	if (!editor || !isArticle(editor.document)) return tellToOpen('say what belongs to it');
	await describeSource(server, editor.document, editor.selection.active, isFurniture);
}

function isPlace(given: unknown): given is ArticlePlace {
	return isRecord(given) && typeof given.uri === 'string' && typeof given.offset === 'number';
}

/**
 * Says in `marginalia.json` that the block at a position, and its like in all articles of the source, is furniture, or is not. The
 * user chooses a selector and sees what else it matches in the archive.
 */
async function describeSource(
	server: Server,
	document: vscode.TextDocument,
	position: vscode.Position,
	isFurniture: boolean,
): Promise<void> {
	if (!vscode.workspace.isTrusted) {
		void vscode.window.showWarningMessage('marginalia.json can only be changed in a trusted workspace.');
		return;
	}
	const textDocument = { uri: document.uri.toString() };
	const found = await server.request(SelectorsRequest, { textDocument, position });
	if (!found) return tell('The Marginalia language server is not running, or this is not an article');
	if ('refused' in found) return tell(found.refused);
	const { host, choices, folded } = found;
	if (!isFurniture && folded === undefined) return tell('This is part of the article already');
	if (folded === 'said')
		return tell(`marginalia.json says that this is not part of the article: change it there, under "${host}"`);
	const reaches = await vscode.window.withProgress(
		{ location: vscode.ProgressLocation.Notification, title: `Reading the articles of ${host}…`, cancellable: true },
		async (_, token) => {
			try {
				const selectors = choices.map(({ selector }) => selector);
				return await server.request(SelectorReachRequest, { textDocument, selectors }, token);
			} catch (error) {
				if (token.isCancellationRequested) return undefined;
				throw error;
			}
		},
	);
	if (!reaches) return;
	const choice = await vscode.window.showQuickPick(
		choices.map((one, at) => itemOf(one, reaches[at], isFurniture)),
		{
			title: isFurniture ? 'This Is Not the Article' : 'This Is the Article',
			placeHolder: isFurniture
				? `What is not the article on ${host}: a CSS selector for marginalia.json`
				: `What is part of the article on ${host}: a CSS selector for marginalia.json`,
			matchOnDetail: true,
		},
	);
	if (!choice) return;
	const list: SourceList = isFurniture ? 'furniture' : 'keep';
	const given = { uri: textDocument.uri, list, selector: choice.selector };
	const outcome = await server.request(EXECUTE, { command: SOURCE_COMMANDS.describe, arguments: [given] });
	if (!outcome) return tell('The Marginalia language server is not running');
	if (outcome.kind === 'refused') return tell(outcome.message);
	await save(vscode.Uri.parse(outcome.uri, true), `${choice.selector} on ${host}`, isFurniture);
}

function itemOf({ selector, share }: SelectorChoice, reach: SelectorReach | undefined, isFurniture: boolean): Choice {
	const isMost = isFurniture && (share > 0.5 || (reach?.most.length ?? 0) > 0);
	const amount = reach
		? `${counted(reach.matching, 'article')} of ${reach.articles}, ${counted(reach.characters, 'character')}`
		: '';
	const examples = [...new Set((reach?.examples ?? []).map(({ label }) => label).filter(Boolean))];
	const warning = isMost ? ['$(warning) Most of the text of some articles'] : [];
	return {
		label: selector,
		description: amount,
		detail: [...warning, ...examples.map(label => `“${label}”`)].join('  '),
		selector,
	};
}

/** Saves the configuration, which takes effect at once, and says what it says now. */
async function save(uri: vscode.Uri, what: string, isFurniture: boolean): Promise<void> {
	const document = await vscode.workspace.openTextDocument(uri);
	await document.save();
	const show = 'Show';
	const said = isFurniture ? 'is not the article' : 'is part of the article';
	const choice = await vscode.window.showInformationMessage(
		`${baseName(uri.path)} says now that ${what} ${said}.`,
		show,
	);
	if (choice === show) await vscode.window.showTextDocument(document);
}

function tell(message: string): void {
	void vscode.window.showWarningMessage(`${withoutLinks(message)}.`);
}
