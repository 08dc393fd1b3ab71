import { Parser } from 'htmlparser2';
import type { Article } from '../../../server/src/article/article.ts';
import type { TextEdit } from '../../../server/src/article/edits.ts';

/** What two forms of one article are compared by: other code than that which makes them. */

/** Elements that HTML lays out as blocks. */
export const BLOCKS: ReadonlySet<string> = new Set(
	'address article aside blockquote caption center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li listing main menu nav ol optgroup option p pre section summary table tbody td tfoot th thead tr ul xmp plaintext'.split(
		' ',
	),
);

/** Elements in which every space is seen, and what stands for spaces there. */
const KEPT = new Set(['pre', 'textarea', 'script', 'style', 'listing', 'xmp', 'plaintext']);
const SPACES = new Map([
	[' ', '␠'],
	['\n', '␊'],
	['\t', '␉'],
]);

/** The writer's own rule, word for word: split at `\n`, trim each line, join with nothing. */
export function writersRule(text: string, bodyStart: number): string {
	const body = text
		.slice(bodyStart)
		.split('\n')
		.map(line => line.trim())
		.join('');
	const lineBreak = /\r?\n/.exec(text)?.[0] ?? '\n';
	return text.slice(0, bodyStart) + body + (body === '' ? '' : lineBreak);
}

/** The text of a body as a browser lays it out, by htmlparser2: blocks on lines, white space that HTML shows as one space. */
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

/** The same by the article's own tree, which knows what HTML makes of tables, SVG and what was not closed; and its elements. */
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
			// Programs read it as it is, and nobody sees it.
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

/** Where an offset of a text is after edits. */
export function carry(edits: readonly TextEdit[], offset: number): number {
	let delta = 0;
	for (const { span, newText } of edits) {
		if (span.end > offset) break;
		delta += newText.length - (span.end - span.start);
	}
	return offset + delta;
}

/** The words of a text, and all else that has no white space in it. */
export function places(text: string): { start: number; end: number }[] {
	return [...text.matchAll(/[^\s<>]+/g)].map(({ index, 0: word }) => ({ start: index, end: index + word.length }));
}
