import { isMark } from '../../annotations/inline.ts';
import type { Obstacle } from '../../annotations/inlineEdits.ts';
import type { Article } from '../../article/article.ts';
import type { TextEdit } from '../../article/edits.ts';
import { BLOCK_ELEMENTS, VOID_ELEMENTS } from '../../article/elements.ts';
import { ELEMENT_NODE, hasEndTag, type Node } from '../../article/node.ts';
import { type Span, span } from '../../article/span.ts';
import { innermostAround } from '../../article/traits.ts';
import { innermostAtEach, partInBody, touched, united, wordIn } from './places.ts';
import { afterEdits, isObstacle, type Marked, tidied } from './result.ts';
import { isSeen, runsOf, type TextRun, withSelection } from './runs.ts';

/** An inline element that a command toggles. */
export interface InlineMarkup {
	/** The element that is inserted. */
	readonly name: string;
	/** All elements that mean the same. */
	readonly names: ReadonlySet<string>;
	/** The attributes of the element that is inserted, with white space before them. */
	readonly attributes?: string;
}

/**
 * Marks the selected words with an inline element, or removes it if all of them have it. Without a selection, applies to the
 * element or word at the cursor; elsewhere, inserts an empty element around the cursor. What crosses the edges of other
 * elements becomes several elements, and a part of an element leaves the rest of it as it was.
 */
export function toggleInline(article: Article, selections: readonly Span[], markup: InlineMarkup): Marked | Obstacle {
	const { text, nodes } = article;
	const runs = runsOf(article);
	const elements = elementsOf(article, markup.names);
	const parts: Span[] = [];
	for (const selection of selections) {
		const part = partInBody(article, selection);
		if (isObstacle(part)) return part;
		parts.push(part);
	}
	const places = placesOf(article, runs, elements, parts);
	if (isObstacle(places)) return places;
	const cut = withSelection(text, runs, united(places.flatMap(place => (place.kind === 'span' ? [place.span] : []))));
	const state = readState(nodes, elements, cut);
	const chosen = cut.flatMap((run, index) => (run.selected ? [index] : []));
	if (chosen.length === 0 && places.every(({ kind }) => kind === 'span'))
		return { obstacle: 'Select text in the body, or place the cursor in a word' };
	const isOn = places.every(({ kind }) => kind !== 'caret') && chosen.every(index => isMarked(text, cut, state, index));
	const opening = `<${markup.name}${markup.attributes ?? ''}>`;
	const edits: TextEdit[] = [];
	for (const place of places) {
		if (place.kind === 'caret' && !isOn)
			edits.push({ span: span(place.at, place.at), newText: `${opening}</${markup.name}>` });
		if (place.kind === 'empty' && isOn) for (const tag of tagsOf(place.element)) edits.push({ span: tag, newText: '' });
	}
	const change = isOn ? removal(text, nodes, cut, state) : addition(text, nodes, cut, state, markup.name, opening);
	if (isObstacle(change)) return change;
	const all = tidied(text, [...edits, ...change.edits]);
	const shown = united(chosen.map(index => cut[index] as TextRun));
	return { edits: all, selections: selectionsAfter(places, shown, change.freed, all, opening.length) };
}

/** The edits of a change, and what shows nothing and lost its markup as well. */
interface Change {
	readonly edits: readonly TextEdit[];
	readonly freed: readonly Span[];
}

/** What a command applies to, for one selection. `at` is the cursor. */
type Place =
	| { readonly kind: 'span'; readonly span: Span; readonly at?: number }
	/** A place without a word. */
	| { readonly kind: 'caret'; readonly at: number }
	/** An element without content. */
	| { readonly kind: 'empty'; readonly element: Node; readonly at: number };

/** Returns the indices of the elements with these names that are written in the text. */
function elementsOf({ nodes }: Article, names: ReadonlySet<string>): number[] {
	const found: number[] = [];
	for (const [index, node] of nodes.entries()) {
		if (node.nodeType === ELEMENT_NODE && names.has(node.nodeName) && !node.foreign && !node.implied) found.push(index);
	}
	return found;
}

/** Elements that contain other elements, but no text. */
const NO_TEXT: ReadonlySet<string> = new Set('table thead tbody tfoot tr colgroup ul ol dl'.split(' '));

