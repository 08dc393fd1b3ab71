import * as vscode from 'vscode';
import { EXTENSION_COMMANDS } from '../../../server/src/protocol/commands.ts';
import { ComparisonRequest } from '../../../server/src/protocol/comparison.ts';
import { baseName } from '../../../server/src/util/path.ts';
import { COMPARISON_SCHEME } from '../../../server/src/util/schemes.ts';
import { isArticle } from '../article/documents.ts';
import { tellToOpen } from '../article/editors.ts';
import type { Server } from '../lsp/server.ts';
import { chooseOther } from './chooseOther.ts';
import { compare } from './compare.ts';
import { serveComparisons } from './files.ts';
import { clicked, committedVersions, type ResourceState } from './git.ts';
import { registerOutline } from './outline.ts';
import { comparedSide, type Pair, type Side } from './side.ts';

/** Registers the comparison of versions of an article, block by block, in VS Code's diff editor. */
export function registerComparison(server: Server, output: vscode.LogOutputChannel): vscode.Disposable {
	const { registerCommand } = vscode.commands;
	return vscode.Disposable.from(
		serveComparisons(server, output),
		registerOutline(server, output),
		registerCommand(EXTENSION_COMMANDS.compareChanges, compareChanges),
		registerCommand(EXTENSION_COMMANDS.compareWithCommit, async (given?: unknown, file?: unknown) => {
			// The Timeline passes its entries only to extensions with a proposed API, and the file second.
			const uri = articleUri(file instanceof vscode.Uri ? file : given);
			if (!uri) return;
			const versions = await committedVersions(uri);
			if (!versions) return offerOtherFile(uri);
			const pair = await versions.choose();
			if (pair) await compare(pair);
		}),
		registerCommand(EXTENSION_COMMANDS.compareFiles, compareFiles),
		registerCommand(EXTENSION_COMMANDS.compareSelected, compareFiles),
		registerCommand(EXTENSION_COMMANDS.compareWithClipboard, async (given?: unknown) => {
			const uri = articleUri(given);
			if (!uri) return;
			const left: Side = { from: 'clipboard', uri };
			await compare({ left, right: { from: 'document', uri }, title: `Clipboard ↔ ${baseName(uri.path)}` });
		}),
		registerCommand(EXTENSION_COMMANDS.compareWithSaved, async (given?: unknown) => {
			const uri = articleUri(given);
			if (!uri) return;
			const left: Side = { from: 'saved', uri };
			await compare({ left, right: { from: 'document', uri }, title: `${baseName(uri.path)} (Saved ↔ Editor)` });
		}),
		registerCommand(EXTENSION_COMMANDS.openCompared, () => openCompared(server)),
	);
}

/**
 * Compares what the active diff editor compares; files of Source Control with what it compares them with; other articles with
 * the last commit.
 */
async function compareChanges(given?: unknown, ...more: readonly unknown[]): Promise<void> {
	if (isResourceState(given)) {
		for (const state of [given, ...more.filter(isResourceState)]) await compareResource(state);
		return;
	}
	const shown = shownPair(given);
	if (shown) return compare(shown);
	const uri = articleUri(given);
	if (uri) await compareWithLastCommit(uri);
}

async function compareResource(state: ResourceState): Promise<void> {
	const pair = clicked(state);
	await (pair ? compare(pair) : compareWithLastCommit(state.resourceUri));
}

async function compareWithLastCommit(uri: vscode.Uri): Promise<void> {
	const versions = await committedVersions(uri);
	if (!versions) return offerOtherFile(uri);
	const isCommitted = await vscode.workspace.fs.stat(versions.last.left.uri).then(
		() => true,
		() => false,
	);
	if (isCommitted) await compare(versions.last);
	else void vscode.window.showInformationMessage(`${baseName(uri.path)} is new: the last commit does not have it.`);
}

async function offerOtherFile(uri: vscode.Uri): Promise<void> {
	const other = 'Compare with File…';
	const choice = await vscode.window.showInformationMessage(
		`${baseName(uri.path)} is not in a Git repository that is open in VS Code. You can compare it with another file.`,
		other,
	);
	if (choice === other) await compareFiles(uri);
}

/** Compares two files that are selected in the Explorer, or one file with another that the user chooses. */
async function compareFiles(given?: unknown, selection?: unknown): Promise<void> {
	const selected = Array.isArray(selection) ? selection.filter(uri => uri instanceof vscode.Uri) : [];
	const uri = selected.length === 2 ? selected[0] : articleUri(given);
	const other = selected.length === 2 ? selected[1] : uri && (await chooseOther(uri));
	if (!uri || !other) return;
	await compare({
		left: { from: 'document', uri },
		right: { from: 'document', uri: other },
		title: `${baseName(uri.path)} ↔ ${baseName(other.path)}`,
	});
}

/** Returns what the active diff editor compares, unless it does so block by block or is not the one that was meant. */
function shownPair(given: unknown): Pair | undefined {
	const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
	if (!(tab?.input instanceof vscode.TabInputTextDiff)) return undefined;
	const { original, modified } = tab.input;
	if (given instanceof vscode.Uri && given.toString() !== modified.toString()) return undefined;
	if (modified.scheme === COMPARISON_SCHEME) return undefined;
	const title = `${tab.label} by Block`;
	return { left: { from: 'document', uri: original }, right: { from: 'document', uri: modified }, title };
}

/** Returns the URI that a menu passed, or that of the active article. Without one, tells the user to open an article. */
function articleUri(given: unknown): vscode.Uri | undefined {
	if (given instanceof vscode.Uri) return given;
	const document = vscode.window.activeTextEditor?.document;
	if (document && isArticle(document)) return document.uri;
	tellToOpen('compare it');
	return undefined;
}

/** Opens the article at the place of the cursor in the active comparison. */
async function openCompared(server: Server): Promise<void> {
	let editor = vscode.window.activeTextEditor;
	const { input } = vscode.window.tabGroups.activeTabGroup.activeTab ?? {};
	if (input instanceof vscode.TabInputTextDiff && editor?.document.uri.toString() === input.original.toString()) {
		// The cursor goes to the corresponding line.
		await vscode.commands.executeCommand('diffEditor.switchSide');
		editor = vscode.window.activeTextEditor;
	}
	const side = editor && comparedSide(editor.document.uri);
	if (!editor || !side) return;
	const document = await vscode.workspace.openTextDocument(side.uri);
	const offset = editor.document.offsetAt(editor.selection.active);
	const answer = await server.request(ComparisonRequest, { text: document.getText(), offset });
	const position = document.positionAt(answer?.original ?? 0);
	await vscode.window.showTextDocument(document, { selection: new vscode.Range(position, position), preview: false });
}

function isResourceState(given: unknown): given is ResourceState {
	return (
		typeof given === 'object' && given !== null && 'resourceUri' in given && given.resourceUri instanceof vscode.Uri
	);
}
