import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { afterByteOrderMark } from '../article/lines.ts';
import { type Span, span } from '../article/span.ts';
import { canonical, compact, DEEPEST, type Json, type JsonObject, stringsOf } from './json.ts';
import { type Annotation, isAnnotation } from './model.ts';
import { type Report, validateAnnotation, validateCollection, validatePage } from './validate.ts';

/** What the name of a sidecar file ends with; what comes before is the whole name of its article, so that no two share one. */
export const SIDECAR_SUFFIX = '.annotations.jsonld';

/** A longer sidecar, in UTF-16 units, is not read. */
export const LONGEST_SIDECAR = 50 * 1024 * 1024;

/** The address of the sidecar of an article; `undefined` for one that lies nowhere, as a document that was never saved. */
export function sidecarOf(article: string): string | undefined {
	return /^[a-z][a-z0-9+.-]*:\/\/[^?#]*\/[^/?#]+$/i.test(article) && !isSidecar(article)
		? article + SIDECAR_SUFFIX
		: undefined;
}

/** The address of the article that a sidecar belongs to; `undefined` for any other file. */
export function articleOf(sidecar: string): string | undefined {
	return isSidecar(sidecar) ? sidecar.slice(0, -SIDECAR_SUFFIX.length) : undefined;
}

/** Whether a file is a sidecar, by its name. */
export function isSidecar(uri: string): boolean {
	return uri.endsWith(SIDECAR_SUFFIX) && !uri.endsWith(`/${SIDECAR_SUFFIX}`);
}

/** Something wrong in a sidecar. */
export interface SidecarFault {
	/**
	 * - `unreadable`: nothing of the file can be read, and nothing is written into it;
	 * - `conflict`: so it is because git left both sides of a merge in it;
	 * - `comma`: a comma between two annotations is missing or surplus, as after a merge by lines; the next change puts it right;
	 * - `malformed`: a rule of the W3C's model is broken; it is read as far as that goes, and kept as it is;
	 * - `duplicate`: the identity of an annotation was given to one before.
	 */
	readonly kind: 'unreadable' | 'conflict' | 'comma' | 'malformed' | 'duplicate';
	readonly span: Span;
	/** One sentence without a full stop. */
	readonly message: string;
}

/** One entry of a page. */
export interface SidecarItem {
	readonly value: Json;
	/** The entry as the file writes it, but on one line with sorted keys; numbers have the digits that they have in the file. */
	readonly line: string;
	readonly span: Span;
}

/** An annotation of a sidecar, and where it stands there. */
export interface SidecarAnnotation {
	readonly annotation: Annotation;
	readonly span: Span;
}

/** What a sidecar says; immutable. */
export interface Sidecar {
	readonly text: string;
	readonly faults: readonly SidecarFault[];
	/** What is said of the collection and of its page besides the annotations. */
	readonly collection: JsonObject;
	readonly page: JsonObject;
	readonly items: readonly SidecarItem[];
	/** The items that are annotations with an identity, the first of those that share one. */
	readonly annotations: readonly SidecarAnnotation[];
}

/** The fault for which nothing is written into a sidecar, if it has one. */
export function obstacleOf({ faults }: Sidecar): SidecarFault | undefined {
	return faults.find(({ kind }) => kind === 'unreadable' || kind === 'conflict');
}

/** Reads a sidecar: a collection, a page, a list of annotations or a single one. What is wrong with it is part of the answer. */
export function parseSidecar(text: string): Sidecar {
	const start = afterByteOrderMark(text);
	const empty = { text, collection: {}, page: {}, items: [], annotations: [] };
	const refuse = (kind: 'unreadable' | 'conflict', place: Span, message: string): Sidecar => ({
		...empty,
		faults: [{ kind, span: place, message }],
	});
	// As an editor makes a new file, before anybody writes into it.
	if (text.slice(start).trim() === '') return { ...empty, faults: [] };
	if (text.length > LONGEST_SIDECAR)
		return refuse('unreadable', span(0, 0), `A sidecar has at most ${LONGEST_SIDECAR} characters`);
	const marker = /^<{7} [^\n]*$/m.exec(text);
	if (marker && /^={7}\r?$/m.test(text) && /^>{7} /m.test(text))
		return refuse(
			'conflict',
			span(marker.index, marker.index + marker[0].length),
			'Both sides of a merge are left here by git: keep the notes of both, then remove its marks',
		);
	const deep = tooDeep(text);
	if (deep !== undefined)
		return refuse('unreadable', span(deep, deep + 1), `Values are nested more than ${DEEPEST} deep`);
	const errors: ParseError[] = [];
	const json = text.slice(start);
	const root = parseTree(json, errors, { disallowComments: true });
	const at = ({ offset, length }: { offset: number; length: number }): Span =>
		span(offset + start, Math.min(offset + start + length, text.length));
	const error = errors.find(one => !isComma(one, json));
	if (error)
		return refuse('unreadable', at(error), `This is not valid JSON: ${inWords(printParseErrorCode(error.error))}`);
	const faults: SidecarFault[] = errors.map(one => ({
		kind: 'comma',
		span: at(one),
		message: `A comma ${printParseErrorCode(one.error) === 'CommaExpected' ? 'is missing before' : 'has no annotation before or behind it'} here`,
	}));
	const read = root && layout(root, (node, message) => faults.push({ kind: 'malformed', span: at(node), message }));
	if (typeof read !== 'object')
		return refuse('unreadable', root ? at(root) : span(0, text.length), read ?? 'There is no value here');
	const items = read.items.map(node => ({ value: toJson(node), line: lineOf(node, json), span: at(node) }));
	const annotations: SidecarAnnotation[] = [];
	const known = new Set<string>();
	for (const item of items) {
		if (!isAnnotation(item.value)) continue;
		if (known.has(item.value.id)) {
			faults.push({
				kind: 'duplicate',
				span: item.span,
				message: `There is another annotation ${JSON.stringify(item.value.id)} before this one, which alone is shown`,
			});
			continue;
		}
		known.add(item.value.id);
		annotations.push({ annotation: item.value, span: item.span });
	}
	return { text, faults, collection: read.collection, page: read.page, items, annotations };
}

/** Whether an error of the parser is that of a comma between two values of an array. */
function isComma({ error, offset }: ParseError, json: string): boolean {
	const name = printParseErrorCode(error);
	return (
		(name === 'CommaExpected' && json[offset] === '{') || (name === 'ValueExpected' && /[\],]/.test(json[offset] ?? ''))
	);
}