/** Returns what a command applies to, for each selection and cursor. */
function placesOf(
	{ text, nodes }: Article,
	runs: readonly TextRun[],
	elements: readonly number[],
	parts: readonly Span[],
): readonly Place[] | Obstacle {
	const cursors = parts.filter(({ start, end }) => start === end).map(({ start }) => start);
	const around = innermostAtEach(
		elements.map(index => nodes[index] as Node),
		cursors,
	);
	const places: Place[] = [];
	const carets: number[] = [];
	let count = 0;
	for (const part of parts) {
		if (part.start < part.end) {
			places.push({ kind: 'span', span: part });
			continue;
		}
		const at = part.start;
		const element = around[count++];
		const isEmpty = element && element.startTagEnd === element.endTagStart;
		const word = element ? span(element.startTagEnd, element.endTagStart) : wordIn(text, runs, at);
		if (isEmpty) places.push({ kind: 'empty', element, at });
		else if (word) places.push({ kind: 'span', span: word, at });
		else {
			carets.push(at);
			places.push({ kind: 'caret', at });
		}
	}
	const isOutside = carets.length > 0 && isOutsideText(nodes, runs, carets);
	return isOutside ? { obstacle: 'Place the cursor in the text of a block, or select text' } : places;
}

/** Whether an offset is in a tag or comment, or in an element that contains no text. */
function isOutsideText(nodes: readonly Node[], runs: readonly TextRun[], offsets: readonly number[]): boolean {
	const written = nodes.filter(
		node => !node.implied && node.nodeType === ELEMENT_NODE && !VOID_ELEMENTS.has(node.nodeName),
	);
	const others = [...runs.filter(({ kind }) => kind !== 'text'), ...written.flatMap(tagsOf)];
	const contents = written.map(({ nodeName, startTagEnd, endTagStart }) => ({
		nodeName,
		// A cursor next to a tag is inside.
		start: startTagEnd - 1,
		end: endTagStart + 1,
	}));
	return (
		innermostAtEach(others, offsets).some(one => one !== undefined) ||
		innermostAtEach(contents, offsets).some(one => one && NO_TEXT.has(one.nodeName))
	);
}

/** Which elements of a kind are around runs. */
interface State {
	/** The innermost one around each run; -1 for none. */
	readonly around: Int32Array;
	/** The innermost one around each of them, and the outermost one around or at each of them. */
	readonly outer: ReadonlyMap<number, number>;
	readonly outermost: ReadonlyMap<number, number>;
}

function readState(nodes: readonly Node[], elements: readonly number[], runs: readonly TextRun[]): State {
	const around = innermostAround(
		nodes,
		elements,
		runs.map(({ node }) => node),
	);
	const outer = innermostAround(nodes, elements, elements);
	const outermost = new Map<number, number>();
	for (const [index, element] of elements.entries())
		outermost.set(element, outermost.get(outer[index] ?? -1) ?? element);
	return { around, outer: new Map(elements.map((element, index) => [element, outer[index] ?? -1])), outermost };
}

/** Whether a selected run is marked, or shows nothing that could be. */
function isMarked(text: string, runs: readonly TextRun[], { around }: State, index: number): boolean {
	return (around[index] ?? -1) !== -1 || !isSeen(text, runs[index] as TextRun);
}

/** A part of a line that gets one element. */
interface Piece {
	readonly from: number;
	readonly to: number;
	readonly parent: number;
	/** Existing elements that it replaces. */
	readonly elements: readonly number[];
	/** Whether it is new, or contains something new. */
	readonly isNew: boolean;
	/** The elements that a piece is a rest of, outermost last. */
	readonly rest: readonly number[];
	/** Whether it shows something. */
	readonly seen: boolean;
}

