import { createScanner, type Node, parseTree } from 'jsonc-parser';
import { type Span, span } from '../article/span.ts';
import { byText } from '../util/order.ts';
import { canonical, type Json, MAX_JSON_DEPTH } from './json.ts';

/** Parser options that tolerate misplaced commas. */
const TOLERANT = { disallowComments: true } as const;

/** A parsed JSON text with the spans of its values. */
export interface PlacedJson {
	readonly value: Json;
	/** Returns the span of an object or array, or of the value at one of its keys; the whole text if it is not found. */
	placeOf(owner: object, key: string | number | undefined): Span;
}

/**
 * Locates values in a JSON text.
 *
 * @param value the parsed text; the text may have missing or extra commas
 */
export function placeValues(json: string, value: Json): PlacedJson {
	/** The nodes of all objects and arrays; computed lazily, since most files have no problems to locate. */
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
	return jsonProperty(node, key);
}

/** Returns the value at a path of keys. Of duplicate keys the last one counts. */
export function jsonProperty(node: Node | undefined, ...keys: readonly string[]): Node | undefined {
	return keys.reduce<Node | undefined>(
		(owner, key) => owner?.children?.findLast(({ children }) => children?.[0]?.value === key)?.children?.[1],
		node,
	);
}

/** Returns the values of an object by key. Of duplicate keys the last one counts, as in `memberOf`. */
function membersOf(node: Node): ReadonlyMap<string, Node | undefined> {
	return new Map(node.children?.map(({ children }) => [children?.[0]?.value, children?.[1]]));
}

/** Converts a JSON tree to a value. Of duplicate keys the last one counts, as in `JSON.parse`. */
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
 * Returns the offset at which values are nested too deeply, if any. Call it before any parser, which may run out of stack. Strings and
 * comments end where jsonc-parser ends them, even in an invalid text.
 */
export function tooDeep(json: string): number | undefined {
	/** The closing brackets of the open values. */
	const closers: string[] = [];
	for (const { first, offset } of tokensOf(json)) {
		if (first === '{') closers.push('}');
		else if (first === '[') closers.push(']');
		// The parser skips an unmatched closing bracket.
		else if (first === closers.at(-1)) closers.pop();
		if (closers.length > MAX_JSON_DEPTH) return offset;
	}
	return undefined;
}

/** A token of a JSON text. One object is reused for all tokens, since there are many. */
interface Token {
	offset: number;
	/** Its first character, which identifies its type. */
	first: string;
	/** The decoded value of a string. */
	value(): string;
	end(): number;
}

/** Iterates over the tokens of a JSON text, without comments. A tree would take three times as long, and much memory. */
function* tokensOf(json: string): Generator<Readonly<Token>> {
	const scanner = createScanner(json, true);
	const token: Token = {
		offset: 0,
		first: '',
		value: () => scanner.getTokenValue(),
		end: () => scanner.getPosition(),
	};
	for (;;) {
		scanner.scan();
		token.offset = scanner.getTokenOffset();
		token.first = json.charAt(token.offset);
		if (token.first === '') return;
		yield token;
	}
}

/** An open object or array. */
interface Frame {
	readonly start: number;
	readonly isArray: boolean;
	/** Whether to return the spans of its elements. */
	readonly isWanted: boolean;
	/** The current key. */
	key: string;
}

/**
 * Finds the spans of elements of selected arrays, in text order: objects, arrays and strings. The text must be valid apart from commas.
 *
 * @param isWanted whether to include the elements of the array at a path of keys
 */
export function findElements(json: string, isWanted: (path: readonly string[]) => boolean): readonly Span[] {
	const found: Span[] = [];
	const frames: Frame[] = [];
	/** The last string, which may be a key. */
	let last = '';
	for (const token of tokensOf(json)) {
		const top = frames.at(-1);
		switch (token.first) {
			case '"':
				last = token.value();
				if (top?.isWanted) found.push(span(token.offset, token.end()));
				break;
			case ':':
				if (top) top.key = last;
				break;
			case '{':
			case '[': {
				const isArray = token.first === '[';
				const wanted = isArray && isWanted(frames.flatMap(frame => (frame.isArray ? [] : [frame.key])));
				frames.push({ start: token.offset, isArray, isWanted: wanted, key: '' });
				break;
			}
			case '}':
			case ']':
				frames.pop();
				if (top && frames.at(-1)?.isWanted) found.push(span(top.start, token.end()));
		}
	}
	return found;
}

/** Serialises a value on one line with sorted keys, with each number as written in the text. */
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
		.sort(byText(([name]) => name))
		.map(([name, value]) => `${canonical(name)}:${value}`)
		.join(',')}}`;
}
