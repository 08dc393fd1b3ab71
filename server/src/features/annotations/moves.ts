import type { Edit } from '../../annotations/edit.ts';
import { equals } from '../../annotations/json.ts';
import type { Annotation } from '../../annotations/model.ts';
import type { SidecarFile } from '../../annotations/sidecarFiles.ts';

/**
 * Notes that were moved between an article and the file beside it. The article is saved later than the other file, or its change is
 * taken back; so until it is saved they are in both, and whenever it is saved, in one.
 */
export interface Moves {
	/** Keeps an eye on annotations, as they are beside the article. */
	track(article: string, annotations: readonly Annotation[]): void;
	/** Forgets an annotation that was deleted. */
	forget(article: string, id: string): void;
	/** Whether there is anything to keep an eye on. */
	has(article: string): boolean;
	/** What is to be changed beside an article for each annotation to be in one place, given the identities of those in its text. */
	reconcile(article: string, inText: ReadonlySet<string>, file: SidecarFile | undefined): readonly Edit[];
}

/** Tracks the moves of one session. */
export function createMoves(): Moves {
	const tracked = new Map<string, Map<string, Annotation>>();
	return {
		track(article, annotations) {
			const known = tracked.get(article) ?? new Map<string, Annotation>();
			for (const annotation of annotations) known.set(annotation.id, annotation);
			tracked.set(article, known);
		},
		forget(article, id) {
			tracked.get(article)?.delete(id);
		},
		has: article => (tracked.get(article)?.size ?? 0) > 0,
		reconcile(article, inText, file) {
			const beside = new Map(file?.annotations.map(({ annotation }) => [annotation.id, annotation]));
			return [...(tracked.get(article) ?? [])].flatMap(([id, annotation]): Edit[] => {
				const there = beside.get(id);
				if (inText.has(id)) return equals(there, annotation) ? [{ before: annotation, after: undefined }] : [];
				return there ? [] : [{ before: undefined, after: annotation }];
			});
		},
	};
}
