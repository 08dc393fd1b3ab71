import type { Article } from '../article/article.ts';
import { isElement, type Node } from '../article/node.ts';
import { type Field, type Span, span } from '../article/span.ts';
import { COMMENT, indicesOf } from '../article/traits.ts';
import { isObject, type Json, type JsonObject } from './json.ts';
import { tooDeep } from './jsonPlaces.ts';
import { type Kinds, NOTE_KINDS } from './kinds.ts';

/** The content of a note: `kind: text #tag @person 2021-12-17`. */
export interface NoteContent {
	/** One of the known kinds, in lower case. */
	readonly kind: Field;
	/** Without the trailing tags, people and date. */
	readonly text: Field;
	/** Without `#`, in text order. Includes tags inside the text. */
	readonly tags: readonly Field[];
	/** Without `@` and quotation marks. Includes people inside the text. */
	readonly people: readonly Field[];
	/** The trailing date, such as `2021-12-17`. */
	readonly date: Field | undefined;
	/** Trailing JSON with the parts of the annotation that the words cannot express; see `inlineComment.ts`. */
	readonly rest: Field<JsonObject> | undefined;
}

/** An HTML comment that is a note. */
export interface InlineNote extends NoteContent {
	/** Node index of the comment. */
	readonly node: number;
	readonly span: Span;
	/** Node index of the `mark`, `ins` or `del` directly before it; `undefined` for a standalone note. */
	readonly target: number | undefined;
}

const KIND = /^\s*(\p{L}[\p{L}\p{N}_-]*)\s*[:：]/u;
const TAG = /(?<![^\s\u3000])#(?=[\p{N}_/-]*\p{L})([\p{L}\p{M}\p{N}_/-]+)/gu;
/** One word, or a name in quotation marks. */
const PERSON = /(?<![^\s\u3000])@(?:(\p{L}[\p{L}\p{M}\p{N}_.-]*)|"([^"\s](?:[^"]*[^"\s])?)")/gu;
const DAY = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;

/**
 * Finds the notes among the HTML comments of a body.
 *
 * @param kinds the words that make a comment a note, in lower case
 */
export function findInlineNotes({ text, body, nodes }: Article, kinds: Kinds = NOTE_KINDS): readonly InlineNote[] {
	const notes: InlineNote[] = [];
	/** The mark that each comment follows. */
	const targets = new Map<number, number>();
	for (const index of indicesOf(body, COMMENT)) {
		const node = nodes[index] as Node;
		const before = previousSibling(nodes, index);
		// Several notes can follow one mark.
		const target = before === undefined ? undefined : isMark(nodes[before]) ? before : targets.get(before);
		if (target !== undefined) targets.set(index, target);
		const content = commentContent(text, node);
		const note = content && parseNote(text, content, kinds);
		if (note) notes.push({ ...note, node: index, span: span(node.start, node.end), target });
	}
	return notes;
}

/** Returns the span of a comment's content; `undefined` for bogus comments such as `<?xml?>`. */
export function commentContent(text: string, node: Node): Span | undefined {
	if (!text.startsWith('<!--', node.start)) return undefined;
	const start = node.start + 4;
	const closing = /--!?>$/.exec(text.slice(Math.max(start, node.end - 4), node.end));
	return span(start, node.end - (closing?.[0].length ?? 0));
}

/** Returns the word before the colon at the start of a comment, in lower case; `undefined` if there is none. */
export function kindOf(text: string, { start, end }: Span): Field | undefined {
	const head = KIND.exec(text.slice(start, Math.min(end, start + MAX_HEAD_CHARS)));
	if (!head || head[1] === undefined) return undefined;
	const from = start + head[0].indexOf(head[1]);
	return { value: head[1].toLowerCase(), span: span(from, from + head[1].length) };
}

/** The kind and colon of a note must be within its first 100 UTF-16 units. */
const MAX_HEAD_CHARS = 100;

