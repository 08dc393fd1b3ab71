import type { Element, ElementContent, Properties } from 'hast';
import { make } from './inline.ts';
import { INLINE } from './schema.ts';
import { tidyRun } from './spaces.ts';

/** A block of an article, or inline content that is not in a block yet. */
export type PastedBlock =
	| { readonly kind: 'block'; readonly element: Element }
	| {
			readonly kind: 'run';
			readonly children: readonly ElementContent[];
			/** The properties of its paragraph in the page. */
			readonly properties: Properties;
			/** Whether it is a block in the page. */
			readonly isParagraph: boolean;
	  };

/** Converts pieces to the content of an element that may contain blocks: a single run stays inline, several become paragraphs. */
export function contentOf(pieces: readonly PastedBlock[], inParagraphs = false): ElementContent[] {
	const [first, ...others] = pieces;
	const isBare =
		!inParagraphs &&
		first?.kind === 'run' &&
		others.every(piece => piece.kind === 'block' && /^(?:[ou]l|dl)$/.test(piece.element.tagName));
	return pieces.flatMap((piece, index) => (isBare && index === 0 ? bare(piece) : [blockOf(piece)]));
}

/** Converts a piece to a block; inline content becomes a paragraph. */
export function blockOf(piece: PastedBlock): ElementContent {
	return piece.kind === 'block' ? piece.element : make('p', piece.properties, piece.children);
}

/** Converts a piece to inline content. */
export function bare(piece: PastedBlock): readonly ElementContent[] {
	if (piece.kind === 'block') return [piece.element];
	return Object.keys(piece.properties).length === 0 ? piece.children : [make('span', piece.properties, piece.children)];
}

/** Converts an element to a piece. */
export function asBlock(element: Element): PastedBlock {
	return { kind: 'block', element };
}

/** Converts an optional element to a list of pieces. */
export function asPieces(element: Element | undefined): PastedBlock[] {
	return element ? [asBlock(element)] : [];
}

/** Copies the language and direction of a dropped element to all of its pieces, and its id to the first. */
export function carry({ id, lang, dir }: Properties, pieces: readonly PastedBlock[]): PastedBlock[] {
	return pieces.map((piece, index): PastedBlock => {
		const own = piece.kind === 'block' ? piece.element.properties : piece.properties;
		if (piece.kind === 'block' && piece.element.tagName === 'hr') return piece;
		const { id: ownId, lang: ownLang, dir: ownDir, ...rest } = own;
		const named = ownId ?? (index === 0 ? id : undefined);
		const properties = {
			...(named === undefined ? {} : { id: named }),
			...rest,
			...((ownLang ?? lang) ? { lang: ownLang ?? lang } : {}),
			...((ownDir ?? dir) ? { dir: ownDir ?? dir } : {}),
		};
		return piece.kind === 'block'
			? { ...piece, element: { ...piece.element, properties } }
			: { ...piece, properties, isParagraph: true };
	});
}

/** Converts blocks to inline content, each on a separate line. */
export function inRunningText(pieces: readonly PastedBlock[]): ElementContent[] {
	const lines: (readonly ElementContent[])[] = [];
	const add = (piece: PastedBlock): void => {
		if (piece.kind === 'run') lines.push(bare(piece));
		else for (const line of linesOf(piece.element)) lines.push(line);
	};
	for (const piece of pieces) add(piece);
	return lines.flatMap((line, index) => (index === 0 ? [...line] : [make('br', {}, []), ...line]));
}

/** Whether a node is phrasing content. */
function isPhrasing(node: ElementContent): boolean {
	return node.type !== 'element' || INLINE.has(node.tagName) || /^(?:br|img|math)$/.test(node.tagName);
}

/** Replaces line breaks in text with `br` elements. */
export function withBreaks(nodes: readonly ElementContent[]): ElementContent[] {
	return nodes.flatMap((node): ElementContent[] => {
		if (node.type === 'element') return [{ ...node, children: withBreaks(node.children) }];
		if (node.type !== 'text') return [];
		return node.value
			.split('\n')
			.flatMap((value, index) => [...(index === 0 ? [] : [make('br', {}, [])]), { type: 'text', value }]);
	});
}

function linesOf(element: Element): ElementContent[][] {
	if (element.tagName === 'hr') return [];
	if (element.tagName === 'pre') return [tidyRun(withBreaks(element.children))];
	const lines: ElementContent[][] = [];
	let line: ElementContent[] = [];
	for (const child of element.children) {
		if (isPhrasing(child)) {
			line.push(child);
			continue;
		}
		if (line.length > 0) lines.push(line);
		line = [];
		if (child.type === 'element') for (const inner of linesOf(child)) lines.push(inner);
	}
	if (line.length > 0) lines.push(line);
	return lines;
}

/** Converts a piece to the content of a description list. */
export function definitionOf(piece: PastedBlock): ElementContent[] {
	if (piece.kind === 'block' && piece.element.tagName === 'dl') return piece.element.children;
	return [make('dd', {}, contentOf([piece]))];
}

/** Converts a piece to the content of a figure: images are not wrapped in a paragraph. */
export function figurePart(piece: PastedBlock): readonly ElementContent[] {
	return isPictureOnly(piece) ? bare(piece) : [blockOf(piece)];
}

/** Whether a piece contains images and no text. */
export function isPictureOnly(piece: PastedBlock): boolean {
	const shows = (node: ElementContent): boolean =>
		node.type === 'text'
			? node.value.trim() !== ''
			: node.type === 'element' && (node.tagName === 'math' || node.children.some(shows));
	return piece.kind === 'run' && !piece.children.some(shows);
}
