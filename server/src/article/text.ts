import { DecodingMode, HtmlEntityDecoder } from 'entities/decode';
import { firstIndex } from '../util/order.ts';
import { isUnrendered, type Node, TEXT_NODE } from './node.ts';
import { type Span, span } from './span.ts';

/**
 * The decoded text of a body (DOM `textContent`, without `script`, `style`, `template` and comments), mapped to source
 * offsets.
 */
export interface TextContent {
	readonly value: string;
	/** Maps an offset in `value` to a source offset. The end of `value` maps to the offset after the text. */
	toSource(offset: number): number;
	/** Maps a source offset to an offset in `value`. Markup between two characters maps to the second. */
	toContent(offset: number): number;
	/** Returns the source spans of a part of `value`, without the markup between them, in text order. */
	toSpans(part: Span): readonly Span[];
}

/** Runs of characters that are equal in source and content: `[content start, source start, length]`, flattened. */
type Runs = number[];

/** Builds the text of a body. `text` is the whole source, and the body starts at `start`. */
export function buildTextContent(text: string, nodes: readonly Node[], start: number): TextContent {
	const texts = textNodes(nodes);
	/** Where the text of each text node starts in `value`. */
	const starts: number[] = [];
	let value = '';
	for (const { nodeValue } of texts) {
		starts.push(value.length);
		value += nodeValue;
	}
	let map: { readonly runs: Runs; readonly sorted: Runs } | undefined;
	/** Computed on first use, since many callers need only the text. */
	const runsOf = (order: 'runs' | 'sorted'): Runs => {
		if (!map) {
			const runs: Runs = [];
			for (const [index, node] of texts.entries()) {
				const base = starts[index] ?? 0;
				// The text of a character reference is a run whose characters all map to its start.
				readRuns(text, node, nodes[node.parent]?.foreign ?? false, (offset, source, units, length) =>
					runs.push(base + offset, source, units === length ? units : 1),
				);
			}
			map = { runs, sorted: bySource(runs) };
		}
		return map[order];
	};
	const toSource = (offset: number): number => {
		const runs = runsOf('runs');
		const run = lastAtOrBefore(runs, 0, offset);
		if (run < 0) return runs[1] ?? start;
		const within = Math.min(offset - at(runs, run), at(runs, run + 2));
		// An offset at which one run ends and the next starts belongs to the next.
		return at(runs, run + 1) + within;
	};
	return {
		value,
		toSource,
		toSpans(part) {
			const spans: Span[] = [];
			for (let index = firstFrom(starts, part.start); index < texts.length; index++) {
				const node = texts[index] as Node;
				const from = starts[index] ?? 0;
				if (from >= part.end) break;
				const to = from + node.nodeValue.length;
				const place = span(
					from < part.start ? toSource(part.start) : node.start,
					to > part.end ? toSource(part.end) : node.end,
				);
				if (place.start < place.end) spans.push(place);
			}
			return joined(spans);
		},
		toContent(offset) {
			const sorted = runsOf('sorted');
			const run = lastAtOrBefore(sorted, 1, offset);
			if (run < 0) return 0;
			const within = offset - at(sorted, run + 1);
			if (within < at(sorted, run + 2)) return at(sorted, run) + within;
			// After the run's characters: the next character of the text, which may be from a character reference.
			const next = sorted[run + 3];
			const end = at(sorted, run) + at(sorted, run + 2);
			return next === undefined ? value.length : Math.max(end, Math.min(next, value.length));
		},
	};
}

/**
 * Sorts spans in text order and merges those that touch. Foster-parented text also covers the source between its
 * pieces.
 */
function joined(spans: Span[]): readonly Span[] {
	const result: Span[] = [];
	for (const one of spans.sort((a, b) => a.start - b.start)) {
		const last = result.at(-1);
		if (last && one.start <= last.end) result[result.length - 1] = span(last.start, Math.max(last.end, one.end));
		else result.push(one);
	}
	return result;
}

