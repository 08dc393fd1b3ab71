import type { Annotation } from '../model.ts';

/** An annotation to import. */
export interface Imported {
	readonly annotation: Annotation;
	/** The IRI of its page; for a reply whose thread is not in the file, of the note that it replies to; `undefined` if it has no target. */
	readonly source: string | undefined;
}

/** The content of a file to import. */
export interface ImportFile {
	readonly annotations: readonly Imported[];
	/** What cannot be imported and why, as sentences without a full stop. */
	readonly faults: readonly string[];
}

/** Gives each reply the page of the note that it replies to, if that is in the same file. */
export function withSources(
	annotations: readonly { readonly annotation: Annotation; readonly target: string | undefined }[],
): readonly Imported[] {
	const targets = new Map(annotations.map(({ annotation, target }) => [annotation.id, target]));
	/** Memoised results, so that no chain is followed twice. */
	const sources = new Map<string, string | undefined>();
	return annotations.map(({ annotation, target }) => {
		let source = target;
		const seen = new Set([annotation.id]);
		while (source !== undefined && targets.has(source) && !seen.has(source)) {
			seen.add(source);
			source = sources.has(source) ? sources.get(source) : targets.get(source);
		}
		for (const id of seen) sources.set(id, source);
		return { annotation, source };
	});
}