/** Marks the selected runs that are not marked. */
function addition(
	text: string,
	nodes: readonly Node[],
	runs: readonly TextRun[],
	{ around, outermost }: State,
	name: string,
	opening: string,
): Change {
	const pieces: Piece[] = [];
	let last = -1;
	for (const [index, run] of runs.entries()) {
		const element = outermost.get(around[index] ?? -1) ?? -1;
		const seen = isSeen(text, run);
		if (element === -1 && run.selected) {
			const { start: from, end: to, parent } = run;
			pieces.push({ from, to, parent, elements: [], isNew: true, rest: [], seen });
		} else if (element !== -1 && element !== last) {
			// Only elements without attributes are extended.
			const { start: from, end: to, parent, attributes } = nodes[element] as Node;
			if (attributes.length === 0 && hasEndTag(nodes[element] as Node))
				pieces.push({ from, to, parent, elements: [element], isNew: false, rest: [], seen });
		}
		last = element;
	}
	const edits: TextEdit[] = [];
	for (const { from, to, elements, isNew, seen } of joined(text, nodes, pieces, new Map())) {
		if (!isNew || !seen) continue;
		const [first] = elements;
		const own = nodes[first ?? -1];
		const closing = own ? nameIn(text, own) : name;
		edits.push({ span: span(from, from), newText: own ? `<${closing}>` : opening });
		edits.push({ span: span(to, to), newText: `</${closing}>` });
		for (const element of elements)
			for (const tag of tagsOf(nodes[element] as Node)) edits.push({ span: tag, newText: '' });
	}
	return { edits, freed: [] };
}

/** Removes the elements around the selected runs, and marks the other runs in them again. */
function removal(
	text: string,
	nodes: readonly Node[],
	runs: readonly TextRun[],
	{ around, outer }: State,
): Change | Obstacle {
	const gone = new Set<number>();
	for (const [index, { selected }] of runs.entries()) {
		for (let at = selected ? (around[index] ?? -1) : -1; at !== -1 && !gone.has(at); at = outer.get(at) ?? -1)
			gone.add(at);
	}
	const edits: TextEdit[] = [];
	/** Where tags are removed: the end of each by its start. */
	const tags = new Map<number, number>();
	for (const element of gone) {
		const node = nodes[element] as Node;
		if (!hasEndTag(node))
			return { obstacle: `<${node.nodeName}> has no end tag in its block: add it first (its problem has a quick fix)` };
		for (const tag of tagsOf(node)) {
			edits.push({ span: tag, newText: '' });
			tags.set(tag.start, tag.end);
		}
	}
	const pieces: Piece[] = [];
	for (const [index, run] of runs.entries()) {
		if (run.selected) continue;
		const rest: number[] = [];
		for (let at = around[index] ?? -1; at !== -1; at = outer.get(at) ?? -1) if (gone.has(at)) rest.push(at);
		if (rest.length === 0) continue;
		const { start: from, end: to } = run;
		let { parent } = run;
		while (gone.has(parent)) parent = nodes[parent]?.parent ?? -1;
		pieces.push({ from, to, parent, elements: [], isNew: true, rest, seen: isSeen(text, run) });
	}
	const written = new Set<number>();
	const freed: Span[] = [];
	for (const { from, to, rest, seen } of joined(text, nodes, pieces, tags)) {
		if (!seen) {
			freed.push(span(from, to));
			continue;
		}
		for (const element of rest.toReversed()) {
			const node = nodes[element] as Node;
			// An id must not be repeated.
			const open = written.has(element) ? tagWithoutId(text, node) : text.slice(node.start, node.startTagEnd);
			written.add(element);
			edits.push({ span: span(from, from), newText: open });
		}
		for (const element of rest)
			edits.push({ span: span(to, to), newText: `</${nameIn(text, nodes[element] as Node)}>` });
	}
	return { edits, freed };
}

/** How many elements the piece before another one is moved around to be joined with it. */
const MOST_MOVES = 20;

/**
 * Joins pieces that follow each other. A piece that is all the content of an element is moved around that element if it can
 * then be joined, or if it was around it before.
 *
 * @param tags where tags are removed: the end of each by its start
 */
