import { DecodingMode, HtmlEntityDecoder } from 'entities/decode';
import { firstIndex } from '../util/order.ts';
import { isUnrendered, type Node, TEXT_NODE } from './node.ts';
import { type Span, span } from './span.ts';

/**
 * The decoded text of a body (DOM `textContent`, without `script`, `style`, `template` and comments), and where each of its
 * characters stands in the source.
 */
export interface TextContent {
	readonly value: string;
	/** The source offset of an offset in `value`; the place after the text for its end. */
	toSource(offset: number): number;
	/** The offset in `value` of a source offset; markup between two characters belongs to the second of them. */
	toContent(offset: number): number;
	/** The characters of the source that a part of `value` was made of, without the markup between them, in the order of the text. */
	toSpans(part: Span): readonly Span[];
}

/** Runs of characters that are the same in source and text: `[content start, source start, length]`, flat. */
type Runs = number[];

/** Builds the text of a body. `text` is the whole source; `start` is where the body starts in it. */
export function buildTextContent(text: string, nodes: readonly Node[], start: number): TextContent {
	const texts = textNodes(nodes);
	/** Where the text of each starts. */
	const starts: number[] = [];
	let value = '';
	for (const { nodeValue } of texts) {
		starts.push(value.length);
		value += nodeValue;
	}
	let map: { readonly runs: Runs; readonly sorted: Runs } | undefined;
	/** Made when a place is first asked for: many want the text alone. */
	const runsOf = (order: 'runs' | 'sorted'): Runs => {
		if (!map) {
			const runs: Runs = [];
			for (const [index, node] of texts.entries()) {
				const base = starts[index] ?? 0;
				// What a reference stands for is a run whose characters all stand at its start.
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
		// An offset between two runs that is the end of one and the start of the next is the start of the next.
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
			// Behind the run's characters: the next character of the text, which may be one that was written as a reference.
			const next = sorted[run + 3];
			const end = at(sorted, run) + at(sorted, run + 2);
			return next === undefined ? value.length : Math.max(end, Math.min(next, value.length));
		},
	};
}

/** Spans in the order of the text, those that touch as one. Text that a table puts before itself spans what stood between it. */
function joined(spans: Span[]): readonly Span[] {
	const result: Span[] = [];
	for (const one of spans.sort((a, b) => a.start - b.start)) {
		const last = result.at(-1);
		if (last && one.start <= last.end) result[result.length - 1] = span(last.start, Math.max(last.end, one.end));
		else result.push(one);
	}
	return result;
}

/** The text nodes that are part of the text, in tree order. */
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

/** Index of the text that an offset of the whole lies in. */
function firstFrom(starts: readonly number[], offset: number): number {
	return Math.max(0, firstIndex(starts.length, index => (starts[index] ?? 0) > offset) - 1);
}

/** Index of the last run whose number at `field` is not greater than `offset`, or a negative number. */
function lastAtOrBefore(runs: Runs, field: 0 | 1, offset: number): number {
	return 3 * firstIndex(runs.length / 3, run => at(runs, run * 3 + field) > offset) - 3;
}

/** The runs in source order; they are not where misplaced table content comes before its table. */
function bySource(runs: Runs): Runs {
	for (let index = 4; index < runs.length; index += 3) {
		if (at(runs, index) >= at(runs, index - 3)) continue;
		const triples: number[][] = [];
		for (let run = 0; run < runs.length; run += 3) triples.push(runs.slice(run, run + 3));
		return triples.sort((a, b) => at(a, 1) - at(b, 1)).flat();
	}
	return runs;
}

/** A run of a text node: `units` of its text from `offset` on are written as `length` of the source from `source` on. */
type RunListener = (offset: number, source: number, units: number, length: number) => void;

/**
 * Goes through a text node by runs: stretches that are the same in text and source, and single characters that are written
 * otherwise, as character references are.
 *
 * @param text the whole source
 * @param foreign whether the node lies in SVG or MathML
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

/** A step over `length` units of the source that made `units` units of text. */
interface Step {
	readonly length: number;
	readonly units: number;
}

/** Reads one character reference (WHATWG HTML, "character reference state") with the decoder that parse5 itself uses. */
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

/** A line break, a NUL (dropped, but in SVG and MathML U+FFFD), the newline that `pre` swallows, or something that was put elsewhere. */
function plain(text: string, start: number, value: string, offset: number, foreign: boolean): Step {
	const unit = text.charCodeAt(start);
	if (unit === 13) {
		const length = text.charCodeAt(start + 1) === 10 ? 2 : 1;
		return { length, units: value.charCodeAt(offset) === 10 ? 1 : 0 };
	}
	return { length: 1, units: unit === 0 && foreign ? 1 : 0 };
}
