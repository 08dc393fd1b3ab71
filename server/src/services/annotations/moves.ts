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
	/** Takes note of what was written of annotations beside an article. */
	write(article: string, edits: readonly Edit[]): void;
	/** Whether an annotation beside an article is as it was written there last. */
	isWritten(article: string, annotation: Annotation): boolean;
	/** Takes over what was done to annotations beside an article by taking back an earlier change. */
	follow(article: string, edits: readonly Edit[]): void;
	/** Forgets an annotation that was deleted, until it is in the text again. */
	forget(article: string, id: string): void;
	/** Takes note of what is in the text: the deletion of one that is there was taken back. */
	see(article: string, inText: ReadonlySet<string>): void;
	/** What an annotation that is beside an article still was when it was moved to its text. */
	left(article: string, id: string, file: SidecarFile | undefined): Annotation | undefined;
	/** Whether there is anything to keep an eye on. */
	has(article: string): boolean;
	/** Annotations that are not beside an article any more. */
	gone(article: string, file: SidecarFile | undefined): readonly Annotation[];
	/**
	 * What is to be changed beside an article for each annotation to be in one place.
	 *
	 * @param inText the identities of those that are in the text
	 */
	reconcile(article: string, inText: ReadonlySet<string>, file: SidecarFile | undefined): readonly Edit[];
}

/** Tracks the moves of one session. */
export function createMoves(): Moves {
	const tracked = new Map<string, Map<string, Annotation>>();
	const forgotten = new Map<string, Map<string, Annotation>>();
	const written = new Map<string, Map<string, Annotation>>();
	const pass = (article: string, id: string, from: typeof tracked, to: typeof tracked): void => {
		const annotation = from.get(article)?.get(id);
		if (!annotation) return;
		from.get(article)?.delete(id);
		to.set(article, (to.get(article) ?? new Map<string, Annotation>()).set(id, annotation));
	};
	return {
		track(article, annotations) {
			const known = tracked.get(article) ?? new Map<string, Annotation>();
			for (const annotation of annotations) known.set(annotation.id, annotation);
			tracked.set(article, known);
		},
		write(article, edits) {
			const its = written.get(article) ?? new Map<string, Annotation>();
			for (const { after } of edits) if (after) its.set(after.id, after);
			written.set(article, its);
		},
		isWritten: (article, annotation) => equals(written.get(article)?.get(annotation.id), annotation),
		follow(article, edits) {
			const known = tracked.get(article);
			for (const { after } of edits) if (after && known?.has(after.id)) known.set(after.id, after);
		},
		forget: (article, id) => pass(article, id, tracked, forgotten),
		see(article, inText) {
			for (const id of forgotten.get(article)?.keys() ?? []) if (inText.has(id)) pass(article, id, forgotten, tracked);
		},
		left(article, id, file) {
			return file?.annotations.some(one => one.annotation.id === id) ? tracked.get(article)?.get(id) : undefined;
		},
		has: article => (tracked.get(article)?.size ?? 0) > 0,
		gone(article, file) {
			const beside = new Set(file?.annotations.map(({ annotation }) => annotation.id));
			return [...(tracked.get(article)?.values() ?? [])].filter(({ id }) => !beside.has(id));
		},
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
