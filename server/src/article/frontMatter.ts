import { isMap, isScalar, isSeq, parseDocument } from 'yaml';
import { type FrontMatterFence, findFrontMatter } from './lines.ts';
import { type Field, type Span, span } from './span.ts';

/** The YAML block that static-site archives put before an article. */
export interface FrontMatter extends FrontMatterFence {
	/** Top-level scalar entries as text, with the spans of their values. */
	readonly fields: ReadonlyMap<string, Field>;
	/** Top-level entries that are lists of scalars. */
	readonly lists: ReadonlyMap<string, readonly Field[]>;
	/** The first error in the YAML. */
	readonly error: { readonly message: string; readonly span: Span } | undefined;
}

/**
 * Longer front matter, in UTF-16 units, is not parsed: no real article has it, and detection does not look beyond it.
 */
const MAX_FRONT_MATTER_CHARS = 16_384;

/** The maximum nesting depth of values, since the YAML parser is recursive. */
const MAX_DEPTH = 50;

/**
 * Returns the offset at which brackets, or entry indicators on one line, are nested too deeply. Those inside strings
 * count too, since no real text has so many.
 */
function tooDeep(yaml: string): number | undefined {
	let depth = 0;
	for (let at = 0; at < yaml.length; at++) {
		const character = yaml[at];
		if (character === '[' || character === '{') depth++;
		else if (character === ']' || character === '}') depth = Math.max(0, depth - 1);
		if (depth > MAX_DEPTH) return at;
	}
	return MARKS.exec(yaml)?.index;
}

const MARKS = /(?:[-?:][ \t]+){51}/;

/** Parses the front matter at `start`, if any. */
export function parseFrontMatter(text: string, start: number): FrontMatter | undefined {
	const fence = findFrontMatter(text, start);
	if (!fence) return undefined;
	const fields = new Map<string, Field>();
	const lists = new Map<string, readonly Field[]>();
	const { start: base, end } = fence.content;
	if (end - base > MAX_FRONT_MATTER_CHARS) {
		return {
			...fence,
			fields,
			lists,
			error: { message: `The front matter is longer than ${MAX_FRONT_MATTER_CHARS} characters`, span: fence.content },
		};
	}
	const yaml = text.slice(base, end);
	const deep = tooDeep(yaml);
	if (deep !== undefined) {
		const error = {
			message: `Values are nested more than ${MAX_DEPTH} levels deep`,
			span: span(base + deep, base + deep + 1),
		};
		return { ...fence, fields, lists, error };
	}
	const document = parseDocument(yaml, {
		logLevel: 'silent',
		prettyErrors: false,
		strict: false,
		uniqueKeys: false,
	});
	const field = (node: unknown): Field | undefined =>
		isScalar(node) && node.range && node.value !== null
			? { value: String(node.value), span: span(base + node.range[0], base + node.range[1]) }
			: undefined;
	if (isMap(document.contents)) {
		for (const pair of document.contents.items) {
			if (!isScalar(pair.key)) continue;
			const key = String(pair.key.value);
			const value = field(pair.value);
			if (value) fields.set(key, value);
			else if (isSeq(pair.value))
				lists.set(
					key,
					pair.value.items.map(field).filter(item => item !== undefined),
				);
		}
	}
	const problem = document.errors[0];
	const error = problem && {
		message: problem.message,
		span: span(base + problem.pos[0], Math.min(end, base + problem.pos[1])),
	};
	return { ...fence, fields, lists, error };
}