/** Returns the text nodes that contribute to the text, in tree order. */
function textNodes(nodes: readonly Node[]): readonly Node[] {
	const texts: Node[] = [];
	for (let index = 0; index < nodes.length; index++) {
		const node = nodes[index] as Node;
		if (node.nodeType === TEXT_NODE) texts.push(node);
		else if (isUnrendered(node)) index = node.last;
	}
	return texts;
}

function at(runs: Runs, index: number): number {
	return runs[index] ?? 0;
}

/** Returns the index of the text node that contains an offset of the whole text. */
function firstFrom(starts: readonly number[], offset: number): number {
	return Math.max(0, firstIndex(starts.length, index => (starts[index] ?? 0) > offset) - 1);
}

/** Returns the index of the last run whose value at `field` is at most `offset`; negative if there is none. */
function lastAtOrBefore(runs: Runs, field: 0 | 1, offset: number): number {
	return 3 * firstIndex(runs.length / 3, run => at(runs, run * 3 + field) > offset) - 3;
}

/** Returns the runs in source order. Foster-parented content is not in source order. */
function bySource(runs: Runs): Runs {
	for (let index = 4; index < runs.length; index += 3) {
		if (at(runs, index) >= at(runs, index - 3)) continue;
		const triples: number[][] = [];
		for (let run = 0; run < runs.length; run += 3) triples.push(runs.slice(run, run + 3));
		return triples.sort((a, b) => at(a, 1) - at(b, 1)).flat();
	}
	return runs;
}

/**
 * Receives a run of a text node: `units` of its text at `offset` come from `length` units of the source at `source`.
 */
type RunListener = (offset: number, source: number, units: number, length: number) => void;

/**
 * Visits a text node in runs: stretches that are equal in text and source, and single characters that differ, such as
 * character references.
 *
 * @param text the whole source
 * @param foreign whether the node is in SVG or MathML
 */
export function readRuns(text: string, node: Node, foreign: boolean, listener: RunListener): void {
	const { nodeValue: value, start, end } = node;
	if (end - start === value.length) {
		listener(0, start, value.length, value.length);
		return;
	}
	let source = start;
	let offset = 0;
	let runSource = start;
	let runOffset = 0;
	const close = (): void => {
		if (offset > runOffset) listener(runOffset, runSource, offset - runOffset, offset - runOffset);
	};
	while (source < end && offset < value.length) {
		const unit = text.charCodeAt(source);
		if (unit !== AMPERSAND && unit !== 13 && unit === value.charCodeAt(offset)) {
			source++;
			offset++;
			continue;
		}
		close();
		const step = unit === AMPERSAND ? reference(text, source, end) : plain(text, source, value, offset, foreign);
		if (step.units > 0) listener(offset, source, step.units, step.length);
		source += step.length;
		offset += step.units;
		runSource = source;
		runOffset = offset;
	}
	close();
}

const AMPERSAND = 38;

/** A step over `length` units of the source that produce `units` units of text. */
interface Step {
	readonly length: number;
	readonly units: number;
}

/** Decodes one character reference (WHATWG HTML, "character reference state") with parse5's own decoder. */
function reference(text: string, start: number, end: number): Step {
	let units = 0;
	const decoder = new HtmlEntityDecoder(codePoint => {
		units += codePoint > 0xffff ? 2 : 1;
	});
	decoder.startEntity(DecodingMode.Legacy);
	let length = decoder.write(text.slice(start, Math.min(end, start + 64)), 1);
	if (length < 0) length = decoder.end();
	return length > 0 ? { length, units } : { length: 1, units: 1 };
}

/**
 * Steps over a line ending, a NUL (dropped, or U+FFFD in SVG and MathML), the newline after `<pre>`, or text that was
 * moved elsewhere.
 */
function plain(text: string, start: number, value: string, offset: number, foreign: boolean): Step {
	const unit = text.charCodeAt(start);
	if (unit === 13) {
		const length = text.charCodeAt(start + 1) === 10 ? 2 : 1;
		return { length, units: value.charCodeAt(offset) === 10 ? 1 : 0 };
	}
	return { length: 1, units: unit === 0 && foreign ? 1 : 0 };
}
