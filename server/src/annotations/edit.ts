import { canonical, compact, equals, isObject, type Json, listOf } from './json.ts';
import type { Annotation } from './model.ts';

/**
 * A change to one annotation, from `before` to `after`; `undefined` means that it does not exist. It records the intent, so that it can
 * be merged with changes made in the meantime, and be undone.
 */
export type AnnotationEdit =
	| { readonly before: Annotation; readonly after: Annotation | undefined }
	| { readonly before: undefined; readonly after: Annotation };

/** The result of an edit: the new annotation (`undefined` if deleted), or a conflict with another change. */
export type Edited =
	| { readonly kind: 'edited'; readonly value: Annotation | undefined }
	| { readonly kind: 'conflict' };

const CONFLICT: Edited = { kind: 'conflict' };

/** Returns the id of the annotation that an edit changes. */
export function idOf({ before, after }: AnnotationEdit): string {
	return (before ?? after).id;
}

/** Returns the edit that undoes another. */
export function inverse({ before, after }: AnnotationEdit): AnnotationEdit {
	return after
		? ({ before: after, after: before } as AnnotationEdit)
		: { before: undefined, after: before as Annotation };
}

/** Applies an edit to the current state of an annotation, and keeps changes that others made to it (three-way merge). */
export function makeEdit(now: Annotation | undefined, { before, after }: AnnotationEdit): Edited {
	if (equals(now, after)) return { kind: 'edited', value: now };
	if (!before || !after || !now) return equals(now, before) ? { kind: 'edited', value: after } : CONFLICT;
	const result: Record<string, Json | undefined> = {};
	for (const key of new Set([...Object.keys(now), ...Object.keys(after)])) {
		const merged = mergeValue(now[key], before[key], after[key]);
		if (merged) result[key] = merged.value;
		else if (key === 'modified') result[key] = later(now[key], after[key]);
		else return CONFLICT;
	}
	return { kind: 'edited', value: compact(result) as Annotation };
}

/** Merges two changes of one value; `undefined` on conflict. */
function mergeValue(
	now: Json | undefined,
	before: Json | undefined,
	after: Json | undefined,
): { readonly value: Json | undefined } | undefined {
	if (equals(before, after)) return { value: now };
	if (equals(now, before) || equals(now, after)) return { value: after };
	return [now, before, after].some(isList) ? mergeLists(listOf(now), listOf(before), listOf(after)) : undefined;
}

/** Whether a value can be merged as a list, as the bodies of an annotation can. */
function isList(value: Json | undefined): boolean {
	return Array.isArray(value) || isObject(value);
}

/** Merges lists: removes and adds what the edit did. Added items replace the first removed one. */
function mergeLists(
	now: readonly Json[],
	before: readonly Json[],
	after: readonly Json[],
): { readonly value: Json | undefined } | undefined {
	const [had, has, holds] = [before, after, now].map(list => new Set(list.map(canonical)));
	const gone = before.filter(one => !has?.has(canonical(one)));
	const added = after.filter(one => !had?.has(canonical(one)) && !holds?.has(canonical(one)));
	if (gone.some(one => !holds?.has(canonical(one)))) return undefined;
	const isGone = new Set(gone.map(canonical));
	const place = now.findIndex(one => isGone.has(canonical(one)));
	const merged = now.flatMap((one, index) => [
		...(index === place ? added : []),
		...(isGone.has(canonical(one)) ? [] : [one]),
	]);
	return { value: place === -1 ? [...merged, ...added] : merged };
}

function later(a: Json | undefined, b: Json | undefined): Json | undefined {
	return typeof a === 'string' && (typeof b !== 'string' || a > b) ? a : b;
}
