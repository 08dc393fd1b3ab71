import { append } from '../../util/groups.ts';
import { equals } from '../json.ts';
import type { Annotation } from '../model.ts';
import type { Imported } from './imported.ts';

/** The effect of importing annotations into one article. */
export interface ImportPlan {
	/** New annotations. */
	readonly added: readonly Annotation[];
	/** How many exist already and are equal. */
	readonly same: number;
	/** Annotations that exist with other content. The existing ones are kept, since they may have been edited here. */
	readonly kept: readonly Annotation[];
}

/** Compares imported annotations with existing ones by id. */
export function planImport(imported: readonly Annotation[], there: readonly Annotation[]): ImportPlan {
	const known = new Map(there.map(annotation => [annotation.id, annotation]));
	const added = new Map<string, Annotation>();
	const kept: Annotation[] = [];
	let same = 0;
	for (const annotation of imported) {
		const before = known.get(annotation.id);
		if (before) {
			if (equals(before, annotation)) same++;
			else kept.push(annotation);
		} else if (!added.has(annotation.id)) added.set(annotation.id, annotation);
		else if (equals(added.get(annotation.id), annotation)) same++;
		else kept.push(annotation);
	}
	return { added: [...added.values()], same, kept };
}

/** Annotations by article. */
export interface Assigned {
	readonly byArticle: ReadonlyMap<string, readonly Annotation[]>;
	/** Pages without an article, with the number of annotations on each. */
	readonly missing: ReadonlyMap<string, number>;
}

/** Assigns annotations to the articles whose source pages they target. */
export function assignArticles(
	imported: readonly Imported[],
	articleOf: (source: string) => string | undefined,
): Assigned {
	const byArticle = new Map<string, Annotation[]>();
	const missing = new Map<string, number>();
	for (const { annotation, source } of imported) {
		const article = source === undefined ? undefined : articleOf(source);
		if (article === undefined) missing.set(source ?? '', (missing.get(source ?? '') ?? 0) + 1);
		else append(byArticle, article, annotation);
	}
	return { byArticle, missing };
}
