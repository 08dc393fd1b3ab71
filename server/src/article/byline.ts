import { labelOf, textContent } from './label.ts';
import { getAttribute, isElement, type Node } from './node.ts';
import { type Span, span } from './span.ts';
import { parseMoment } from './time.ts';
import { trimEndOf } from './trim.ts';

/** An element near the top of a body that names the author or the date. */
export interface BylinePart {
	/** Index of the element, and the element. */
	readonly node: number;
	readonly span: Span;
	readonly label: string;
}

/** The author and the date that a body gives. */
export interface Byline {
	readonly author: BylinePart | undefined;
	/** `time` is in milliseconds since the Unix epoch; `undefined` if the date cannot be parsed. */
	readonly date: (BylinePart & { readonly time: number | undefined }) | undefined;
}

/** How many nodes of a body are searched: bylines are at the top. */
const SEARCHED = 200;

/** Text longer than this, in UTF-16 units, is not a byline. */
const MAX_BYLINE_CHARS = 200;

/** How much text of an element is read for a byline. A `time` in it does not count. */
const MOST_READ = 10 * MAX_BYLINE_CHARS;

/**
 * Finds the byline: an `address`, a `time`, `<i>Name<br>date</i>`, or an element whose class or `rel` names the author.
 */
export function findByline(nodes: readonly Node[]): Byline {
	let author: Byline['author'];
	let date: Byline['date'];
	for (let index = 0; index < Math.min(SEARCHED, nodes.length) && !(author && date); index++) {
		const node = nodes[index] as Node;
		if (!date && isElement(node, 'time')) date = dated(nodes, index, getAttribute(node, 'datetime'));
		if (!date && isElement(node, 'i')) {
			const [name, when, ...rest] = textContent(nodes, index, MAX_BYLINE_CHARS + 1).split('\n');
			if (name !== undefined && when !== undefined && rest.length === 0 && parseMoment(when)) {
				author ??= part(nodes, index, name.trim());
				date = dated(nodes, index, when);
			}
		}
		if (!author && isAuthor(node)) author = part(nodes, index, authorIn(nodes, index));
	}
	return { author, date };
}

function isAuthor(node: Node): boolean {
	if (isElement(node, 'address')) return true;
	if (node.attributes.length === 0) return false;
	return (
		getAttribute(node, 'rel') === 'author' ||
		/(?:^|[\s_-])(?:byline|author)(?:$|[\s_-])/i.test(getAttribute(node, 'class') ?? '')
	);
}

/** Returns the text of a byline without its date. */
function authorIn(nodes: readonly Node[], index: number): string {
	let time = index + 1;
	const last = Math.min(nodes[index]?.last ?? index, index + SEARCHED);
	while (time <= last && !isElement(nodes[time], 'time')) time++;
	const label = textContent(nodes, index, MOST_READ, time)
		.split('\n')
		.filter(line => !parseMoment(line))
		.join(' ')
		.replace(/\s+/g, ' ')
		.trimStart();
	return trimEndOf(label, /[\s,，·|–—-]/);
}

function part(nodes: readonly Node[], index: number, label: string): BylinePart | undefined {
	const node = nodes[index] as Node;
	return label && label.length <= MAX_BYLINE_CHARS
		? { node: index, span: span(node.start, node.end), label }
		: undefined;
}

function dated(nodes: readonly Node[], index: number, when: string | undefined): Byline['date'] {
	const label = when !== undefined && isElement(nodes[index], 'i') ? when.trim() : labelOf(nodes, index) || when || '';
	const found = part(nodes, index, label);
	return found && { ...found, time: parseMoment(when ?? label)?.time ?? parseMoment(label)?.time };
}
