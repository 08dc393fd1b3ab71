import type { FileSystem } from '../platform.ts';
import { MAX_SIDECAR_CHARS, parseSidecar, type Sidecar } from './sidecar.ts';
import { sidecarOf } from './sidecarName.ts';

/** An existing sidecar and its URI. */
export interface SidecarFile extends Sidecar {
	readonly uri: string;
}

/** Reads the sidecars of articles; an open document takes precedence over the saved file. */
export interface SidecarFiles {
	/** Returns the sidecar of an article, if it exists. Cached until `forget`. */
	of(article: string): Promise<SidecarFile | undefined>;
	/** Drops a sidecar from the cache, or all of them. */
	forget(sidecar?: string): void;
}

/**
 * Creates a cached reader of sidecars.
 *
 * @param openSidecar returns the sidecar that is open in an editor, which takes precedence over the saved file
 */
export function createSidecarFiles(
	files: FileSystem,
	openSidecar: (uri: string) => SidecarFile | undefined = () => undefined,
): SidecarFiles {
	const read = new Map<string, Promise<SidecarFile | undefined>>();
	return {
		async of(article) {
			const uri = sidecarOf(article);
			if (uri === undefined) return undefined;
			const open = openSidecar(uri);
			if (open) return open;
			let reading = read.get(uri);
			if (!reading) {
				reading = readSidecar(uri, files);
				read.set(uri, reading);
				// Retry next time.
				reading.catch(() => read.delete(uri));
			}
			return reading;
		},
		forget(sidecar) {
			if (sidecar === undefined) read.clear();
			else read.delete(sidecar);
		},
	};
}

/** Reads a sidecar from its file; `undefined` if it does not exist. */
export async function readSidecar(uri: string, files: FileSystem): Promise<SidecarFile | undefined> {
	const stat = await files.stat(uri);
	if (!stat) return undefined;
	const refuse = (message: string): SidecarFile => ({
		...parseSidecar(''),
		uri,
		faults: [{ kind: 'unreadable', span: { start: 0, end: 0 }, message }],
	});
	if (stat.type === 'outside') {
		const article = await files.stat(uri.slice(0, uri.lastIndexOf('/')));
		return article?.type === 'outside'
			? undefined
			: refuse('The sidecar file is a symbolic link to a file outside the archive');
	}
	if (stat.type !== 'file') return refuse('There is a folder with the name of the sidecar file');
	if (stat.size > 4 * MAX_SIDECAR_CHARS) return refuse(`The sidecar file is too large: ${stat.size} bytes`);
	const bytes = await files.readFile(uri);
	if (!bytes) return refuse('The sidecar file cannot be read');
	const text = decodeSidecar(bytes);
	return text === undefined ? refuse('The sidecar file must be saved as UTF-8') : { uri, ...parseSidecar(text) };
}

/** Decodes a sidecar; `undefined` if it is not UTF-8. */
export function decodeSidecar(bytes: Uint8Array): string | undefined {
	try {
		return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
	} catch (error) {
		if (!(error instanceof TypeError)) throw error;
		return undefined;
	}
}
