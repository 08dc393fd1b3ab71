import type { AnnotationEdit } from '../../annotations/edit.ts';
import { equals } from '../../annotations/json.ts';
import type { Annotation } from '../../annotations/model.ts';
import type { SidecarFile } from '../../annotations/sidecarFiles.ts';

/**
 * Notes that were moved between an open article and the file beside it. The article is saved later than the other file, or its change is
 * taken back; so until it is saved they are in both, and whenever it is saved, in one.
 */
export interface Moves {
	/** Keeps an eye on annotations, as they are beside the article. */
	track(annotations: readonly Annotation[]): void;
	/** Takes note of what was written of annotations beside an article. */
	write(edits: readonly AnnotationEdit[]): void;
	/** Whether an annotation beside an article is as it was written there last. */
	isWritten(annotation: Annotation): boolean;
	/** Takes over what was done to annotations beside an article by taking back an earlier change. */
	follow(edits: readonly AnnotationEdit[]): void;
	/** Forgets an annotation that was deleted, until it is in the text again. */
	forget(id: string): void;
	/** Takes note of what is in the text: the deletion of one that is there was taken back. */
	see(inText: ReadonlySet<string>): void;
	/** What an annotation that is beside an article still was when it was moved to its text. */
	left(id: string, file: SidecarFile | undefined): Annotation | undefined;
	/** Whether there is anything to keep an eye on. */
	readonly any: boolean;
	/** Annotations that are not beside an article any more. */
	gone(file: SidecarFile | undefined): readonly Annotation[];
	/**
	 * What is to be changed beside an article for each annotation to be in one place.
	 *
	 * @param inText the identities of those that are in the text
	 */
	reconcile(inText: ReadonlySet<string>, file: SidecarFile | undefined): readonly AnnotationEdit[];
}

/** Tracks the moves of one article, as long as it is open. */
export function createMoves(): Moves {
	const tracked = new Map<string, Annotation>();
	const forgotten = new Map<string, Annotation>();
	const written = new Map<string, Annotation>();
	const pass = (id: string, from: Map<string, Annotation>, to: Map<string, Annotation>): void => {
		const annotation = from.get(id);
		if (!annotation) return;
		from.delete(id);
		to.set(id, annotation);
	};
	return {
		track(annotations) {
			for (const annotation of annotations) tracked.set(annotation.id, annotation);
		},
		write(edits) {
			for (const { after } of edits) if (after) written.set(after.id, after);
		},
		isWritten: annotation => equals(written.get(annotation.id), annotation),
		follow(edits) {
			for (const { after } of edits) if (after && tracked.has(after.id)) tracked.set(after.id, after);
		},
		forget: id => pass(id, tracked, forgotten),
		see(inText) {
			for (const id of [...forgotten.keys()]) if (inText.has(id)) pass(id, forgotten, tracked);
		},
		left: (id, file) => (file?.annotations.some(one => one.annotation.id === id) ? tracked.get(id) : undefined),
		get any() {
			return tracked.size > 0;
		},
		gone(file) {
			const beside = new Set(file?.annotations.map(({ annotation }) => annotation.id));
			return [...tracked.values()].filter(({ id }) => !beside.has(id));
		},
		reconcile(inText, file) {
			const beside = new Map(file?.annotations.map(({ annotation }) => [annotation.id, annotation]));
			return [...tracked].flatMap(([id, annotation]): AnnotationEdit[] => {
				const there = beside.get(id);
				if (inText.has(id)) return equals(there, annotation) ? [{ before: annotation, after: undefined }] : [];
				return there ? [] : [{ before: undefined, after: annotation }];
			});
		},
	};
}
