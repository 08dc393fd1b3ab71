import { type Node, parseTree } from 'jsonc-parser';
import { type Span, span } from '../article/span.ts';
import { canonical, DEEPEST, type Json } from './json.ts';

/** What is read over: errors are those of commas, if there are any. */
const TOLERANT = { disallowComments: true } as const;

/** A JSON text that was read, and where its values stand in it. */
export interface PlacedJson {
	readonly value: Json;
	/** Where an object or array, or the value at one of its keys, stands; all of the text for what is not in it. */
	placeOf(owner: object, key: string | number | undefined): Span;
}

/**
 * Finds the places of values in a JSON text.
 *
 * @param value what the text says, or says apart from commas that are missing or surplus
 */
export function placeValues(json: string, value: Json): PlacedJson {
	/** The nodes of all objects and arrays; worked out when somebody asks, since mostly nobody does. */
	let nodes: Map<object, Node> | undefined;
	return {
		value,
		placeOf(owner, key) {
			nodes ??= pair(parseTree(json, [], TOLERANT), value);
			const whole = nodes.get(owner);
			const node = whole && key !== undefined ? memberOf(whole, key) : whole;
			return node ? span(node.offset, node.offset + node.length) : span(0, json.length);
		},
	};
}

function pair(root: Node | undefined, value: Json): Map<object, Node> {
	const nodes = new Map<object, Node>();
	const queue: [Node | undefined, Json][] = [[root, value]];
	for (let next = queue.pop(); next; next = queue.pop()) {
		const [node, one] = next;
		if (!node || typeof one !== 'object' || one === null) continue;
		nodes.set(one, node);
		const members = Array.isArray(one) ? undefined : membersOf(node);
		for (const [key, inner] of Object.entries(one))
			queue.push([members ? members.get(key) : node.children?.[Number(key)], inner]);
	}
	return nodes;
}

function memberOf(node: Node, key: string | number): Node | undefined {
	if (typeof key === 'number') return node.children?.[key];
	return node.children?.findLast(({ children }) => children?.[0]?.value === key)?.children?.[1];
}

/** The values in an object by their names; of several with one name the last, as `memberOf` has it. */
function membersOf(node: Node): ReadonlyMap<string, Node | undefined> {
	return new Map(node.children?.map(({ children }) => [children?.[0]?.value, children?.[1]]));
}

/** A tree of JSON as a value; of several members of one name the last, as `JSON.parse` has it. */
export function toValue(node: Node): Json {
	if (node.type === 'array') return (node.children ?? []).map(toValue);
	if (node.type !== 'object') return node.value;
	const object: Record<string, Json> = {};
	for (const { children } of node.children ?? []) {
		const [key, value] = children ?? [];
		if (key && value)
			Object.defineProperty(object, key.value, {
				value: toValue(value),
				enumerable: true,
				configurable: true,
				writable: true,
			});
	}
	return object;
}

/**
 * Where values are nested too deeply to be read, if they are; to be asked before any parser is, which may run out of stack. Strings and
 * comments end where jsonc-parser ends them, whatever else is wrong with the text.
 */
export function tooDeep(json: string): number | undefined {
	let depth = 0;
	for (let index = 0; index < json.length; index++) {
		const unit = json.charCodeAt(index);
		if (unit === QUOTE) index = endOfToken(json, index, /\\[\s\S]|["\r\n]/g);
		else if (unit === SLASH && json[index + 1] === '/') index = endOfToken(json, index, /[\r\n]/g);
		else if (unit === SLASH && json[index + 1] === '*') index = endOfToken(json, index + 1, /\*\//g);
		else if (unit === OPEN_BRACE || unit === OPEN_BRACKET) depth++;
		else if (unit === CLOSE_BRACE || unit === CLOSE_BRACKET) depth--;
		if (depth > DEEPEST) return index;
	}
	return undefined;
}

/** The offset of the last character of a token: the first match of `end` behind its start that is no escape. */
function endOfToken(json: string, start: number, end: RegExp): number {
	end.lastIndex = start + 1;
	for (let match = end.exec(json); match; match = end.exec(json))
		if (match[0].charCodeAt(0) !== BACKSLASH) return end.lastIndex - 1;
	return json.length;
}

const [SLASH, QUOTE, BACKSLASH, OPEN_BRACKET, CLOSE_BRACKET, OPEN_BRACE, CLOSE_BRACE, COLON] = [
	47, 34, 92, 91, 93, 123, 125, 58,
];

/** The offset of the quotation mark that ends the string which starts at an offset. */
function endOfString(json: string, start: number): number {
	for (let end = json.indexOf('"', start + 1); end !== -1; end = json.indexOf('"', end + 1)) {
		let escapes = 0;
		while (json.charCodeAt(end - 1 - escapes) === BACKSLASH) escapes++;
		if (escapes % 2 === 0) return end;
	}
	return json.length;
}

/** An object or array that is being walked through. */
interface Frame {
	readonly start: number;
	readonly isArray: boolean;
	/** Whether its elements are looked for. */
	readonly isWanted: boolean;
	/** The name of the member that follows. */
	key: string;
}

/**
 * Where the elements of some arrays stand that are objects, arrays or strings, in the order of the text. The text is valid but for
 * commas.
 *
 * @param isWanted whether the elements of an array are meant, by the names of the members that lead to it
 */
export function findElements(json: string, isWanted: (path: readonly string[]) => boolean): readonly Span[] {
	const found: Span[] = [];
	const frames: Frame[] = [];
	/** Where the last string starts and ends, which may be a name. */
	let [from, to] = [0, 0];
	for (let index = 0; index < json.length; index++) {
		const unit = json.charCodeAt(index);
		const top = frames.at(-1);
		if (unit === QUOTE) {
			[from, to] = [index, endOfString(json, index)];
			index = to;
			if (top?.isWanted) found.push(span(from, to + 1));
		} else if (unit === COLON && top && !top.isArray) {
			top.key = JSON.parse(json.slice(from, to + 1));
		} else if (unit === OPEN_BRACE || unit === OPEN_BRACKET) {
			const isArray = unit === OPEN_BRACKET;
			const wanted = isArray && isWanted(frames.flatMap(frame => (frame.isArray ? [] : [frame.key])));
			frames.push({ start: index, isArray, isWanted: wanted, key: '' });
		} else if (unit === CLOSE_BRACE || unit === CLOSE_BRACKET) {
			frames.pop();
			if (top && frames.at(-1)?.isWanted) found.push(span(top.start, index + 1));
		}
	}
	return found;
}

/** A value on one line with sorted keys, each number as it is written in the text. */
export function lineOf(json: string, place: Span): string {
	const text = json.slice(place.start, place.end);
	const root = parseTree(text);
	return root ? writeNode(root, text) : text;
}

function writeNode(node: Node, json: string): string {
	if (node.type === 'array') return `[${(node.children ?? []).map(child => writeNode(child, json)).join(',')}]`;
	if (node.type === 'number') return json.slice(node.offset, node.offset + node.length);
	if (node.type !== 'object') return canonical(node.value);
	const members = (node.children ?? []).map(({ children }): [string, string] => [
		children?.[0]?.value ?? '',
		children?.[1] ? writeNode(children[1], json) : 'null',
	]);
	return `{${members
		.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
		.map(([name, value]) => `${canonical(name)}:${value}`)
		.join(',')}}`;
}
