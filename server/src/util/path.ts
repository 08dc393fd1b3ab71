/** The last name in a path with slashes; empty where it ends in one. */
export function baseName(path: string): string {
	return path.slice(path.lastIndexOf('/') + 1);
}

/** A name without what stands behind its last dot. */
export function withoutExtension(name: string): string {
	return name.replace(/\.[^.]*$/, '');
}
