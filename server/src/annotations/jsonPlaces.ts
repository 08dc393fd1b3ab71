import { createScanner, type Node, parseTree } from 'jsonc-parser';
import { type Span, span } from '../article/span.ts';
import { byText } from '../util/order.ts';
import { canonical, type Json, MAX_JSON_DEPTH } from './json.ts';

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
	return jsonProperty(node, key);
}

/** The value at some keys inside one another; of several with one name the last, which is the one that counts. */
export function jsonProperty(node: Node | undefined, ...keys: readonly string[]): Node | undefined {
	return keys.reduce<Node | undefined>(
		(owner, key) => owner?.children?.findLast(({ children }) => children?.[0]?.value === key)?.children?.[1],
		node,
	);
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
	/** What closes the values that are open. */
	const closers: string[] = [];
	for (const { first, offset } of tokensOf(json)) {
		if (first === '{') closers.push('}');
		else if (first === '[') closers.push(']');
		// A parser passes over one that closes nothing.
		else if (first === closers.at(-1)) closers.pop();
		if (closers.length > MAX_JSON_DEPTH) return offset;
	}
	return undefined;
}

/** A token of a JSON text; the same object for all of them, since there are many. */
interface Token {
	offset: number;
	/** Its first character, which tells what it is. */
	first: string;
	/** What a string says. */
	value(): string;
	end(): number;
}

/** The tokens of a JSON text, without comments. A tree of it would take three times as long, and much memory. */
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
	/** The last string, which may be a name. */
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
		.sort(byText(([name]) => name))
		.map(([name, value]) => `${canonical(name)}:${value}`)
		.join(',')}}`;
}
