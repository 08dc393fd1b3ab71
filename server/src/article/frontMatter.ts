import { isMap, isScalar, isSeq, parseDocument } from 'yaml';
import { type FrontMatterFence, findFrontMatter } from './lines.ts';
import { type Field, type Span, span } from './span.ts';

/** The YAML block that static-site archives put before an article. */
export interface FrontMatter extends FrontMatterFence {
	/** Its top-level entries that are scalars, as text, and where their values stand. */
	readonly fields: ReadonlyMap<string, Field>;
	/** Its top-level entries that are lists of scalars. */
	readonly lists: ReadonlyMap<string, readonly Field[]>;
	/** The first thing that is wrong with the YAML. */
	readonly error: { readonly message: string; readonly span: Span } | undefined;
}

/** Front matter longer than this, in UTF-16 units, is not read: nobody wrote it, and what is behind it is not looked at to tell an article. */
const MAX_FRONT_MATTER_CHARS = 16_384;

/** How deep values are nested at most, where that takes a character each: the parser goes down by recursion. */
const MAX_DEPTH = 50;

/** Where brackets, or marks of entries on one line, are nested more deeply. Those in a text count too: there is none with so many. */
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

/** Reads the front matter at `start`, if there is one. */
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
			message: `Values are nested more than ${MAX_DEPTH} deep`,
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
