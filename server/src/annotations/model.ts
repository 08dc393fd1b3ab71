import { isObject, type Json, type JsonObject, listOf, stringsOf } from './json.ts';

/**
 * The W3C Web Annotation Data Model (Recommendation of 23 February 2017), read from JSON in any form that it allows: one value or a
 * list, an IRI or a description. These types are views; the JSON itself is kept, including unknown keys. `validate.ts` checks the rules
 * of the model.
 */

/** The JSON-LD context of every collection, and of every standalone annotation or page. */
export const CONTEXT = 'http://www.w3.org/ns/anno.jsonld';

/** An annotation as stored in a file. */
export type Annotation = JsonObject & { readonly id: string };

/** Section 3.3.2: a creator. */
export interface Agent {
	readonly id: string | undefined;
	readonly name: string | undefined;
}

/** Section 3.2: a body of an annotation. */
export type Body =
	/** Sections 3.2.4 and 3.2.5: text in the annotation itself. `format` is a media type. */
	| {
			readonly kind: 'text';
			readonly value: string;
			readonly format: string | undefined;
			readonly purposes: readonly string[];
	  }
	/** Sections 3.2.1 and 4: an external resource, or a part of it. */
	| { readonly kind: 'resource'; readonly source: string; readonly purposes: readonly string[] }
	/** Section 3.2.7: alternatives, the default first. */
	| { readonly kind: 'choice'; readonly items: readonly Body[] };

/** Section 4.2: a selector. Types that do not apply to text are kept in the JSON only. */
export type Selector =
	/** Section 4.2.4. */
	| { readonly type: 'TextQuoteSelector'; readonly exact: string; readonly prefix: string; readonly suffix: string }
	/** Section 4.2.5; code points. */
	| { readonly type: 'TextPositionSelector'; readonly start: number; readonly end: number };

/** A target of an annotation: a resource, or a part of it. */
export interface Target {
	readonly source: string;
	/** The supported selectors, including those that refine another, in JSON order. */
	readonly selectors: readonly Selector[];
	/** Whether it has a selector, even if none is supported. */
	readonly isPart: boolean;
}

/** Whether a value has a type, alone or among others. */
export function hasType(value: JsonObject, type: string): boolean {
	return stringsOf(value.type).includes(type);
}

/** Whether a value is an annotation with an id. */
export function isAnnotation(value: Json | undefined): value is Annotation {
	return isObject(value) && hasType(value, 'Annotation') && typeof value.id === 'string' && value.id !== '';
}

/** Section 3.3.5: returns the motivations of an annotation. */
export function motivationsOf(annotation: JsonObject): readonly string[] {
	return stringsOf(annotation.motivation).map(withoutPrefix);
}

/** Returns the bodies of an annotation, including a `bodyValue`. */
export function bodiesOf(annotation: JsonObject): readonly Body[] {
	const { bodyValue } = annotation;
	if (typeof bodyValue === 'string') return [{ kind: 'text', value: bodyValue, format: 'text/plain', purposes: [] }];
	return listOf(annotation.body).flatMap(bodyOf);
}

/** Reads one value of `body`, as a list of one; empty if it is not valid. */
export function bodyOf(value: Json): readonly Body[] {
	if (typeof value === 'string') return [{ kind: 'resource', source: value, purposes: [] }];
	if (!isObject(value)) return [];
	const purposes = stringsOf(value.purpose).map(withoutPrefix);
	if (typeof value.value === 'string')
		return [{ kind: 'text', value: value.value, format: stringsOf(value.format)[0], purposes }];
	if (hasType(value, 'Choice') || hasType(value, 'Composite') || hasType(value, 'List'))
		return [{ kind: 'choice', items: listOf(value.items).flatMap(bodyOf) }];
	// The source of a specific resource may be a textual body.
	const inner = isObject(value.source) ? bodyOf(value.source)[0] : undefined;
	if (inner?.kind === 'text') return [{ ...inner, purposes }];
	const source = identityOf(value);
	return source === undefined ? [] : [{ kind: 'resource', source, purposes }];
}

/** Returns the targets of an annotation. */
export function targetsOf(annotation: JsonObject): readonly Target[] {
	return listOf(annotation.target).flatMap(target => {
		if (typeof target === 'string') return [{ source: target, selectors: [], isPart: false }];
		if (!isObject(target)) return [];
		const source = identityOf(target);
		const given = listOf(target.selector);
		return source === undefined
			? []
			: [{ source, selectors: given.flatMap(one => selectorsOf(one)), isPart: given.length > 0 }];
	});
}

/** Maximum depth of `refinedBy`. */
const DEEPEST_SELECTOR = 20;

function selectorsOf(value: Json, depth = 0): readonly Selector[] {
	if (!isObject(value) || depth > DEEPEST_SELECTOR) return [];
	const own: Selector[] = [];
	const { exact, prefix, suffix, start, end } = value;
	if (hasType(value, 'TextQuoteSelector') && typeof exact === 'string') {
		const text = (part: Json | undefined): string => (typeof part === 'string' ? part : '');
		own.push({ type: 'TextQuoteSelector', exact, prefix: text(prefix), suffix: text(suffix) });
	} else if (hasType(value, 'TextPositionSelector') && isCount(start) && isCount(end) && start <= end) {
		own.push({ type: 'TextPositionSelector', start, end });
	}
	const refining = listOf(value.refinedBy).flatMap(one => selectorsOf(one, depth + 1));
	// A position within a part of a text is not a position in the text.
	return [...own, ...refining.filter(({ type }) => type === 'TextQuoteSelector')];
}

/** Whether a value is an `xsd:nonNegativeInteger`. */
export function isCount(value: Json | undefined): value is number {
	return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

/** Returns the IRI of a resource, or of the source that it is a part of. */
export function identityOf(value: Json | undefined): string | undefined {
	if (typeof value === 'string') return value;
	if (!isObject(value)) return undefined;
	if (value.source !== undefined) return identityOf(value.source);
	return typeof value.id === 'string' ? value.id : undefined;
}

/** Section 3.3.1: returns the creators of a resource. */
export function creatorsOf(value: JsonObject): readonly Agent[] {
	return listOf(value.creator).flatMap(agent => {
		if (typeof agent === 'string') return [{ id: agent, name: undefined }];
		if (!isObject(agent)) return [];
		const id = typeof agent.id === 'string' ? agent.id : undefined;
		return [{ id, name: stringsOf(agent.name)[0] ?? stringsOf(agent.nickname)[0] }];
	});
}

/** Strips the vocabulary prefix from a term: `oa:commenting`, `http://www.w3.org/ns/oa#commenting`. */
function withoutPrefix(term: string): string {
	return term.replace(/^(?:oa:|http:\/\/www\.w3\.org\/ns\/oa#)/, '');
}
