/** The last segment of a path with slashes; empty if the path ends with a slash. */
export function baseName(path: string): string {
	return path.slice(path.lastIndexOf('/') + 1);
}

/** A file name without its extension. */
export function withoutExtension(name: string): string {
	return name.replace(/\.[^.]*$/, '');
}

/** The extensions that are told from the rest of a name, which may contain dots. */
const EXTENSION = /\.[^.\s]{1,12}$/;

/** A file name in two parts; `extension` begins with its dot, and is empty if there is none. */
export interface FileName {
	readonly stem: string;
	readonly extension: string;
}

/** Splits a file name. */
export function splitName(name: string): FileName {
	const extension = EXTENSION.exec(name)?.[0] ?? '';
	return { stem: name.slice(0, name.length - extension.length), extension };
}
