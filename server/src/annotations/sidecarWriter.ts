import { lineBreakOf } from '../article/lines.ts';
import type { Span } from '../article/span.ts';
import { byText } from '../util/order.ts';
import { type AnnotationEdit, idOf, makeEdit } from './edit.ts';
import { canonical, equals, isObject, type Json, type JsonObject, listOf } from './json.ts';
import { lineOf } from './jsonPlaces.ts';
import { type Annotation, CONTEXT, hasType } from './model.ts';
import { obstacleOf, parseSidecar, type Sidecar, type SidecarItem } from './sidecar.ts';
import { uuidOf } from './uuid.ts';

/** The source and title of an article, for a new sidecar. */
export interface SidecarTarget {
	/** The IRI of the article's source page, or of its file. */
	readonly source: string;
	readonly title: string;
}

/** The result of changing a sidecar. */
export type Changed =
	/** The new text. */
	| { readonly kind: 'changed'; readonly text: string }
	| { readonly kind: 'unchanged' }
	/** Nothing is changed. `span` is the place of the problem; empty at the start if it is the file itself. */
	| {
			readonly kind: 'refused';
			/** `broken`: the file cannot be read. `conflict`: the same annotation was changed elsewhere. */
			readonly code: 'broken' | 'conflict';
			readonly reason: string;
			readonly span: Span;
	  };

/**
 * Applies edits to the text of a sidecar, all or none. Everything else in the file is kept.
 *
 * @param text the current text; `undefined` if there is no file
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
 * Serialises a sidecar: an `AnnotationCollection` with one embedded page, one annotation per line, sorted by id, with sorted keys. There
 * is no count that every addition would change, so Git can merge additions of several people.
 *
 * @param made new and changed annotations by id; `undefined` for deleted ones
 * @param more lines of additional items
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
		const id = idOfItem(value);
		if (!waiting.has(id)) {
			lines.push({ id, line: lineFor(item, text) });
			continue;
		}
		// Of duplicate ids, the first annotation is the one that is shown and edited.
		const after = waiting.get(id);
		waiting.delete(id);
		if (after) lines.push({ id, line: equals(after, value) ? lineFor(item, text) : canonical(after) });
	}
	for (const line of more) lines.push({ id: idOfItem(JSON.parse(line)), line });
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

/** Serialises an object over several lines with sorted keys; the value of one key may already be serialised. */
function members(object: JsonObject, indent: string, written?: readonly [key: string, value: string]): string {
	const entries = Object.entries(object)
		.filter(([key]) => key !== written?.[0])
		.map(([key, value]): readonly [string, string] => [key, canonical(value)]);
	const lines = [...entries, ...(written ? [written] : [])]
		.sort(byText(([key]) => key))
		.map(([key, value]) => `${indent}${canonical(key)}: ${value}`);
	return `{\n${lines.join(',\n')}\n${indent.slice(1)}}`;
}

function idOfItem(value: Json): string {
	return isObject(value) && typeof value.id === 'string' ? value.id : '';
}

/** Serialises an item of a file on one line with sorted keys; numbers keep their digits. */
export function lineFor({ value, span: place }: SidecarItem, text: string): string {
	const line = canonical(value);
	return text.slice(place.start, place.end) === line ? line : lineOf(text, place);
}

/**
 * Annotations are divided into this many blocks by the start of their id, with an empty line between blocks. Lines added at the same
 * place by two people are a Git conflict; the empty lines make that rare.
 */
const BLOCKS = 64;

/** A serialised item and its id, which is empty if it has none. */
interface Line {
	readonly id: string;
	readonly line: string;
}

/** Serialises items, one per line, sorted by id. They are not indented, since the lines are long enough. */
function array(items: readonly Line[]): string {
	const blocks: Line[][] = Array.from({ length: BLOCKS }, () => []);
	for (const item of items) blocks[blockOf(item.id)]?.push(item);
	for (const block of blocks) block.sort(byText(({ id }) => id));
	let left = items.length;
	const written = blocks.map(block => block.map(({ line }) => `${line}${--left > 0 ? ',' : ''}\n`).join(''));
	return `[\n${written.join('\n')}\t\t]`;
}

/** Returns the first six bits of a UUID, or of a UUID derived from any other id. */
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