/** `PropertyNameExpected` as `property name expected`. */
function inWords(code: string): string {
	return code.replace(/(?<=[a-z])[A-Z]/g, letter => ` ${letter.toLowerCase()}`).toLowerCase();
}

/** Where values are nested too deeply to be read, if they are. */
function tooDeep(text: string): number | undefined {
	let depth = 0;
	for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[[{]|[\]}]/gs)) {
		if (token === '{' || token === '[') depth++;
		else if (token === '}' || token === ']') depth--;
		if (depth > DEEPEST) return index;
	}
	return undefined;
}

/** The parts of a sidecar, found in any of the shapes that the model allows. */
interface Layout {
	readonly collection: JsonObject;
	readonly page: JsonObject;
	readonly items: readonly Node[];
}

/** Finds the parts, and reports the rules of the model that they break; a sentence where there are none. */
function layout(root: Node, report: Report): Layout | string {
	const types = typesOf(root);
	if (root.type === 'array' && root.children?.every(item => typesOf(item).includes('Annotation'))) {
		for (const item of root.children) validateAnnotation(item, report, true);
		return { collection: {}, page: {}, items: root.children };
	}
	if (types.includes('Annotation')) {
		validateAnnotation(root, report, true);
		return { collection: {}, page: {}, items: [root] };
	}
	if (types.includes('AnnotationPage')) {
		validatePage(root, report, true);
		return { collection: {}, page: headOf(root, 'items'), items: itemsOf(root) };
	}
	if (!types.includes('AnnotationCollection'))
		return 'This is JSON, but neither a collection of annotations (W3C) nor one of them';
	const first = member(root, 'first');
	if (first && first.type !== 'object')
		return 'The annotations of this collection are in another file, which is not read';
	validateCollection(root, report);
	const items: Node[] = [];
	let page: JsonObject = {};
	// Pages that stand in one another become one when the file is written again.
	for (let at = first; at; ) {
		const next = member(at, 'next');
		items.push(...itemsOf(at));
		page = { ...headOf(at, 'items', ...(next?.type === 'object' ? ['next'] : [])), ...page };
		at = next?.type === 'object' ? next : undefined;
	}
	return { collection: headOf(root, 'first'), page, items };
}

function typesOf(node: Node): readonly string[] {
	const type = member(node, 'type');
	return type ? stringsOf(toJson(type)) : [];
}

function itemsOf(page: Node): readonly Node[] {
	const items = member(page, 'items');
	if (!items) return [];
	return items.type === 'array' ? (items.children ?? []) : [items];
}

function member(node: Node, name: string): Node | undefined {
	return node.children?.findLast(({ children }) => children?.[0]?.value === name)?.children?.[1];
}

/** The members of an object, without some. */
function headOf(node: Node, ...without: readonly string[]): JsonObject {
	const members = (node.children ?? []).filter(({ children }) => !without.includes(children?.[0]?.value));
	return compact(
		Object.fromEntries(members.map(({ children }) => [children?.[0]?.value, children?.[1] && toJson(children[1])])),
	);
}

function toJson(node: Node): Json {
	if (node.type === 'array') return (node.children ?? []).map(toJson);
	return node.type === 'object' ? headOf(node) : node.value;
}

/** A value on one line with sorted keys, each number as it is written. */
function lineOf(node: Node, json: string): string {
	if (node.type === 'array') return `[${(node.children ?? []).map(child => lineOf(child, json)).join(',')}]`;
	if (node.type !== 'object')
		return node.type === 'number' ? json.slice(node.offset, node.offset + node.length) : canonical(node.value);
	const members = (node.children ?? []).map(({ children }): [string, string] => [
		children?.[0]?.value ?? '',
		children?.[1] ? lineOf(children[1], json) : 'null',
	]);
	return `{${members
		.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
		.map(([name, value]) => `${canonical(name)}:${value}`)
		.join(',')}}`;
}
