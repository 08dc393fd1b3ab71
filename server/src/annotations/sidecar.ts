import { type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { findConflicts } from '../article/conflict.ts';
import { afterByteOrderMark } from '../article/lines.ts';
import { type Span, span } from '../article/span.ts';
import { spacedOut } from '../util/words.ts';
import { isObject, type Json, type JsonObject, MAX_JSON_DEPTH } from './json.ts';
import { findElements, placeValues, tooDeep, toValue } from './jsonPlaces.ts';
import { type Annotation, hasType, isAnnotation } from './model.ts';
import { type Report, validateAnnotation, validateCollection, validatePage } from './validate.ts';

/** Maximum length of a sidecar, in UTF-16 units. */
export const MAX_SIDECAR_CHARS = 50 * 1024 * 1024;

/** Returns why a file of notes is too long or too deeply nested to be read, as a sentence without a full stop; else `undefined`. */
export function limitOf(text: string): string | undefined {
	if (text.length > MAX_SIDECAR_CHARS) return tooLong(text);
	return tooDeep(text) === undefined ? undefined : TOO_DEEP;
}

const TOO_DEEP = `Values are nested more than ${MAX_JSON_DEPTH} levels deep`;

function tooLong({ length }: string): string {
	return `The file has ${length} characters, more than the limit of ${MAX_SIDECAR_CHARS}`;
}

/** A problem in a sidecar. */
export interface SidecarFault {
	/**
	 * - `unreadable`: the file cannot be read, and nothing is written to it;
	 * - `conflict`: unreadable because of an unresolved Git merge conflict;
	 * - `comma`: a missing or extra comma between annotations, as after a merge by lines; the next change fixes it;
	 * - `malformed`: a rule of the W3C model is violated; it is read as far as possible, and kept;
	 * - `duplicate`: an earlier annotation has the same id.
	 */
	readonly kind: 'unreadable' | 'conflict' | 'comma' | 'malformed' | 'duplicate';
	readonly span: Span;
	/** One sentence without a full stop. */
	readonly message: string;
}

/** An item of a page. */
export interface SidecarItem {
	readonly value: Json;
	readonly span: Span;
}

/** An annotation of a sidecar with its span in the file. */
export interface SidecarAnnotation {
	readonly annotation: Annotation;
	readonly span: Span;
}

/** A parsed sidecar; immutable. */
export interface Sidecar {
	readonly text: string;
	readonly faults: readonly SidecarFault[];
	/** The keys of the collection and of its page other than the annotations. */
	readonly collection: JsonObject;
	readonly page: JsonObject;
	readonly items: readonly SidecarItem[];
	/** The items that are annotations with an id; of duplicate ids, only the first. */
	readonly annotations: readonly SidecarAnnotation[];
}

/** Returns the fault that prevents writing to a sidecar, if any. */
export function obstacleOf({ faults }: Sidecar): SidecarFault | undefined {
	return faults.find(({ kind }) => kind === 'unreadable' || kind === 'conflict');
}

/** Parses a sidecar: a collection, a page, a list of annotations or a single one. Problems are part of the result. */
export function parseSidecar(text: string): Sidecar {
	const start = afterByteOrderMark(text);
	const refuse = (place: Span, message: string): Sidecar => ({
		...NOTHING,
		text,
		faults: [{ kind: 'unreadable', span: place, message }],
	});
	// An empty file, as an editor creates it.
	if (text.slice(start).trim() === '') return { ...NOTHING, text };
	if (text.length > MAX_SIDECAR_CHARS) return refuse(span(0, 0), tooLong(text));
	const conflicts = findConflicts(text).map(
		({ opening }): SidecarFault => ({
			kind: 'conflict',
			span: opening,
			message: 'Unresolved Git merge conflict: keep the notes of both sides and remove the conflict markers',
		}),
	);
	if (conflicts.length > 0) return { ...NOTHING, text, faults: conflicts };
	const deep = tooDeep(text);
	if (deep !== undefined) return refuse(span(deep, deep + 1), TOO_DEEP);
	const json = text.slice(start);
	const read = parseJson(json);
	const move = (place: Span): Span => span(place.start + start, place.end + start);
	if ('fault' in read) return refuse(move(read.span), read.fault);
	const faults: SidecarFault[] = read.commas.map(fault => ({ ...fault, span: move(fault.span) }));
	const places = placeValues(json, read.value);
	const report: Report = (owner, key, message) =>
		faults.push({ kind: 'malformed', span: move(places.placeOf(owner, key)), message });
	const found = layout(read.value, report);
	if (typeof found === 'string') return refuse(move(wholeOf(json)), found);
	const spans = isItem(read.value) ? [wholeOf(json)] : findElements(json, isListOfItems);
	const items = found.items.map(({ owner, key, value }, index): SidecarItem => {
		const place = spans.length === found.items.length ? spans[index] : undefined;
		return { value, span: move(place ?? places.placeOf(owner, key)) };
	});
	const annotations = distinct(items, faults);
	return { text, faults, collection: found.collection, page: found.page, items, annotations };
}

const NOTHING: Sidecar = { text: '', faults: [], collection: {}, page: {}, items: [], annotations: [] };

/** Returns the annotations among items, and reports duplicate ids. */
function distinct(items: readonly SidecarItem[], faults: SidecarFault[]): readonly SidecarAnnotation[] {
	const known = new Set<string>();
	return items.flatMap(({ value, span: place }): SidecarAnnotation[] => {
		if (!isAnnotation(value)) return [];
		const { id } = value;
		if (!known.has(id)) {
			known.add(id);
			return [{ annotation: value, span: place }];
		}
		const message = `Duplicate annotation id ${JSON.stringify(id)}: only the first annotation with this id is shown`;
		faults.push({ kind: 'duplicate', span: place, message });
		return [];
	});
}

/** A JSON value with faults about commas only; or the reason why the text is invalid. */
type Parsed =
	| { readonly value: Json; readonly commas: readonly SidecarFault[] }
	| { readonly fault: string; readonly span: Span };

function parseJson(json: string): Parsed {
	try {
		return { value: JSON.parse(json), commas: [] };
	} catch (error) {
		if (!(error instanceof SyntaxError)) throw error;
	}
	const errors: ParseError[] = [];
	const root = parseTree(json, errors, { disallowComments: true });
	const at = ({ offset, length }: ParseError): Span => span(offset, Math.min(offset + length, json.length));
	const error = errors.find(one => !isComma(one, json));
	if (error)
		return { fault: `This is not valid JSON: ${spacedOut(printParseErrorCode(error.error))}`, span: at(error) };
	if (!root) return { fault: 'The file contains no JSON value', span: span(0, json.length) };
	const commas = errors.map((one): SidecarFault => {
		const what =
			printParseErrorCode(one.error) === 'CommaExpected' ? 'Missing comma before this' : 'Extra comma before this';
		return { kind: 'comma', span: at(one), message: what };
	});
	return { value: toValue(root), commas };
}

/** Whether a parser error is about a comma between two values of an array. */
function isComma({ error, offset }: ParseError, json: string): boolean {
	const name = printParseErrorCode(error);
	return (
		(name === 'CommaExpected' && json[offset] === '{') || (name === 'ValueExpected' && /[\],]/.test(json[offset] ?? ''))
	);
}

