import { lineBreakOf } from '../article/lines.ts';
import type { Span } from '../article/span.ts';
import { byText } from '../util/order.ts';
import { type AnnotationEdit, idOf, makeEdit } from './edit.ts';
import { canonical, equals, isObject, type Json, type JsonObject, listOf } from './json.ts';
import { lineOf } from './jsonPlaces.ts';
import { type Annotation, CONTEXT, hasType } from './model.ts';
import { obstacleOf, parseSidecar, type Sidecar, type SidecarItem } from './sidecar.ts';
import { uuidOf } from './uuid.ts';

/** What a new sidecar says of its article. */
export interface SidecarTarget {
	/** The IRI of the page that the article was taken from, or of its file. */
	readonly source: string;
	readonly title: string;
}

/** What came of changing a sidecar. */
export type Changed =
	/** The new text. */
	| { readonly kind: 'changed'; readonly text: string }
	| { readonly kind: 'unchanged' }
	/** Nothing is changed. `span` is the place in the file that stands in the way; empty at its start where it is the file itself. */
	| {
			readonly kind: 'refused';
			/** Whether the file cannot be read, or somebody else changed the same annotation. */
			readonly code: 'broken' | 'conflict';
			readonly reason: string;
			readonly span: Span;
	  };

/**
 * Makes edits in the text of a sidecar, all of them or none. Annotations that they do not name stay as they are, and so does all that
 * the file says besides.
 *
 * @param text the present text, `undefined` where there is no file
 */
export function changeSidecar(
	text: string | undefined,
	edits: readonly AnnotationEdit[],
	subject: SidecarTarget,
): Changed {
	const sidecar = parseSidecar(text ?? '');
	const obstacle = obstacleOf(sidecar);
	if (obstacle) return { kind: 'refused', code: 'broken', reason: obstacle.message, span: obstacle.span };
	const known = new Map(sidecar.annotations.map(one => [one.annotation.id, one]));
	const made = new Map<string, Annotation | undefined>();
	for (const edit of edits) {
		const id = idOf(edit);
		const edited = makeEdit(made.has(id) ? made.get(id) : known.get(id)?.annotation, edit);
		if (edited.kind === 'conflict')
			return {
				kind: 'refused',
				code: 'conflict',
				reason: 'The note was changed elsewhere in the meantime',
				span: known.get(id)?.span ?? { start: 0, end: 0 },
			};
		made.set(id, edited.value);
	}
	if (text === undefined && [...made.values()].every(after => after === undefined)) return { kind: 'unchanged' };
	const written = writeSidecar(sidecar, made, subject);
	return written === text ? { kind: 'unchanged' } : { kind: 'changed', text: written };
}

/**
 * Writes a sidecar: an `AnnotationCollection` with one embedded page and one annotation a line, keys sorted, annotations by their
 * identity. There is no number that every addition would change, so that git merges what two have added.
 *
 * @param made the annotations that are not as they are in the file, by their identities; `undefined` for those that are gone
 * @param more lines of other items
 */
export function writeSidecar(
	{ text, collection, page, items }: Sidecar,
	made: ReadonlyMap<string, Annotation | undefined>,
	{ source, title }: SidecarTarget,
	more: readonly string[] = [],
): string {
	const lines: Line[] = [];
	const waiting = new Map(made);
	for (const item of items) {
		const { value } = item;
		const id = identityOfItem(value);
		if (!waiting.has(id)) {
			lines.push({ id, line: lineFor(item, text) });
			continue;
		}
		// The first of several with one identity is the one that is shown and edited.
		const after = waiting.get(id);
		waiting.delete(id);
		if (after) lines.push({ id, line: equals(after, value) ? lineFor(item, text) : canonical(after) });
	}
	for (const line of more) lines.push({ id: identityOfItem(JSON.parse(line)), line });
	for (const [id, after] of waiting) if (after) lines.push({ id, line: canonical(after) });
	const id = textOf(collection.id) ?? `urn:uuid:${uuidOf(`annotations of ${source}`)}`;
	const count = typeof collection.total === 'number' ? collection.total + lines.length - items.length : undefined;
	const head: JsonObject = {
		label: title,
		...collection,
		...(count === undefined ? {} : { total: Math.max(count, lines.length) }),
		'@context': withContext(collection['@context']),
		id,
		type: withType(collection, 'AnnotationCollection'),
	};
	const { '@context': _, ...rest } = page;
	const first: JsonObject = {
		partOf: id,
		startIndex: 0,
		...rest,
		id: textOf(page.id) ?? `urn:uuid:${uuidOf(`page of ${id}`)}`,
		type: withType(page, 'AnnotationPage'),
	};
	const content = members(
		head,
		'\t',
		lines.length === 0 ? undefined : ['first', members(first, '\t\t', ['items', array(lines)])],
	);
	const written = `${content}\n`;
	return lineBreakOf(text) === '\n' ? written : written.replaceAll('\n', '\r\n');
}

/** An object over several lines, its keys sorted, one of them already written. */
function members(object: JsonObject, indent: string, written?: readonly [key: string, value: string]): string {
	const entries = Object.entries(object)
		.filter(([key]) => key !== written?.[0])
		.map(([key, value]): readonly [string, string] => [key, canonical(value)]);
	const lines = [...entries, ...(written ? [written] : [])]
		.sort(byText(([key]) => key))
		.map(([key, value]) => `${indent}${canonical(key)}: ${value}`);
	return `{\n${lines.join(',\n')}\n${indent.slice(1)}}`;
}

function identityOfItem(value: Json): string {
	return isObject(value) && typeof value.id === 'string' ? value.id : '';
}

/** An item as it is in the file, but on one line with sorted keys; numbers have the digits that they have there. */
export function lineFor({ value, span: place }: SidecarItem, text: string): string {
	const line = canonical(value);
	return text.slice(place.start, place.end) === line ? line : lineOf(text, place);
}

/**
 * How many blocks the lines of annotations are divided into, by the start of their identity, with an empty line between them. Two
 * lines that are added in one place are a conflict to git; with empty lines around them they seldom are in one place.
 */
const BLOCKS = 64;

/** An item on its line, and its identity; without one it is empty. */
interface Line {
	readonly id: string;
	readonly line: string;
}

/** One item a line, by their identities; at the start of it, since indentation would only make long lines longer. */
function array(items: readonly Line[]): string {
	const blocks: Line[][] = Array.from({ length: BLOCKS }, () => []);
	for (const item of items) blocks[blockOf(item.id)]?.push(item);
	for (const block of blocks) block.sort(byText(({ id }) => id));
	let left = items.length;
	const written = blocks.map(block => block.map(({ line }) => `${line}${--left > 0 ? ',' : ''}\n`).join(''));
	return `[\n${written.join('\n')}\t\t]`;
}

/** The first six bits of a UUID; of any other identity, those of one that stands for it. */
function blockOf(id: string): number {
	const digits = /^urn:uuid:([\da-f]{2})/i.exec(id)?.[1] ?? uuidOf(id).slice(0, 2);
	return Number.parseInt(digits, 16) >> 2;
}

function textOf(value: Json | undefined): string | undefined {
	return typeof value === 'string' && value !== '' ? value : undefined;
}

function withContext(value: Json | undefined): Json {
	const given = listOf(value);
	if (!given.includes(CONTEXT)) return given.length === 0 ? CONTEXT : [CONTEXT, ...given];
	return given.length === 1 ? CONTEXT : given;
}

function withType(value: JsonObject, type: string): Json {
	if (hasType(value, type)) return value.type as Json;
	const given = listOf(value.type);
	return given.length === 0 ? type : [type, ...given];
}
