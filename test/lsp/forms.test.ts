import assert from 'node:assert/strict';
import {
	ApplyWorkspaceEditRequest,
	type ApplyWorkspaceEditResult,
	CodeLensRequest,
	ConfigurationRequest,
	DidCloseTextDocumentNotification,
	DocumentFormattingRequest,
	DocumentRangeFormattingRequest,
	ExecuteCommandRequest,
	type FormattingOptions,
	MessageType,
	ShowMessageNotification,
	type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type Client, connect, TRANSPORTS, VSCODE } from './client.ts';

const URI = 'file:///archive/articles/courier/1.md';
const HEAD = '<!--1639640221000-->\n[The last boat](https://courier.example/2021/12/16/boat/)\n------\n\n';
const TEXT = `${HEAD}<div><p>一</p><p>two</p></div><p>3</p>\n`;
const OPTIONS = { tabSize: 2, insertSpaces: true };
const CONFIGURES = { ...VSCODE, workspace: { ...VSCODE.workspace, configuration: true } };

for (const transport of TRANSPORTS) {
	describe(`the forms of an article over ${transport}`, () => {
		const document = TextDocument.create(URI, 'article', 1, TEXT);
		let client: Client;
		let indent: unknown;
		let edit: WorkspaceEdit | undefined;
		let applied: ApplyWorkspaceEditResult = { applied: true };

		before(async () => {
			client = await connect(transport, CONFIGURES);
			client.connection.onRequest(ConfigurationRequest.type, ({ items }) =>
				items.map(({ scopeUri, section }) =>
					scopeUri === URI && section === 'marginalia.format.indent' ? indent : null,
				),
			);
			client.connection.onRequest(ApplyWorkspaceEditRequest.type, params => {
				edit = params.edit;
				return applied;
			});
			await client.open(URI, TEXT);
		});

		after(() => client.stop());

		it('formats the document and ranges of it, according to the settings', async () => {
			const ask = (options: FormattingOptions = OPTIONS) =>
				client.connection.sendRequest(DocumentFormattingRequest.type, { textDocument: { uri: URI }, options });
			indent = true;
			const expanded = `${HEAD}<div>\n  <p>一</p>\n  <p>two</p>\n</div>\n<p>3</p>\n`;
			assert.equal(TextDocument.applyEdits(document, (await ask()) ?? []), expanded);
			indent = false;
			assert.equal(TextDocument.applyEdits(document, (await ask()) ?? []), expanded.replaceAll('  ', ''));
			indent = null;
			assert.deepEqual(await ask({ ...OPTIONS, keepForm: true }), []);
			const position = document.positionAt(TEXT.indexOf('3<'));
			const edits = await client.connection.sendRequest(DocumentRangeFormattingRequest.type, {
				textDocument: { uri: URI },
				range: { start: position, end: position },
				options: OPTIONS,
			});
			assert.equal(TextDocument.applyEdits(document, edits ?? []), TEXT.replace('<p>3', '\n<p>3'));
		});

		it('expands by the command of its lens, with the known document version', async () => {
			const [lens] = (await client.connection.sendRequest(CodeLensRequest.type, { textDocument: { uri: URI } })) ?? [];
			assert.equal(lens?.command?.title, 'Expand');
			const { command, arguments: args } = lens.command;
			await client.connection.sendRequest(ExecuteCommandRequest.type, {
				command,
				arguments: [...(args ?? []), OPTIONS],
			});
			const [change] = edit?.documentChanges ?? [];
			assert.ok(change && 'textDocument' in change);
			assert.deepEqual(change.textDocument, { uri: URI, version: 1 });
			assert.equal(change.edits.length, 4);
		});

		it('has nothing to collapse in archive form', async () => {
			edit = undefined;
			await client.connection.sendRequest(ExecuteCommandRequest.type, {
				command: 'marginalia.collapse',
				arguments: [URI],
			});
			assert.equal(edit, undefined);
		});

		it('leaves merge conflicts and Markdown unchanged, and says why', async () => {
			const uri = 'file:///archive/articles/courier/2.md';
			const messages: string[] = [];
			const listening = client.connection.onNotification(ShowMessageNotification.type, ({ type, message }) => {
				assert.equal(type, MessageType.Warning);
				messages.push(message);
			});
			edit = undefined;
			const textDocument = { uri };
			const conflict = `${TEXT}<<<<<<< HEAD\n<p>4</p>\n=======\n<p>5</p>\n>>>>>>> other\n`;
			for (const [text, reason] of [
				[conflict, 'it has a merge conflict on line 6; resolve it first'],
				[`${HEAD}First **words**.\n\n- a\n- b\n`, 'it has a body in Markdown instead of HTML'],
			] as const) {
				await client.open(uri, text);
				const formatted = await client.connection.sendRequest(DocumentFormattingRequest.type, {
					textDocument,
					options: OPTIONS,
				});
				assert.deepEqual(formatted, []);
				for (const command of ['marginalia.expand', 'marginalia.collapse'])
					await client.connection.sendRequest(ExecuteCommandRequest.type, { command, arguments: [uri] });
				await client.connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument });
				assert.deepEqual(messages.splice(0), Array(3).fill(`2.md was not changed: ${reason}.`));
			}
			assert.equal(edit, undefined);
			listening.dispose();
		});

		it('reports edits that were not applied, and invalid commands', async () => {
			const run = (command: string, ...args: unknown[]): Promise<unknown> =>
				client.connection.sendRequest(ExecuteCommandRequest.type, { command, arguments: args });
			applied = { applied: false, failureReason: 'the document changed' };
			await assert.rejects(run('marginalia.expand', URI), /Expand was not applied: the document changed/);
			applied = { applied: true };
			await assert.rejects(run('marginalia.expand'), /requires the URI of an open document/);
			await assert.rejects(run('marginalia.expand', 'file:///other.md'), /is not open/);
		});
	});
}
