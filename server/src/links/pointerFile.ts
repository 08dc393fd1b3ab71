/** The content of a large file that was not fetched, in a clone without it. */
export interface Pointer {
	/** The program that stores the file. */
	readonly keeper: 'Git LFS' | 'git-annex';
	/** The size of the file in bytes; `undefined` if the pointer does not say. */
	readonly size: number | undefined;
}

/** Pointers are smaller than this, in bytes: the specification of Git LFS requires it, and a git-annex pointer is one path. */
export const MAX_POINTER_BYTES = 1024;

/** Reads a pointer from a whole file; `undefined` for anything else. */
export function readPointer(bytes: Uint8Array): Pointer | undefined {
	if (bytes.length >= MAX_POINTER_BYTES) return undefined;
	const text = new TextDecoder().decode(bytes);
	if (/^version https:\/\/(?:git-lfs\.github\.com|hawser\.github\.com)\/spec\/v\d+\n/.test(text))
		return { keeper: 'Git LFS', size: numberIn(/^size (\d{1,15})$/m, text) };
	// Keys of git-annex are BACKEND-sSIZE--NAME.
	if (/^\/annex\/objects\/[A-Z0-9_]+-\S+\n?$/.test(text))
		return { keeper: 'git-annex', size: numberIn(/\/[A-Z0-9_]+(?:-[a-zA-Z]\d+)*?-s(\d{1,15})-/, text) };
	return undefined;
}

function numberIn(pattern: RegExp, text: string): number | undefined {
	const digits = pattern.exec(text)?.[1];
	return digits === undefined ? undefined : Number(digits);
}

/** Returns the command that fetches the content of a pointer. */
export function fetchCommand({ keeper }: Pick<Pointer, 'keeper'>): string {
	return keeper === 'Git LFS' ? 'git lfs pull' : 'git annex get';
}
