import type { AnnotationEdit } from '../../annotations/edit.ts';
import { equals } from '../../annotations/json.ts';
import type { Annotation } from '../../annotations/model.ts';
import type { SidecarFile } from '../../annotations/sidecarFiles.ts';

/**
 * Tracks notes that were moved between an open article and its sidecar. The article is saved later than the sidecar, or the edit of the article is
 * undone, so the notes are in both files until the article is saved, and in one of them after that.
 */
export interface Moves {
	/** Starts to track annotations, as they are in the sidecar. */
	track(annotations: readonly Annotation[]): void;
	/** Records edits of annotations in the sidecar. */
	write(edits: readonly AnnotationEdit[]): void;
	/** Whether an annotation in the sidecar is unchanged since it was last written. */
	isWritten(annotation: Annotation): boolean;
	/** Records edits in the sidecar that undo or redo an earlier change. */
	follow(edits: readonly AnnotationEdit[]): void;
	/** Stops tracking a deleted annotation, until it is in the text again. */
	forget(id: string): void;
	/** Records which annotations are in the text: a deleted one that is there again has been restored by Undo. */
	see(inText: ReadonlySet<string>): void;
	/** The version of an annotation in the sidecar that was left behind when the note was moved to the text. */
	left(id: string, file: SidecarFile | undefined): Annotation | undefined;
	/** Whether any annotations are tracked. */
	readonly any: boolean;
	/** Tracked annotations that are no longer in the sidecar. */
	gone(file: SidecarFile | undefined): readonly Annotation[];
	/**
	 * The edits of the sidecar after which each annotation is in one place only.
	 *
	 * @param inText the ids of the annotations in the text
	 */
	reconcile(inText: ReadonlySet<string>, file: SidecarFile | undefined): readonly AnnotationEdit[];
}

/** Tracks the moves of one article while it is open. */
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
