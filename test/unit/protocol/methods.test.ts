import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import {
	type CancellationToken,
	createConnection,
	createProtocolConnection,
	StreamMessageReader,
	StreamMessageWriter,
} from 'vscode-languageserver/node';
import { faultIn } from '../../../server/src/lsp/params.ts';
import { AnnotatedArticlesRequest } from '../../../server/src/protocol/annotations.ts';
import { PingRequest } from '../../../server/src/protocol/lifecycle.ts';
import { type NoParams, onRequest } from '../../../server/src/protocol/method.ts';
import { SelectorReachRequest } from '../../../server/src/protocol/sources.ts';
import { METHODS } from './methods.ts';

describe('methods of the protocol', () => {
	it('have unique names', () => {
		const names = METHODS.map(({ method }) => method);
		assert.ok(names.length > 15, `only ${names.length}`);
		assert.deepEqual([...new Set(names)], names);
	});

	it('have their parameters validated by the server', () => {
		const unchecked = METHODS.filter(
			({ method, messageDirection }) =>
				messageDirection === 'clientToServer' && faultIn(method, undefined) === undefined,
		);
		assert.deepEqual(
			unchecked.map(({ method }) => method),
			[AnnotatedArticlesRequest.method, PingRequest.method],
		);
	});

	it('take only selectors that can be used', () => {
		const fault = (...selectors: unknown[]): string | undefined =>
			faultIn(SelectorReachRequest.method, { textDocument: { uri: 'file:///1.md' }, selectors });
		assert.equal(fault('p', '.share > a'), undefined);
		assert.equal(fault('p', ''), 'params.selectors cannot be used: The selector is empty');
		assert.match(
			fault('\ud800:') ?? '',
			/^params\.selectors cannot be used: This is not a CSS selector that can be used: /,
		);
		assert.equal(fault('p', 7), 'params.selectors is not a string');
	});

	for (const [title, params] of [
		['nothing', undefined],
		['null', null],
		['an empty object', {}],
	] as const)
		it(`without parameters accept clients that send ${title}`, async () => {
			const [up, down] = [new PassThrough(), new PassThrough()];
			const server = createConnection(new StreamMessageReader(up), new StreamMessageWriter(down));
			const client = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
			try {
				const given = new Promise<readonly [NoParams, CancellationToken]>(resolve => {
					onRequest(server, AnnotatedArticlesRequest, (...all) => {
						resolve(all);
						return [];
					});
				});
				server.listen();
				client.listen();
				const { method } = AnnotatedArticlesRequest;
				await (params === undefined ? client.sendRequest(method) : client.sendRequest(method, params));
				const [received, token] = await given;
				assert.deepEqual(received, {});
				assert.equal(token.isCancellationRequested, false);
			} finally {
				server.dispose();
				client.dispose();
			}
		});
});
