'use strict';
const { createServer } = require('node:http');
const { writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { json } = require('node:stream/consumers');
const vscode = require('vscode');

/** What a test can ask for, each with its parameter. */
const ANSWERS = {
	state: () => stateOf(vscode.window.activeTextEditor),
	async open(path) {
		const [folder] = vscode.workspace.workspaceFolders ?? [];
		const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, path));
		return stateOf(await vscode.window.showTextDocument(document, { preview: false }));
	},
	/** Selects ranges, as pairs of offsets. */
	async select(ranges) {
		const editor = vscode.window.activeTextEditor;
		const { document } = editor;
		// Unlike an assignment of selections, a movement of the cursor ends what Undo takes as one.
		await vscode.commands.executeCommand('cursorLeft');
		editor.selections = ranges.map(
			([start, end]) => new vscode.Selection(document.positionAt(start), document.positionAt(end)),
		);
		editor.revealRange(editor.selection);
		await ANSWERS.settle();
	},
	/** Messages to the window arrive in order, so an answer to this one says that it has done what it was sent before. */
	async settle() {
		await vscode.commands.executeCommand('setContext', 'witness.settled', true);
	},
	async command(name) {
		await vscode.commands.executeCommand(name);
	},
};

function stateOf({ document, selections, options }) {
	return {
		path: vscode.workspace.asRelativePath(document.uri),
		text: document.getText(),
		language: document.languageId,
		isDirty: document.isDirty,
		selections: selections.map(({ start, end }) => [document.offsetAt(start), document.offsetAt(end)]),
		indent: options.insertSpaces ? ' '.repeat(Number(options.tabSize)) : '\t',
	};
}

/** Listens on a free port, which it writes into a file beside the folder that is open. */
exports.activate = context => {
	const server = createServer(async (request, response) => {
		try {
			const { question, parameter } = await json(request);
			response.end(JSON.stringify({ answer: await ANSWERS[question](parameter) }));
		} catch (error) {
			response.end(JSON.stringify({ failure: String(error?.stack ?? error) }));
		}
	});
	server.listen(0, '127.0.0.1', () => {
		const [folder] = vscode.workspace.workspaceFolders ?? [];
		writeFileSync(join(folder.uri.fsPath, '..', 'witness.port'), String(server.address().port));
	});
	context.subscriptions.push({ dispose: () => server.close() });
};