/** Returns the span of a text without surrounding white space. */
function wholeOf(json: string): Span {
	return span(json.length - json.trimStart().length, json.trimEnd().length);
}

/** The parts of a sidecar, in any shape that the model allows. */
interface Layout {
	readonly collection: JsonObject;
	readonly page: JsonObject;
	readonly items: readonly {
		readonly owner: object;
		readonly key: string | number | undefined;
		readonly value: Json;
	}[];
}

/** Whether the array at a path of keys contains the items of a sidecar. */
function isListOfItems(path: readonly string[]): boolean {
	return (
		path.length === 0 ||
		(path.at(-1) === 'items' && path.slice(0, -1).every(name => name === 'first' || name === 'next'))
	);
}

function isItem(value: Json): value is JsonObject {
	return isObject(value) && hasType(value, 'Annotation');
}

/** Finds the parts of a sidecar, and reports violated rules of the model; returns an error message if it is not a sidecar. */
function layout(root: Json, report: Report): Layout | string {
	if (Array.isArray(root) && root.every(isItem)) {
		for (const item of root) validateAnnotation(item, report, true);
		return { collection: {}, page: {}, items: itemsIn(root) };
	}
	if (isItem(root)) {
		validateAnnotation(root, report, true);
		return { collection: {}, page: {}, items: [{ owner: root, key: undefined, value: root }] };
	}
	if (isObject(root) && hasType(root, 'AnnotationPage')) {
		validatePage(root, report, true);
		return { collection: {}, page: without(root, 'items'), items: itemsOf(root) };
	}
	if (!isObject(root) || !hasType(root, 'AnnotationCollection'))
		return 'This JSON is not a W3C annotation or annotation collection';
	const { first } = root;
	if (first !== undefined && !isObject(first))
		return 'The first page of this collection is in another file, which is not read';
	validateCollection(root, report);
	const items: Layout['items'][number][] = [];
	let page: JsonObject = {};
	// Nested pages become one when the file is written again.
	for (let at = first; at; ) {
		const { next } = at;
		for (const item of itemsOf(at)) items.push(item);
		page = { ...without(at, 'items', ...(isObject(next) ? ['next'] : [])), ...page };
		at = isObject(next) ? next : undefined;
	}
	return { collection: without(root, 'first'), page, items };
}

function itemsOf(page: JsonObject): Layout['items'] {
	const { items } = page;
	if (items === undefined) return [];
	return Array.isArray(items) ? itemsIn(items) : [{ owner: page, key: 'items', value: items as Json }];
}

function itemsIn(array: readonly Json[]): Layout['items'] {
	return array.map((value, key) => ({ owner: array, key, value }));
}

function without(value: JsonObject, ...names: readonly string[]): JsonObject {
	return Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));
}
