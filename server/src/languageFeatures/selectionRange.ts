import type { Position, SelectionRange } from 'vscode-languageserver';
import { commentContent } from '../annotations/inline.ts';
import type { Article } from '../article/article.ts';
import type { List } from '../article/list.ts';
import { pushAll, smallest } from '../article/lists.ts';
import { attributeValueSpan, COMMENT_NODE, ELEMENT_NODE, type Node, TEXT_NODE } from '../article/node.ts';
import { contains, type Field, type Span, span, trimmedSpan } from '../article/span.ts';
import { toRange } from './position.ts';
import { findSections, type Section } from './sections.ts';
import { segmentsAt } from './segments.ts';
import type { Snapshot } from './snapshot.ts';

/** Maximum depth of a selection range; clients process the ranges recursively. */
const MAX_DEPTH = 200;

/** How many of the outermost ranges are kept when the depth is exceeded. */
const OUTERMOST = 20;

/**
 * `textDocument/selectionRange`: for each position, the word, sentence, text, elements, sections, body and document.
 */
export function selectionRanges(document: Snapshot, positions: readonly Position[]): SelectionRange[] {
	const { parsed } = document;
	const sections = parsed.kind === 'list' ? [] : findSections(parsed);
	return positions.map(position => {
		const offset = document.lines.offsetAt(position);
		const spans = parsed.kind === 'list' ? listSpans(parsed, offset) : articleSpans(parsed, offset, sections);
		return toSelectionRange(document, chain(spans, span(0, parsed.text.length), offset));
	});
}

/** Returns the spans that are properly nested around an offset, innermost first, ending with `whole`. */
function chain(spans: readonly Span[], whole: Span, offset: number): readonly Span[] {
	const length = ({ start, end }: Span): number => end - start;
	const nested: Span[] = [];
	for (const one of spans.toSorted((a, b) => length(a) - length(b))) {
		const inner = nested.at(-1) ?? span(offset, offset);
		const grows = nested.length === 0 ? length(one) > 0 : length(one) > length(inner);
		if (grows && one.start <= inner.start && inner.end <= one.end && length(one) < length(whole)) nested.push(one);
	}
	nested.push(whole);
	if (nested.length <= MAX_DEPTH) return nested;
	return [...nested.slice(0, MAX_DEPTH - OUTERMOST), ...nested.slice(-OUTERMOST)];
}

function toSelectionRange(document: Snapshot, spans: readonly Span[]): SelectionRange {
	let made: SelectionRange | undefined;
	for (const one of spans.toReversed()) {
		const range = toRange(document, one);
		made = made ? { range, parent: made } : { range };
	}
	return made ?? { range: toRange(document, span(0, 0)) };
}

function listSpans({ text, title, entries }: List, offset: number): Span[] {
	const fields = [title, ...entries.flatMap(({ date, title, url }) => [date, title, url])];
	const [first, last] = [entries[0], entries.at(-1)];
	return [
		...fieldSpans(text, fields, offset),
		...entries.map(entry => entry.span).filter(line => contains(line, offset)),
		...(first && last && offset >= first.span.start ? [span(first.span.start, last.span.end)] : []),
	];
}

function articleSpans(article: Article, offset: number, sections: readonly Section[]): Span[] {
	const { text, header, body } = article;
	if (offset < body.span.start) {
		const { frontMatter, time, title, url, titleLine, underline, date } = header;
		const fields = [time, title, url, date, ...(frontMatter?.fields.values() ?? [])];
		const values = [...(frontMatter?.lists.values() ?? [])].flat();
		const lines = [time?.comment, titleLine, underline].filter(line => line !== undefined);
		const first = smallest(lines.map(line => line.start));
		const link = titleLine && trimmedSpan(text, titleLine);
		return [
			...fieldSpans(text, [...fields, ...values], offset),
			...[...lines, link, frontMatter?.content, frontMatter && span(frontMatter.start, frontMatter.end)],
			lines.length > 0 ? trimmedSpan(text, span(first, header.span.end)) : undefined,
			trimmedSpan(text, header.span),
		].filter(one => one !== undefined && contains(one, offset)) as Span[];
	}
	const spans: Span[] = [trimmedSpan(text, body.span), ...sections.map(section => section.span)];
	for (const node of article.nodes) {
		if (node.implied || offset < node.start || offset > node.end) continue;
		pushAll(spans, nodeSpans(text, node, offset));
	}
	for (const figure of article.figures) spans.push(figure.span);
	return spans.filter(one => contains(one, offset));
}

/** Returns the fields at an offset, with the word and sentence there. */
function fieldSpans(text: string, fields: readonly (Field | undefined)[], offset: number): Span[] {
	const spans = fields.filter(field => field !== undefined && contains(field.span, offset)).map(field => field?.span);
	return spans.flatMap(one => (one ? [...segmentsAt(text, one, offset), one] : []));
}

/** Returns the selectable spans of a node at an offset, including the node itself. */
function nodeSpans(text: string, node: Node, offset: number): Span[] {
	const whole = span(node.start, node.end);
	if (node.nodeType === TEXT_NODE) {
		const inner = trimmedSpan(text, whole);
		return contains(inner, offset) ? [...segmentsAt(text, inner, offset), inner, whole] : [whole];
	}
	if (node.nodeType === COMMENT_NODE) {
		const content = commentContent(text, node);
		const inner = content && trimmedSpan(text, content);
		return inner && contains(inner, offset) ? [...segmentsAt(text, inner, offset), inner, whole] : [whole];
	}
	if (node.nodeType !== ELEMENT_NODE) return [whole];
	const spans = [whole, span(node.startTagEnd, node.endTagStart)];
	// At the edge of a tag, select its neighbour.
	const tags = [span(node.start, node.startTagEnd), span(node.endTagStart, node.end)];
	for (const tag of tags) if (tag.start < offset && offset < tag.end) spans.push(tag);
	if (offset < node.startTagEnd) {
		for (const one of node.attributes) {
			const attribute = node.attributeSpan(one);
			if (!attribute || !contains(attribute, offset)) continue;
			const value = attributeValueSpan(text, node, one);
			if (!value) continue;
			spans.push(attribute, value);
			if (contains(value, offset)) pushAll(spans, segmentsAt(text, value, offset));
		}
	}
	return spans.filter(one => contains(one, offset));
}
