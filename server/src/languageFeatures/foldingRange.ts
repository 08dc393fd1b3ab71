import { type FoldingRange, FoldingRangeKind } from 'vscode-languageserver';
import type { Article } from '../article/article.ts';
import type { List } from '../article/list.ts';
import { greatest, smallest } from '../article/lists.ts';
import { COMMENT_NODE, ELEMENT_NODE } from '../article/node.ts';
import { type Span, span } from '../article/span.ts';
import { findSections } from './sections.ts';
import type { Snapshot } from './snapshot.ts';

/** A span to fold; its first line stays visible. */
interface Fold {
	readonly span: Span;
	/** Offset of the end tag; if the end tag is on a separate line, that line stays visible. */
	readonly closing?: number;
	readonly kind?: FoldingRangeKind;
}

/**
 * `textDocument/foldingRange`: front matter, header, parts of the page, sections, elements, figures and comments, or the entries of a list.
 * The ranges are properly nested, and at most one starts on each line.
 *
 * @param limit maximum number of ranges; the longest are kept
 */
export function foldingRanges(document: Snapshot, limit: number): FoldingRange[] {
	const { parsed } = document;
	const folds = parsed.kind === 'list' ? listFolds(parsed) : articleFolds(parsed);
	const ranges = nest(
		folds.map(fold => toFoldingRange(document, parsed.text, fold)).filter(range => range !== undefined),
	);
	if (ranges.length <= limit) return ranges;
	const length = (range: FoldingRange): number => range.endLine - range.startLine;
	const longest = new Set(ranges.toSorted((a, b) => length(b) - length(a)).slice(0, limit));
	return ranges.filter(range => longest.has(range));
}

function listFolds({ text, title }: List): Fold[] {
	return title ? [{ span: span(title.span.start, text.trimEnd().length) }] : [];
}

function articleFolds(article: Article): Fold[] {
	const { header, nodes } = article;
	const { frontMatter, time, titleLine, underline, date } = header;
	const folds: Fold[] = [];
	if (frontMatter)
		folds.push({
			span: span(frontMatter.start, frontMatter.end),
			closing: frontMatter.content.end,
			kind: FoldingRangeKind.Region,
		});
	const lines = [time?.comment, titleLine, underline, date?.span].filter(line => line !== undefined);
	if (lines.length > 0)
		folds.push({
			span: span(smallest(lines.map(line => line.start)), greatest(lines.map(line => line.end))),
		});
	for (const { first, last, span: place } of article.regions.furniture) {
		const closing = first === last || nodes[first]?.last === last ? nodes[first]?.endTagStart : undefined;
		const region = span(place.start, place.start + article.text.slice(place.start, place.end).trimEnd().length);
		folds.push({ span: region, kind: FoldingRangeKind.Region, ...(closing === undefined ? {} : { closing }) });
	}
	const sections = findSections(article);
	/** Elements that contain only a heading fold with the section of the heading. */
	const wrappers = new Set<number>();
	for (const { heading, span: place } of sections) {
		folds.push({ span: place });
		for (let at = heading.node; (nodes[at]?.start ?? -1) >= place.start; at = nodes[at]?.parent ?? -1) wrappers.add(at);
	}
	for (const [index, node] of nodes.entries()) {
		if (node.implied || wrappers.has(index)) continue;
		if (node.nodeType === ELEMENT_NODE) folds.push({ span: span(node.start, node.end), closing: node.endTagStart });
		else if (node.nodeType === COMMENT_NODE)
			folds.push({ span: span(node.start, node.end), kind: FoldingRangeKind.Comment });
	}
	// All other figures are a single element, which is already included.
	for (const figure of article.figures)
		if (figure.span.end !== nodes[figure.node]?.end) folds.push({ span: figure.span });
	return folds;
}

function toFoldingRange(
	document: Snapshot,
	text: string,
	{ span: place, closing, kind }: Fold,
): FoldingRange | undefined {
	const startLine = document.lines.positionAt(place.start).line;
	const { line, character } = document.lines.positionAt(closing ?? place.end);
	const hasOwnLine = closing !== undefined && text.slice(closing - character, closing).trim() === '';
	const endLine = hasOwnLine ? line - 1 : document.lines.positionAt(place.end).line;
	if (endLine <= startLine) return undefined;
	return kind === undefined ? { startLine, endLine } : { startLine, endLine, kind };
}

/** Keeps the longest range of each line, and truncates it at the end of the enclosing range. */
function nest(ranges: FoldingRange[]): FoldingRange[] {
	const nested: FoldingRange[] = [];
	const open: FoldingRange[] = [];
	for (const range of ranges.sort((a, b) => a.startLine - b.startLine || b.endLine - a.endLine)) {
		while (open.length > 0 && (open.at(-1)?.endLine ?? 0) < range.startLine) open.pop();
		const around = open.at(-1);
		const endLine = Math.min(range.endLine, around?.endLine ?? range.endLine);
		if (around?.startLine === range.startLine || endLine <= range.startLine) continue;
		const cut = { ...range, endLine };
		open.push(cut);
		nested.push(cut);
	}
	return nested;
}
