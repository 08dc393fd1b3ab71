import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import {
	type Connection,
	createConnection,
	createProtocolConnection,
	type ProtocolConnection,
	StreamMessageReader,
	StreamMessageWriter,
} from 'vscode-languageserver/node';
import { createRemoteClient } from '../../../server/src/lsp/client.ts';
import { createClientFileSystem } from '../../../server/src/lsp/clientFileSystem.ts';
import type { FileSystem } from '../../../server/src/platform.ts';
import { ReadFileRequest, StatRequest, WriteFileRequest } from '../../../server/src/protocol/files.ts';
import { onRequest } from '../../../server/src/protocol/method.ts';
import { answerFiles } from '../../clientFiles.ts';
import { createFiles, NOW } from '../languageFeatures/harness.ts';

const text = (bytes: Uint8Array | undefined): string | undefined => bytes && new TextDecoder().decode(bytes);
const bytes = (value: string): Uint8Array => new TextEncoder().encode(value);

describe('files of a client', () => {
	let server: Connection;
	let client: ProtocolConnection;

	beforeEach(() => {
		const [up, down] = [new PassThrough(), new PassThrough()];
		server = createConnection(new StreamMessageReader(up), new StreamMessageWriter(down));
		client = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
		server.listen();
		client.listen();
	});

	afterEach(() => {
		server.dispose();
		client.dispose();
	});

	const filesOf = (patience?: number): FileSystem =>
		createClientFileSystem(createRemoteClient(server), () => true, patience);

	it('are read as they are', async () => {
		const all = Uint8Array.from({ length: 100_000 }, (_, index) => index % 256);
		answerFiles(client, createFiles({ 'memfs:/a/渡轮.bin': all, 'memfs:/a/b/1.md': 'text' }));
		const files = filesOf();
		assert.deepEqual(await files.stat('memfs:/a/渡轮.bin'), { type: 'file', size: 100_000, modified: NOW });
		assert.deepEqual(await files.readFile('memfs:/a/渡轮.bin'), all);
		assert.deepEqual(await files.readHead('memfs:/a/渡轮.bin', 300), all.slice(0, 300));
		assert.deepEqual(await files.readDirectory('memfs:/a'), [
			{ name: '渡轮.bin', type: 'file' },
			{ name: 'b', type: 'directory' },
		]);
	});

	it('do not exist if the client does not provide them', async () => {
		answerFiles(client, createFiles({}));
		const files = filesOf();
		assert.equal(await files.stat('memfs:/a'), undefined);
		assert.equal(await files.readFile('memfs:/a'), undefined);
		assert.equal(await files.readHead('memfs:/a', 10), undefined);
		assert.equal(await files.readDirectory('memfs:/a'), undefined);
	});

	it('are not requested if the client does not handle file requests', async () => {
		const files = createClientFileSystem(createRemoteClient(server), () => false);
		assert.equal(await files.stat('memfs:/a'), undefined);
		assert.equal(await files.readFile('memfs:/a'), undefined);
		assert.deepEqual(await files.update('memfs:/a', () => bytes('x')), {
			kind: 'refused',
			reason: 'cannot be written here',
		});
	});

	it('are created, changed and left alone', async () => {
		const held = createFiles({});
		answerFiles(client, held);
		const files = filesOf();
		assert.deepEqual(await files.update('memfs:/a', before => bytes(`${text(before)}!`)), { kind: 'written' });
		assert.deepEqual(await files.update('memfs:/a', before => bytes(`${text(before)}?`)), { kind: 'written' });
		assert.deepEqual(await files.update('memfs:/a', () => undefined), { kind: 'unchanged' });
		assert.equal(text(await held.readFile('memfs:/a')), 'undefined!?');
	});

	it('keep changes that others make in the meantime', async () => {
		const held = createFiles({ 'memfs:/a': 'one' });
		answerFiles(client, held);
		let asked = 0;
		const written = await filesOf().update('memfs:/a', before => {
			// Between reading and writing in the first attempt.
			if (++asked === 1) void held.update('memfs:/a', () => bytes('two'));
			return bytes(`${text(before)} and more`);
		});
		assert.deepEqual([written, asked], [{ kind: 'written' }, 2]);
		assert.equal(text(await held.readFile('memfs:/a')), 'two and more');
	});

	it('are given up if others keep changing them', async () => {
		answerFiles(client, createFiles({ 'memfs:/a': 'one' }));
		onRequest(client, WriteFileRequest, () => ({ kind: 'changed' }));
		assert.deepEqual(await filesOf().update('memfs:/a', () => bytes('two')), {
			kind: 'refused',
			reason: 'keeps being changed by another program',
		});
	});

	it('report why they cannot be written', async () => {
		answerFiles(client, createFiles({}));
		onRequest(client, WriteFileRequest, ({ uri }) => ({ kind: 'refused', reason: `is not for ${uri}` }) as const);
		const refused = await filesOf().update('memfs:/a', () => bytes('x'));
		assert.deepEqual(refused, { kind: 'refused', reason: 'is not for memfs:/a' });
	});

	it('reject if the client fails or does not know the request', async () => {
		onRequest(client, StatRequest, () => {
			throw new Error('the network is down');
		});
		await assert.rejects(filesOf().stat('memfs:/a'), /the network is down/);
		await assert.rejects(filesOf().readDirectory('memfs:/a'), /Unhandled method marginalia\/fs\/readDirectory/);
	});

	it('reject if the client does not answer in time, and ignore a late answer', async () => {
		const cancelled = new Promise<void>(resolve => {
			onRequest(client, ReadFileRequest, async (_, token) => {
				await new Promise<void>(done => token.onCancellationRequested(() => done()));
				resolve();
				return null;
			});
		});
		await assert.rejects(
			filesOf(200).readFile('memfs:/a'),
			/^Error: The client did not answer marginalia\/fs\/readFile for memfs:\/a within 200 ms$/,
		);
		await cancelled;
	});

	it('reject if the connection ends', async () => {
		const asked = new Promise<void>(resolve => {
			onRequest(client, StatRequest, () => {
				resolve();
				return new Promise(() => undefined);
			});
		});
		const stat = filesOf().stat('memfs:/a');
		await asked;
		server.dispose();
		await assert.rejects(stat);
	});

	it('are requested a few at a time until all are done', async () => {
		let asked = 0;
		let waiting: (() => void)[] = [];
		const rounds: number[] = [];
		onRequest(client, StatRequest, async () => {
			const answered = new Promise<void>(resolve => waiting.push(resolve));
			// No more requests arrive before some are answered, and these are all.
			if (++asked % 16 === 0 || asked === 100) {
				setImmediate(() => {
					rounds.push(waiting.length);
					for (const answer of waiting) answer();
					waiting = [];
				});
			}
			await answered;
			return null;
		});
		const files = filesOf();
		await Promise.all(Array.from({ length: 100 }, (_, index) => files.stat(`memfs:/${index}`)));
		assert.deepEqual(rounds, [16, 16, 16, 16, 16, 16, 4]);
	});
});
