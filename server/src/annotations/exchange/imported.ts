import type { Annotation } from '../model.ts';

/** An annotation from elsewhere. */
export interface Imported {
	readonly annotation: Annotation;
	/** The IRI of the page that it is about; of an answer that of the note that it answers; `undefined` where nobody says. */
	readonly source: string | undefined;
}

/** What a file holds that is to be imported. */
export interface ImportFile {
	readonly annotations: readonly Imported[];
	/** What of it cannot be taken, and why: sentences without a full stop. */
	readonly faults: readonly string[];
}

/** Gives each answer the page of what it answers, if that is in the same file. */
export function withSources(
	annotations: readonly { readonly annotation: Annotation; readonly target: string | undefined }[],
): readonly Imported[] {
	const targets = new Map(annotations.map(({ annotation, target }) => [annotation.id, target]));
	/** What was found for all on the way to a page, so that no way is gone twice. */
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
