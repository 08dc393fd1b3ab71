import assert from 'node:assert/strict';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import {
	createMessageConnection,
	type MessageConnection,
	StreamMessageReader,
	StreamMessageWriter,
} from 'vscode-languageserver/node';
import { MISSPELT, start } from './support.ts';

describe('marginalia lsp', () => {
	/** Speaks with a server over standard input and output; it must end with the given code and print no error. */
	async function session(
		args: string[],
		code: number,
		talk: (server: MessageConnection) => Promise<void>,
	): Promise<void> {
		const child = start(['lsp', ...args]);
		const closed = once(child, 'close');
		const stderr = text(child.stderr);
		const server = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
		server.listen();
		await talk(server);
		server.dispose();
		child.stdin.end();
		assert.deepEqual([await stderr, await closed], ['', [code, null]]);
	}
	const initialize = (server: MessageConnection): Promise<{ serverInfo: { name: string } }> =>
		server.sendRequest('initialize', { processId: process.pid, rootUri: null, capabilities: {} });

	for (const args of [['--stdio'], [], ['--stdio', `--clientProcessId=${process.pid}`]]) {
		it(`serves \`${['lsp', ...args].join(' ').replace(String(process.pid), 'PID')}\``, () =>
			session(args, 0, async server => {
				assert.equal((await initialize(server)).serverInfo.name, 'marginalia');
				await server.sendNotification('initialized', {});
				const uri = 'file:///archive/1.md';
				await server.sendNotification('textDocument/didOpen', {
					textDocument: { uri, languageId: 'article', version: 1, text: MISSPELT },
				});
				const symbols = await server.sendRequest<{ name: string }[]>('textDocument/documentSymbol', {
					textDocument: { uri },
				});
				assert.equal(symbols[0]?.name, 'The night ferry');
				await server.sendRequest('shutdown');
				await server.sendNotification('exit');
			}));
	}

	it('exits when its editor has ended', () =>
		session(['--stdio'], 1, async server => {
			await initialize(server);
		}));
});
