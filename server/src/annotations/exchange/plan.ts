import { append } from '../../util/groups.ts';
import { equals } from '../json.ts';
import type { Annotation } from '../model.ts';
import type { Imported } from './imported.ts';

/** What importing annotations into one article comes to. */
export interface ImportPlan {
	/** Those that are new. */
	readonly added: readonly Annotation[];
	/** How many are there already, just so. */
	readonly same: number;
	/** Those that are there and say something else: they stay as they are, since somebody may have written that here. */
	readonly kept: readonly Annotation[];
}

/** Compares annotations that are to be imported with those that are there, by their identities. */
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

/** Annotations by the article that they belong to. */
export interface Assigned {
	readonly byArticle: ReadonlyMap<string, readonly Annotation[]>;
	/** Pages that no article was taken from, and how many annotations are about each. */
	readonly missing: ReadonlyMap<string, number>;
}

/** Puts annotations to the articles that were taken from the pages that they are about. */
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
