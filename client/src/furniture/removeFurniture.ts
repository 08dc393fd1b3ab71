import * as vscode from 'vscode';
import type { ExecuteCommandParams } from 'vscode-languageclient';
import { FURNITURE_COMMANDS } from '../../../server/src/protocol/commands.ts';
import {
	FurnitureRequest,
	type RemoveFurniture,
	type RemoveFurnitureOutcome,
	WithoutFurnitureRequest,
} from '../../../server/src/protocol/furniture.ts';
import type { RequestType } from '../../../server/src/protocol/method.ts';
import { withoutLinks } from '../../../server/src/util/labels.ts';
import { baseName } from '../../../server/src/util/path.ts';
import { counted } from '../../../server/src/util/words.ts';
import { isArticle } from '../article/documents.ts';
import { tellToOpen } from '../article/editors.ts';
import { isReadOnly, tellReadOnly } from '../article/readOnly.ts';
import { closeComparison, compare } from '../comparison/compare.ts';
import { type Pair, previewSide } from '../comparison/side.ts';
import type { Server } from '../lsp/server.ts';
import { chooseParts } from './chooseParts.ts';

/** `workspace/executeCommand` for `FURNITURE_COMMANDS.remove`. */
const EXECUTE: RequestType<ExecuteCommandParams, RemoveFurnitureOutcome> = {
	method: 'workspace/executeCommand',
	messageDirection: 'clientToServer',
};

/** Removes the page around an article: asks which parts, shows what remains in a diff editor, and asks again. */
export async function removeFurniture(server: Server, given: unknown): Promise<void> {
	const uri = given instanceof vscode.Uri ? given : vscode.window.activeTextEditor?.document.uri;
	const document = uri && (await vscode.workspace.openTextDocument(uri));
	if (!document || !isArticle(document)) return tellToOpen('remove the page around it');
	if (await isReadOnly(document)) return tellReadOnly(document);
	const name = baseName(document.uri.path);
	for (;;) {
		const textDocument = { uri: document.uri.toString() };
		const found = await server.request(FurnitureRequest, { textDocument });
		if (!found) return tellFailed(name, 'the Marginalia language server is not running');
		if (found.parts.length === 0) {
			void vscode.window.showInformationMessage(`${name} holds nothing of the page around the article.`);
			return;
		}
		const parts = await chooseParts(document, found);
		if (!parts || parts.length === 0) return;
		const { version } = found;
		const without = await server.request(WithoutFurnitureRequest, { textDocument, version, parts });
		if (!without) return tellFailed(name, 'it was edited in the meantime');
		const right = previewSide(document.uri, without.text);
		const pair: Pair = { left: { from: 'document', uri: document.uri }, right, title: `${name} (without Furniture)` };
		await compare(pair);
		const answer = await ask(parts.length, without.left.length);
		await closeComparison(pair);
		if (answer === 'again') continue;
		if (answer === 'remove') await remove(server, name, { uri: textDocument.uri, version, parts });
		return;
	}
}

async function ask(chosen: number, left: number): Promise<'remove' | 'again' | undefined> {
	const stay = left > 0 ? ` ${left === 1 ? '1 stays' : `${left} stay`} because the markup around depends on it.` : '';
	const [remove, again] = ['Remove', 'Choose Again'];
	const question = `Remove ${counted(chosen - left, 'part')} of the page, as the diff editor shows?${stay}`;
	const answer = await vscode.window.showInformationMessage(question, remove, again);
	return answer === remove ? 'remove' : answer === again ? 'again' : undefined;
}

async function remove(server: Server, name: string, given: RemoveFurniture): Promise<void> {
	const outcome = await server.request(EXECUTE, { command: FURNITURE_COMMANDS.remove, arguments: [given] });
	if (!outcome) tellFailed(name, 'the Marginalia language server is not running');
	else if (outcome.kind === 'refused') void vscode.window.showErrorMessage(`${withoutLinks(outcome.message)}.`);
	else if (outcome.warning !== undefined) void vscode.window.showWarningMessage(`${withoutLinks(outcome.warning)}.`);
}

function tellFailed(name: string, reason: string): void {
	void vscode.window.showErrorMessage(`Nothing was removed from ${name}: ${reason}.`);
}
