import { Parser } from 'htmlparser2';
import type { Article } from '../../../server/src/article/article.ts';
import type { TextEdit } from '../../../server/src/article/edits.ts';

/** Helpers for comparing two forms of an article, independent of the formatter's code. */

/** Elements that HTML lays out as blocks. */
export const BLOCKS: ReadonlySet<string> = new Set(
	'address article aside blockquote caption center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li listing main menu nav ol optgroup option p pre section summary table tbody td tfoot th thead tr ul xmp plaintext'.split(
		' ',
	),
);

/** Elements that preserve white space, and the characters that white space becomes there. */
const KEPT = new Set(['pre', 'textarea', 'script', 'style', 'listing', 'xmp', 'plaintext']);
const SPACES = new Map([
	[' ', '␠'],
	['\n', '␊'],
	['\t', '␉'],
]);

/** The writer's own rule: splits at `\n`, trims each line, and joins with nothing. A line break at the end is kept. */
export function writersRule(text: string, bodyStart: number): string {
	const body = text
		.slice(bodyStart)
		.split('\n')
		.map(line => line.trim())
		.join('');
	const lineBreak = /\r?\n(?=\s*$)/.exec(text)?.[0] ?? '';
	return text.slice(0, bodyStart) + body + (body === '' ? '' : lineBreak);
}

/**
 * Returns the text of a body as browsers lay it out, using htmlparser2: one line per block, with collapsed white space.
 */
export function rendered({ text, body }: Article): string {
	let out = '';
	let kept = 0;
	const parser = new Parser({
		onopentagname(name) {
			if (BLOCKS.has(name)) out += '\n';
			if (KEPT.has(name)) kept++;
		},
		ontext(data) {
			out += kept > 0 ? data.replace(/\s/g, space => SPACES.get(space) ?? space) : data.replace(/[ \t\n\f\r]+/g, ' ');
		},
		onclosetag(name) {
			if (BLOCKS.has(name)) out += '\n';
			if (KEPT.has(name)) kept--;
		},
	});
	parser.end(text.slice(body.span.start));
	return out
		.replace(/ *\n[ \n]*/g, '\n')
		.replace(/ +/g, ' ')
		.replace(/^[ \n]+|[ \n]+$/g, '');
}

/**
 * The same, and the elements, using the article's own tree, which handles tables, SVG and unclosed elements as HTML
 * does.
 */
export function shown({ nodes }: Article): { readonly text: string; readonly elements: readonly unknown[] } {
	let out = '';
	const elements: unknown[] = [];
	const open: { readonly last: number; readonly block: boolean; readonly kept: boolean }[] = [];
	const closeBefore = (index: number): void => {
		for (let top = open.at(-1); top && top.last < index; top = open.at(-1)) {
			open.pop();
			if (top.block) out += '\n';
		}
	};
	for (const [index, node] of nodes.entries()) {
		closeBefore(index);
		if (node.nodeType === 1) {
			const style = node.attributes.find(({ name }) => name === 'style')?.value ?? '';
			const block = BLOCKS.has(node.nodeName) && !node.foreign && !/inline/.test(style);
			if (block || node.nodeName === 'br') out += '\n';
			if (!node.implied) elements.push([node.nodeName, ...node.attributes.map(({ name, value }) => [name, value])]);
			open.push({
				last: node.last,
				block,
				kept: (KEPT.has(node.nodeName) && !/^s/.test(node.nodeName)) || /white-space/.test(style),
			});
		} else if (node.nodeType === 3) {
			const { nodeValue, parent } = node;
			const around = nodes[parent]?.nodeName ?? '';
			// Not rendered, but programs read it verbatim.
			if (around === 'script' || around === 'style') elements.push(nodeValue);
			else if (around !== 'iframe')
				out += open.some(({ kept }) => kept)
					? nodeValue.replace(/\s/g, space => SPACES.get(space) ?? space)
					: nodeValue.replace(/[ \t\n\f\r]+/g, ' ');
		}
	}
	closeBefore(nodes.length);
	const text = out.replace(/ *\n[ \n]*/g, '\n').replace(/ +/g, ' ');
	return { text: text.replace(/^[ \n]+|[ \n]+$/g, ''), elements };
}

/** Maps an offset of a text to the offset after edits. */
export function carry(edits: readonly TextEdit[], offset: number): number {
	let delta = 0;
	for (const { span, newText } of edits) {
		if (span.end > offset) break;
		delta += newText.length - (span.end - span.start);
	}
	return offset + delta;
}

/** Returns the words of a text, and everything else without white space. */
export function places(text: string): { start: number; end: number }[] {
	return [...text.matchAll(/[^\s<>]+/g)].map(({ index, 0: word }) => ({ start: index, end: index + word.length }));
}
