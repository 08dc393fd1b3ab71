import type { Article } from '../article/article.ts';
import type { TextEdit } from '../article/edits.ts';
import { BLOCK_ELEMENTS, EMBED_ELEMENTS } from '../article/elements.ts';
import { ancestors, ELEMENT_NODE, hasEndTag, isUnrendered, type Node, TEXT_NODE } from '../article/node.ts';
import { type Span, span } from '../article/span.ts';
import { isMark } from './inline.ts';
import { type InlineThread, suggestionOf } from './inlineThreads.ts';

/** Why an edit is not possible: a sentence without a full stop. */
export interface Obstacle {
	readonly obstacle: string;
}

/** Elements whose content cannot have tags. */
const NO_MARKUP = new Set(['textarea', 'title', 'option', 'select']);

/**
 * Wraps a part of the content in a `mark`, followed by comments. A mark is one element within one block, and no other element may cross
 * its edges; if that is not possible, returns an obstacle.
 */
export function markEdits(article: Article, part: Span, comments: string): readonly TextEdit[] | Obstacle {
	const ends = endsOf(article, part);
	if (!ends) return { obstacle: 'The selection contains no text' };
	const place = balanced(article, ends, part);
	if ('obstacle' in place) return place;
	return [
		{ span: span(place.start, place.start), newText: '<mark>' },
		{ span: span(place.end, place.end), newText: `</mark>${comments}` },
	];
}

/** A text node and its start offset in the content. */
interface Text {
	readonly index: number;
	readonly from: number;
}

/** Returns the text nodes in which a part of the content starts and ends. */
function endsOf({ nodes }: Article, { start, end }: Span): { readonly first: Text; readonly last: Text } | undefined {
	let from = 0;
	let first: Text | undefined;
	for (let index = 0; index < nodes.length; index++) {
		const node = nodes[index] as Node;
		if (node.nodeType !== TEXT_NODE) {
			if (isUnrendered(node)) index = node.last;
			continue;
		}
		const to = from + node.nodeValue.length;
		if (!first && start < to) first = { index, from };
		if (first && end <= to) return { first, last: { index, from } };
		from = to;
	}
	return undefined;
}

/** Returns where the tags around a part can be placed so that no element crosses them. */
function balanced(
	article: Article,
	{ first, last }: { readonly first: Text; readonly last: Text },
	part: Span,
): Span | Obstacle {
	const { nodes, content } = article;
	const [head, tail] = [nodes[first.index] as Node, nodes[last.index] as Node];
	const around = new Set(ancestors(nodes, last.index));
	const common = [...ancestors(nodes, first.index)].find(index => around.has(index)) ?? -1;
	for (const index of [common, ...ancestors(nodes, common)]) {
		const node = nodes[index];
		if (!node) continue;
		if (node.foreign || NO_MARKUP.has(node.nodeName))
			return { obstacle: `Text inside <${node.nodeName}> cannot be marked` };
		if (isMark(node)) return { obstacle: `The selection is inside <${node.nodeName}>, which cannot contain a mark` };
	}
	let start = part.start === first.from ? head.start : content.toSource(part.start);
	let [top, isFirst] = [first.index, part.start === first.from];
	for (let up = head.parent; up !== common; up = (nodes[up] as Node).parent) {
		const node = nodes[up] as Node;
		isFirst &&= content.toContent(node.startTagEnd) === part.start;
		if (!isFirst || node.implied) return across(node);
		[start, top] = [node.start, up];
	}
	const isWhole = part.end === last.from + tail.nodeValue.length;
	let end = isWhole ? tail.end : content.toSource(part.end);
	let isLast = isWhole;
	for (let up = tail.parent; up !== common; up = (nodes[up] as Node).parent) {
		const node = nodes[up] as Node;
		isLast &&= content.toContent(node.endTagStart) === part.end;
		if (!isLast || node.implied || !hasEndTag(node)) return across(node);
		end = node.end;
	}
	for (let index = top; index < nodes.length; index++) {
		const node = nodes[index] as Node;
		if (node.start >= end) break;
		if (isMark(node)) return { obstacle: `The selection contains <${node.nodeName}>, which cannot be inside a mark` };
		if (node.nodeType === ELEMENT_NODE && (BLOCK_ELEMENTS.has(node.nodeName) || EMBED_ELEMENTS.has(node.nodeName)))
			return { obstacle: 'The selection spans several blocks, but a mark must be within one' };
	}
	return span(start, end);
}

function across({ nodeName }: Node): Obstacle {
	return BLOCK_ELEMENTS.has(nodeName)
		? { obstacle: 'The selection spans several blocks, but a mark must be within one' }
		: { obstacle: `The selection starts or ends inside <${nodeName}>: select all of it or none` };
}

/** Replaces a comment of a thread, or adds one at the end of the thread. */
export function commentEdits(
	article: Article,
	thread: InlineThread,
	index: number,
	comment: string,
): readonly TextEdit[] {
	const note = thread.comments[index];
	if (note) return [{ span: note.span, newText: comment }];
	const end = thread.comments.at(-1)?.span.end ?? elementOf(article, thread)?.end ?? thread.span.end;
	return [{ span: span(end, end), newText: comment }];
}

/** Removes the mark and all comments of a thread and keeps the words. For an insertion or deletion, removes only the comments. */
export function removalEdits(article: Article, thread: InlineThread): readonly TextEdit[] | Obstacle {
	const comments = thread.comments.map((note): TextEdit => ({ span: note.span, newText: '' }));
	const node = elementOf(article, thread);
	if (!node) return comments;
	if (suggestionOf(article, thread))
		return comments.length > 0 ? comments : { obstacle: 'A suggested edit cannot be deleted: accept or reject it' };
	return hasEndTag(node) ? [...untagged(node), ...comments] : unclosed(node);
}

/**
 * Accepts or rejects a suggested edit, and removes its comments.
 *
 * @param accept whether to keep insertions and remove deletions, rather than the reverse
 */
export function settleEdits(article: Article, thread: InlineThread, accept: boolean): readonly TextEdit[] | Obstacle {
	const suggestion = suggestionOf(article, thread);
	const node = elementOf(article, thread);
	if (!suggestion || !node) return { obstacle: 'There is no suggested edit (<ins> or <del>) here' };
	if (!hasEndTag(node)) return unclosed(node);
	const stays = (suggestion === 'insertion') === accept;
	const comments = thread.comments.map((note): TextEdit => ({ span: note.span, newText: '' }));
	return stays ? [...untagged(node), ...comments] : [{ span: span(node.start, node.end), newText: '' }, ...comments];
}

function untagged(node: Node): readonly TextEdit[] {
	return [
		{ span: span(node.start, node.startTagEnd), newText: '' },
		{ span: span(node.endTagStart, node.end), newText: '' },
	];
}

function unclosed({ nodeName }: Node): Obstacle {
	return { obstacle: `<${nodeName}> has no end tag: add it first` };
}

function elementOf({ nodes }: Article, { element }: InlineThread): Node | undefined {
	return element === undefined ? undefined : nodes[element];
}
