import type { ProtocolConnection } from 'vscode-languageserver/node';
import {
	decodeContent,
	encodeContent,
	type FileParams,
	READ_DIRECTORY,
	READ_FILE,
	type ReadFileParams,
	STAT,
	WRITE_FILE,
	type WriteFileParams,
	type Written,
} from '../server/src/lsp/fileRequests.ts';
import type { FileSystem } from '../server/src/platform.ts';

/** Has a client in a test answer the server's requests for files, from a file system of the test. */
export function answerFiles(connection: Pick<ProtocolConnection, 'onRequest'>, files: FileSystem): void {
	connection.onRequest(STAT, async ({ uri }: FileParams) => (await files.stat(uri)) ?? null);
	connection.onRequest(READ_DIRECTORY, async ({ uri }: FileParams) => (await files.readDirectory(uri)) ?? null);
	connection.onRequest(READ_FILE, async ({ uri, length }: ReadFileParams) => {
		const bytes = length === undefined ? await files.readFile(uri) : await files.readHead(uri, length);
		return bytes ? encodeContent(bytes) : null;
	});
	connection.onRequest<Written, void>(WRITE_FILE, async ({ uri, before, content }: WriteFileParams) => {
		const present = await files.readFile(uri);
		if ((present ? encodeContent(present) : null) !== before) return { kind: 'changed' };
		const updated = await files.update(uri, () => decodeContent(content));
		return updated.kind === 'unchanged' ? { kind: 'written' } : updated;
	});
}
