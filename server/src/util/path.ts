/** The last segment of a path with slashes; empty if the path ends with a slash. */
export function baseName(path: string): string {
	return path.slice(path.lastIndexOf('/') + 1);
}

/** A file name without its extension. */
export function withoutExtension(name: string): string {
	return name.replace(/\.[^.]*$/, '');
}
