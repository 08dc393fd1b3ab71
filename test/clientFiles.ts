import type { ProtocolConnection } from 'vscode-languageserver/node';
import type { FileSystem } from '../server/src/platform.ts';
import {
	decodeContent,
	encodeContent,
	ReadDirectoryRequest,
	ReadFileRequest,
	StatRequest,
	WriteFileRequest,
} from '../server/src/protocol/files.ts';
import { onRequest } from '../server/src/protocol/method.ts';

/** Has a client in a test answer the server's requests for files, from a file system of the test. */
export function answerFiles(connection: Pick<ProtocolConnection, 'onRequest'>, files: FileSystem): void {
	onRequest(connection, StatRequest, async ({ uri }) => (await files.stat(uri)) ?? null);
	onRequest(connection, ReadDirectoryRequest, async ({ uri }) => (await files.readDirectory(uri)) ?? null);
	onRequest(connection, ReadFileRequest, async ({ uri, length }) => {
		const bytes = length === undefined ? await files.readFile(uri) : await files.readHead(uri, length);
		return bytes ? encodeContent(bytes) : null;
	});
	onRequest(connection, WriteFileRequest, async ({ uri, before, content }) => {
		const present = await files.readFile(uri);
		if ((present ? encodeContent(present) : null) !== before) return { kind: 'changed' };
		const updated = await files.update(uri, () => decodeContent(content));
		return updated.kind === 'unchanged' ? { kind: 'written' } : updated;
	});
}
