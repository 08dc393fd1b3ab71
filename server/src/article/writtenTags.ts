import { BLOCK_ELEMENTS, FORMATTING_ELEMENTS, VOID_ELEMENTS } from './elements.ts';
import { type Span, span } from './span.ts';

/**
 * The tags of a text, paired as they are written. Takes one pass over the text and builds no tree, so that an editor can
 * afford it between two keys. Where tags are misnested, the tree (`tree.ts`) can differ.
 */

/** An element with a start tag in the text. */
export interface WrittenElement {
	/** In lower case. */
	readonly name: string;
	readonly startTag: Span;
	/** The element around it. */
	readonly parent: WrittenElement | undefined;
	endTag: Span | undefined;
}

/** The tags of a text up to its end. */
export interface WrittenTags {
	readonly elements: readonly WrittenElement[];
	readonly strayEndTags: readonly Span[];
	/** The innermost element that is still open at the end. */
	readonly innermost: WrittenElement | undefined;
	/** Offset of the tag, comment or raw text in which the text ends; `undefined` if it ends in text. */
	readonly unfinished: number | undefined;
}

const names = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** Elements whose content is raw text. */
const RAW_TEXT = names('script style textarea title xmp iframe noembed noframes plaintext');

/** Elements that a `p` does not end in, and in which an end tag matches nothing outside (WHATWG HTML, "button scope"). */
const SCOPES = names('table td th caption button object marquee applet template');

/** The start tags that end an open element whose end tag is optional: what they end, and in what it has to be. */
const ENDS: readonly (readonly [starts: ReadonlySet<string>, ended: readonly string[], within: ReadonlySet<string>])[] =
	[
		[new Set([...BLOCK_ELEMENTS].filter(name => !/^(?:t[a-z]+|caption|opt.*|legend)$/.test(name))), ['p'], SCOPES],
		[names('table'), ['p'], SCOPES],
		[names('li'), ['li'], names('ul ol menu dir table td th blockquote section article aside figure')],
		[names('dt dd'), ['dt', 'dd'], names('dl table td th')],
		[names('td th tr tbody tfoot thead'), ['td', 'th'], names('table')],
		[names('tr tbody tfoot thead'), ['tr'], names('table')],
		[names('tbody tfoot thead'), ['tbody', 'tfoot', 'thead'], names('table')],
		[names('option optgroup'), ['option'], names('select datalist')],
		[names('rt rp'), ['rt', 'rp'], names('ruby')],
	];

/** How many levels up an element is looked for, so that hostile nesting does not make this quadratic. */
const MOST_LEVELS = 500;

const OPENING = /<(?:!--|[!?]|(\/?)([a-z][^\s/>]*)|\/(?=[^>]))/gi;
const ATTRIBUTE = /[\s/]+|[^\s/>][^\s/>=]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>][^\s>]*|(?=>))|(?!\s*=\s*["']))/y;

/** Pairs the tags in a part of a text. */
export function readTags(text: string, { start: from, end: to }: Span): WrittenTags {
	const elements: WrittenElement[] = [];
	const strayEndTags: Span[] = [];
	const open = new OpenElements();
	const result = (unfinished?: number): WrittenTags => ({
		elements,
		strayEndTags,
		innermost: open.innermost,
		unfinished,
	});
	const opening = new RegExp(OPENING);
	opening.lastIndex = from;
	for (let match = opening.exec(text); match && match.index < to; match = opening.exec(text)) {
		const start = match.index;
		const name = match[2]?.toLowerCase();
		const end = name === undefined ? endOfComment(text, start) : endOfTag(text, opening.lastIndex);
		if (end === undefined || end > to) return result(start);
		opening.lastIndex = end;
		if (name === undefined) continue;
		if (match[1]) {
			const element = open.close([name], SCOPES, FORMATTING_ELEMENTS.has(name));
			if (element) element.endTag = span(start, end);
			else strayEndTags.push(span(start, end));
			continue;
		}
		for (const [starts, ended, within] of ENDS) if (starts.has(name)) open.close(ended, within);
		const element = { name, startTag: span(start, end), parent: open.innermost, endTag: undefined };
		elements.push(element);
		if (VOID_ELEMENTS.has(name) || text[end - 2] === '/') continue;
		open.push(element);
		if (!RAW_TEXT.has(name)) continue;
		const close = new RegExp(`</${name}(?=[\\s/>])`, 'gi');
		close.lastIndex = end;
		const content = close.exec(text);
		if (!content || content.index >= to) return result(end);
		opening.lastIndex = content.index;
	}
	return result();
}

/** The elements that are open at a place. */
class OpenElements {
	readonly #stack: WrittenElement[] = [];
	/** How many of each name are open. */
	readonly #counts = new Map<string, number>();

	get innermost(): WrittenElement | undefined {
		return this.#stack.at(-1);
	}

	push(element: WrittenElement): void {
		this.#stack.push(element);
		this.#count(element, 1);
	}

	/**
	 * Closes the innermost element with one of the names, unless one of `within` is inside it, and returns it.
	 * @param alone leaves the elements in it open
	 */
	close(sought: readonly string[], within: ReadonlySet<string>, alone = false): WrittenElement | undefined {
		if (!sought.some(name => this.#counts.get(name))) return undefined;
		const stack = this.#stack;
		for (let index = stack.length - 1; index >= Math.max(0, stack.length - MOST_LEVELS); index--) {
			const element = stack[index] as WrittenElement;
			if (sought.includes(element.name)) {
				for (const closed of stack.splice(index, alone ? 1 : stack.length)) this.#count(closed, -1);
				return element;
			}
			if (within.has(element.name)) return undefined;
		}
		return undefined;
	}

	#count({ name }: WrittenElement, change: number): void {
		this.#counts.set(name, (this.#counts.get(name) ?? 0) + change);
	}
}

/** Returns the end of a comment, declaration or the like; `undefined` if the text ends before. */
function endOfComment(text: string, start: number): number | undefined {
	const mark = text.startsWith('<!--', start) ? '-->' : '>';
	// `<!-->` is a whole comment.
	const end = text.indexOf(mark, start + 2);
	return end === -1 ? undefined : end + mark.length;
}

/** Returns the end of a tag, from the end of its name; `undefined` if the text ends before. */
function endOfTag(text: string, nameEnd: number): number | undefined {
	const at = endOfAttributes(text, nameEnd);
	return text[at] === '>' ? at + 1 : undefined;
}

/** Returns the offset after all attributes from an offset on: that of a `>`, or of an unfinished attribute. */
function endOfAttributes(text: string, from: number): number {
	const attribute = new RegExp(ATTRIBUTE);
	let at = from;
	for (attribute.lastIndex = at; attribute.test(text); ) at = attribute.lastIndex;
	return at;
}
