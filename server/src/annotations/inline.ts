import { COMMENT_NODE, isElement, type Node } from '../article/node.ts';
import { type Field, type Span, span } from '../article/span.ts';
import { type Kinds, NOTE_KINDS } from './kinds.ts';

/** What a note says: `kind: text #tag @person 2021-12-17`. */
export interface NoteContent {
	/** In lower case, one of the known kinds. */
	readonly kind: Field;
	/** Without the tags, people and date behind it. */
	readonly text: Field;
	/** Without their `#`, in the order of the text; tags inside the text count too. */
	readonly tags: readonly Field[];
	/** Without their `@`. */
	readonly people: readonly Field[];
	/** The day at its end, as `2021-12-17`. */
	readonly date: Field | undefined;
}

/** A comment that is a note. */
export interface InlineNote extends NoteContent {
	/** Index of the comment, and the comment. */
	readonly node: number;
	readonly span: Span;
	/** Index of the `mark`, `ins` or `del` right before it; `undefined` for a note that stands alone. */
	readonly target: number | undefined;
}

const KIND = /^\s*(\p{L}[\p{L}\p{N}_-]*)\s*[:：]/u;
const TAG = /(?<![^\s\u3000])#(?=[\p{N}_/-]*\p{L})([\p{L}\p{M}\p{N}_/-]+)/gu;
const PERSON = /(?<![^\s\u3000])@(\p{L}[\p{L}\p{M}\p{N}_.-]*)/gu;
const DAY = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;

/**
 * Reads the notes among the comments of a body.
 *
 * @param kinds the words that make a comment a note, in lower case
 */
export function findInlineNotes(
	text: string,
	nodes: readonly Node[],
	kinds: Kinds = NOTE_KINDS,
): readonly InlineNote[] {
	const notes: InlineNote[] = [];
	/** What each comment follows. */
	const targets = new Map<number, number>();
	for (const [index, node] of nodes.entries()) {
		if (node.nodeType !== COMMENT_NODE) continue;
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

/** Where the content of a comment stands; `undefined` for what only the parser calls a comment, as `<?xml?>`. */
export function commentContent(text: string, node: Node): Span | undefined {
	if (!text.startsWith('<!--', node.start)) return undefined;
	const start = node.start + 4;
	const closing = /--!?>$/.exec(text.slice(Math.max(start, node.end - 4), node.end));
	return span(start, node.end - (closing?.[0].length ?? 0));
}

/** Reads `kind: text #tag @person 2021-12-17` in `[start, end)` of a text; `undefined` where it starts with no known kind. */
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
	const said = content.slice(base);
	const all = (pattern: RegExp): Field[] =>
		[...said.matchAll(pattern)].map(match => at(match[1] ?? '', base + match.index + 1));
	const { length, date } = withoutTrailer(said);
	const from = said.length - said.trimStart().length;
	const value = said.slice(from, Math.max(from, length));
	return {
		kind: at(kind, head[0].indexOf(head[1])),
		text: at(value, base + Math.min(from, said.length)),
		tags: all(TAG),
		people: all(PERSON),
		date: date && at(date.value, base + date.index),
	};
}

/** How much of a note comes before the tags, people and date at its end. */
function withoutTrailer(said: string): { length: number; date: { value: string; index: number } | undefined } {
	let length = said.trimEnd().length;
	let date: { value: string; index: number } | undefined;
	for (;;) {
		const word = /[^\s\u3000]*$/.exec(said.slice(0, length))?.[0] ?? '';
		const index = length - word.length;
		if (!date && DAY.test(word)) date = { value: word, index };
		else if (!isWhole(TAG, word) && !isWhole(PERSON, word)) return { length, date };
		length = said.slice(0, index).trimEnd().length;
	}
}

function isWhole(pattern: RegExp, word: string): boolean {
	const [match] = word.matchAll(pattern);
	return match !== undefined && match[0].length === word.length;
}

/** Whether an element is one that notes are attached to. */
export function isMark(node: Node | undefined): boolean {
	return isElement(node, 'mark') || isElement(node, 'ins') || isElement(node, 'del');
}

/** The node right before another, under the same parent. */
function previousSibling(nodes: readonly Node[], index: number): number | undefined {
	const parent = nodes[index]?.parent ?? -1;
	let at = index - 1;
	while (at > parent && nodes[at]?.parent !== parent) at = nodes[at]?.parent ?? -1;
	return at > parent ? at : undefined;
}