function joined(
	text: string,
	nodes: readonly Node[],
	pieces: readonly Piece[],
	tags: ReadonlyMap<number, number>,
): readonly Piece[] {
	const after = (offset: number): number => {
		let at = offset;
		for (let end = tags.get(at); end !== undefined; end = tags.get(at)) at = end;
		return at;
	};
	const isFollowed = (a: Piece, b: Piece): boolean => areJoinable(a, b) && after(a.to) === b.from;
	/** Moves a piece around its parent, if it is all its content. */
	const around = (piece: Piece): Piece | undefined => {
		const element = nodes[piece.parent];
		if (!element || !piece.isNew || BLOCK_ELEMENTS.has(element.nodeName) || element.implied) return undefined;
		if (after(element.startTagEnd) !== piece.from || after(piece.to) !== element.endTagStart) return undefined;
		let { parent } = element;
		while (tags.has(nodes[parent]?.start ?? -1)) parent = nodes[parent]?.parent ?? -1;
		return { ...piece, from: element.start, to: element.end, parent };
	};
	const result: Piece[] = [];
	for (const [index, given] of pieces.entries()) {
		const next = pieces[index + 1];
		let piece = given;
		for (;;) {
			const before = result.at(-1);
			if (before && isFollowed(before, piece)) {
				result.pop();
				piece = {
					...before,
					to: piece.to,
					elements: [...before.elements, ...piece.elements],
					isNew: before.isNew || piece.isNew,
					seen: before.seen || piece.seen,
				};
				continue;
			}
			const outer = around(piece);
			if (!outer) break;
			const element = nodes[piece.parent] as Node;
			// The comments of a mark directly follow it.
			if (isMark(element) && text.startsWith('<!--', element.end) && next?.from !== element.end) break;
			const wasAround = piece.rest.some(rest => isInside(nodes, element, rest));
			let neighbour = before;
			for (let moves = 0; neighbour && moves < MOST_MOVES && !isFollowed(neighbour, outer); moves++)
				neighbour = around(neighbour);
			const follows = neighbour && isFollowed(neighbour, outer);
			if (!wasAround && !follows && !(next && isFollowed(outer, next))) break;
			if (neighbour && follows) result[result.length - 1] = neighbour;
			piece = outer;
		}
		result.push(piece);
	}
	return result;
}

/** Whether an element is inside another one. */
function isInside(nodes: readonly Node[], element: Node, other: number): boolean {
	const { startTagEnd, endTagStart } = nodes[other] as Node;
	return startTagEnd <= element.start && element.end <= endTagStart;
}

/** Whether two pieces become one if nothing is between them. */
function areJoinable(a: Piece, b: Piece): boolean {
	if (a.parent !== b.parent || !(a.isNew || b.isNew)) return false;
	return a.rest.length === b.rest.length && a.rest.every((element, index) => b.rest[index] === element);
}

function tagsOf(node: Node): readonly Span[] {
	return [span(node.start, node.startTagEnd), span(node.endTagStart, node.end)].filter(tag => tag.start < tag.end);
}

/** Returns the name of an element as it is written. */
function nameIn(text: string, { start, nodeName }: Node): string {
	return text.slice(start + 1, start + 1 + nodeName.length);
}

/** Returns the start tag of an element without its id. */
function tagWithoutId(text: string, node: Node): string {
	const id = node.attributeSpan('id');
	if (!id) return text.slice(node.start, node.startTagEnd);
	return text.slice(node.start, id.start).trimEnd() + text.slice(id.end, node.startTagEnd);
}

/** Returns what is selected after the edits: the same words, or the place of the cursor. */
function selectionsAfter(
	places: readonly Place[],
	shown: readonly Span[],
	freed: readonly Span[],
	edits: readonly TextEdit[],
	opening: number,
): readonly Span[] {
	const moved = afterEdits(edits);
	const inserted = new Set(edits.filter(edit => edit.span.start === edit.span.end).map(edit => edit.span.start));
	const starts = new Map(freed.map(({ start, end }) => [end, start]));
	const ends = new Map(freed.map(({ start, end }) => [start, end]));
	return places.map(place => {
		if (place.kind === 'caret') {
			const at = moved(place.at, 'before') + (inserted.has(place.at) ? opening : 0);
			return span(at, at);
		}
		if (place.kind === 'empty' || place.at !== undefined) {
			const at = place.at ?? 0;
			const isFirst = place.kind === 'span' && at === place.span.start;
			const to = moved(at, isFirst ? 'after' : 'before');
			return span(to, to);
		}
		const inside = touched(shown, place.span);
		const [first, last] = [inside[0]?.start ?? place.span.start, inside.at(-1)?.end ?? place.span.end];
		const from = moved(starts.get(first) ?? first, 'after');
		return span(from, Math.max(from, moved(ends.get(last) ?? last, 'before')));
	});
}
