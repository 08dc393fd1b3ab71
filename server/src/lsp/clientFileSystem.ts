import { type FileSystem, MAX_UPDATE_ATTEMPTS } from '../platform.ts';
import {
	decodeContent,
	encodeContent,
	ReadDirectoryRequest,
	type ReadFileParams,
	ReadFileRequest,
	StatRequest,
	WriteFileRequest,
} from '../protocol/files.ts';
import type { RequestType } from '../protocol/method.ts';
import { createLimiter } from '../util/limiter.ts';
import type { RemoteClient } from './client.ts';

/** How long a client may take to answer, in milliseconds. */
const PATIENCE = 30_000;

/** The maximum number of pending requests, because an article may refer to any number of files. */
const AT_ONCE = 16;

/**
 * Creates a file system of files that the client provides. It throws if the client fails or times out.
 *
 * @param serves whether the client handles file requests; otherwise there are no files
 * @param patience the timeout in milliseconds
 */
export function createClientFileSystem(
	remote: Pick<RemoteClient, 'request'>,
	serves: () => boolean,
	patience = PATIENCE,
): FileSystem {
	const limiter = createLimiter(AT_ONCE);
	const ask = async <P extends object, R>(type: RequestType<P, R>, params: P): Promise<NonNullable<R> | undefined> => {
		if (!serves()) return undefined;
		return limiter.run(async () => (await remote.request(type, params, patience)) ?? undefined);
	};
	const read = async (params: ReadFileParams): Promise<Uint8Array | undefined> => {
		const content = await ask(ReadFileRequest, params);
		return content === undefined ? undefined : decodeContent(content);
	};
	return {
		stat: uri => ask(StatRequest, { uri }),
		readHead: (uri, length) => read({ uri, length }),
		readFile: uri => read({ uri }),
		readDirectory: uri => ask(ReadDirectoryRequest, { uri }),
		async update(uri, change) {
			for (let attempt = 0; attempt < MAX_UPDATE_ATTEMPTS; attempt++) {
				const before = await read({ uri });
				const after = change(before);
				if (after === undefined) return { kind: 'unchanged' };
				const written = await ask(WriteFileRequest, {
					uri,
					before: before ? encodeContent(before) : null,
					content: encodeContent(after),
				});
				if (written === undefined) return { kind: 'refused', reason: 'cannot be written here' };
				if (written.kind !== 'changed') return written;
			}
			return { kind: 'refused', reason: 'keeps being changed by another program' };
		},
	};
}