/** Parses `kind: text #tag @person 2021-12-17` in `[start, end)` of a text; `undefined` if it does not start with a known kind. */
export function parseNote(text: string, { start, end }: Span, kinds: Kinds = NOTE_KINDS): NoteContent | undefined {
	const content = text.slice(start, end);
	const head = KIND.exec(content);
	const kind = head?.[1]?.toLowerCase();
	if (!head || head[1] === undefined || kind === undefined || !kinds.has(kind)) return undefined;
	const at = (value: string, from: number, length = value.length): Field => ({
		value,
		span: span(start + from, start + from + length),
	});
	const base = head[0].length;
	const rest = restOf(content, base);
	const words = content.slice(base, rest?.span.start);
	const all = (pattern: RegExp): Field[] =>
		[...words.matchAll(pattern)].map(match => {
			const quoted = match[2] !== undefined;
			return at(match[1] ?? match[2] ?? '', base + match.index + (quoted ? 2 : 1));
		});
	const { length, date } = withoutTrailer(words);
	const from = words.length - words.trimStart().length;
	const value = words.slice(from, Math.max(from, length));
	return {
		kind: at(kind, head[0].indexOf(head[1])),
		text: at(value, base + Math.min(from, words.length)),
		tags: all(TAG),
		people: all(PERSON),
		date: date && at(date.value, base + date.index),
		rest: rest && { value: rest.value, span: span(start + rest.span.start, start + rest.span.end) },
	};
}

/** The start of the trailing JSON of a note. */
export const REST_START = '{"@of":"';

/** How many occurrences of `REST_START` are tried. */
const MOST_STARTS = 5;

/** Parses the trailing JSON of a note. */
function restOf(content: string, from: number): Field<JsonObject> | undefined {
	const end = skipSpace(content, content.length);
	if (content[end - 1] !== '}') return undefined;
	let start = content.indexOf(REST_START, from);
	for (let count = 0; start !== -1 && count < MOST_STARTS; count++) {
		const value = parseObject(content.slice(start, end));
		if (value) return { value, span: span(start, end) };
		start = content.indexOf(REST_START, start + 1);
	}
	return undefined;
}

function parseObject(json: string): JsonObject | undefined {
	if (tooDeep(json) !== undefined) return undefined;
	try {
		const value: Json = JSON.parse(json);
		return isObject(value) ? value : undefined;
	} catch (error) {
		// Not JSON, so it is part of the text.
		if (error instanceof SyntaxError) return undefined;
		throw error;
	}
}

/** Returns the length of a note without its trailing tags, people and date. */
function withoutTrailer(words: string): { length: number; date: { value: string; index: number } | undefined } {
	let length = skipSpace(words, words.length);
	let date: { value: string; index: number } | undefined;
	for (;;) {
		const index = startOfWord(words, length);
		const word = words.slice(index, length);
		if (!date && DAY.test(word)) date = { value: word, index };
		else if (!isWhole(TAG, word) && !isWhole(PERSON, word)) return { length, date };
		length = skipSpace(words, index);
	}
}

/** Returns the offset before the white space that ends at an offset. */
function skipSpace(text: string, offset: number): number {
	let end = offset;
	while (end > 0 && /\s/.test(text.charAt(end - 1))) end--;
	return end;
}

/** Returns where the word that ends at an offset starts. A quoted name is one word. */
function startOfWord(text: string, end: number): number {
	if (text[end - 1] === '"') {
		const start = text.lastIndexOf('"', end - 2) - 1;
		if (start >= 0 && text[start] === '@' && !/\S/.test(text.charAt(start - 1))) return start;
	}
	let start = end;
	while (start > 0 && !/\s/.test(text.charAt(start - 1))) start--;
	return start;
}

function isWhole(pattern: RegExp, word: string): boolean {
	const [match] = word.matchAll(pattern);
	return match !== undefined && match[0].length === word.length;
}

/** Whether a node is an element that notes can be attached to. */
export function isMark(node: Node | undefined): boolean {
	return isElement(node, 'mark') || isElement(node, 'ins') || isElement(node, 'del');
}

/** Returns the index of the previous sibling of a node. */
export function previousSibling(nodes: readonly Node[], index: number): number | undefined {
	const parent = nodes[index]?.parent ?? -1;
	let at = index - 1;
	while (at > parent && nodes[at]?.parent !== parent) at = nodes[at]?.parent ?? -1;
	return at > parent ? at : undefined;
}
