import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import {
	createMessageConnection,
	type MessageConnection,
	StreamMessageReader,
	StreamMessageWriter,
} from 'vscode-languageserver/node';
import {
	type NotificationType,
	onNotification,
	onRequest,
	type RequestType,
} from '../../../server/src/protocol/method.ts';

const ECHO: RequestType<object, object> = { method: 'tests/echo', messageDirection: 'clientToServer' };
const TELL: NotificationType<object> = { method: 'tests/tell', messageDirection: 'clientToServer' };

describe('a connection with custom methods', () => {
	let ends: readonly [MessageConnection, MessageConnection];

	beforeEach(() => {
		const [there, back] = [new PassThrough(), new PassThrough()];
		ends = [
			createMessageConnection(new StreamMessageReader(back), new StreamMessageWriter(there)),
			createMessageConnection(new StreamMessageReader(there), new StreamMessageWriter(back)),
		];
		for (const end of ends) end.listen();
	});
	afterEach(() => {
		for (const end of ends) end.dispose();
	});

	it('passes the parameters of a request to its handler, or an empty object', async () => {
		const [client, server] = ends;
		onRequest(server, ECHO, (params, token) => ({ params, isCancelled: token.isCancellationRequested }));
		for (const [sent, received] of [
			[[{ uri: 'file:///潮.md' }], { uri: 'file:///潮.md' }],
			[[{}], {}],
			[[null], {}],
			[[], {}],
		] as const)
			assert.deepEqual(await client.sendRequest(ECHO.method, ...sent), { params: received, isCancelled: false });
	});

	it('passes a notification to its handler', async () => {
		const [client, server] = ends;
		const heard = new Promise(resolve => onNotification(server, TELL, resolve));
		await client.sendNotification(TELL.method, { uri: 'file:///潮.md' });
		assert.deepEqual(await heard, { uri: 'file:///潮.md' });
	});
});
