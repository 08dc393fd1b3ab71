import type { Article } from '../../../server/src/article/article.ts';
import { BLOCK_ELEMENTS, EMBED_ELEMENTS } from '../../../server/src/article/elements.ts';
import {
	children,
	ELEMENT_NODE,
	getAttribute,
	isUnrendered,
	type Node,
	TEXT_NODE,
} from '../../../server/src/article/node.ts';
import type { Label } from './labels.ts';

/** How many characters of a text are shown. */
const MOST_SHOWN = 150;

/** Attributes that are shown, shortened. */
const SHOWN = ['id', 'class', 'role', 'rel', 'itemprop', 'property', 'typeof', 'aria-label', 'style', 'hidden'];

/**
 * Prints the tree of an article's body for labelling: each block-level element on a line with its number, its text with
 * its inline elements, its images and times. It must not use what the product finds, since it is measured with this.
 */
export function showBody({ nodes, text }: Article, label?: Label): string {
	const lines: string[] = [];
	const holdsBlock = new Uint8Array(nodes.length);
	for (let index = nodes.length - 1; index >= 0; index--) {
		const { parent, foreign } = nodes[index] as Node;
		if (parent !== -1 && !foreign && (isBlock(nodes[index]) || holdsBlock[index] === 1)) holdsBlock[parent] = 1;
	}
	const isDivider = (index: number): boolean => isBlock(nodes[index]) || holdsBlock[index] === 1;
	const mark = (index: number): string => (label ? markOf(label, nodes[index] as Node, holdsBlock[index] === 1) : '');
	const line = (depth: number, index: number, what: string): void => {
		lines.push(`${mark(index)}${'  '.repeat(Math.min(depth, 12))}${index} ${what}`);
	};
	const showExtras = (depth: number, first: number, last: number): void => {
		for (let index = first; index <= last; index++) {
			const node = nodes[index] as Node;
			if (node.nodeName === 'img' || node.nodeName === 'source') line(depth, index, describeImage(node));
			else if (node.nodeName === 'time') line(depth, index, `time ${getAttribute(node, 'datetime') ?? ''}`);
			else if (node.nodeName === 'meta' || node.nodeName === 'data')
				line(depth, index, `${node.nodeName}${attributesOf(node)} content=${getAttribute(node, 'content') ?? ''}`);
			else if (EMBED_ELEMENTS.has(node.nodeName))
				line(depth, index, `${node.nodeName} ${(getAttribute(node, 'src') ?? '').slice(0, 100)}`);
		}
	};
	const showRun = (depth: number, first: number, last: number): void => {
		const shown = inline(nodes, first, last);
		if (shown)
			lines.push(
				`${mark(first)}${'  '.repeat(Math.min(depth, 12))}${first === last ? first : `${first}-${last}`} ~ ${shown}`,
			);
		showExtras(depth + 1, first, last);
	};
	const stack: { readonly parent: number; readonly depth: number; readonly rest: number[] }[] = [
		{ parent: -1, depth: 0, rest: [...children(nodes, -1)] },
	];
	for (let top = stack.at(-1); top; top = stack.at(-1)) {
		const index = top.rest.shift();
		if (index === undefined) {
			stack.pop();
			continue;
		}
		const { depth } = top;
		const node = nodes[index] as Node;
		if (isUnrendered(node)) {
			line(depth, index, `${node.nodeName} (${node.end - node.start} characters)`);
		} else if (isDivider(index) && !node.foreign) {
			const name = `${node.nodeName}${attributesOf(node)}`;
			if (holdsBlock[index] === 1) {
				line(depth, index, name);
				stack.push({ parent: index, depth: depth + 1, rest: [...children(nodes, index)] });
			} else {
				line(depth, index, `${name} ${inline(nodes, index + 1, node.last)}`);
				showExtras(depth + 1, index + 1, node.last);
			}
		} else {
			let last = index;
			for (let next = top.rest[0]; next !== undefined && !isDivider(next); next = top.rest[0]) {
				if (isUnrendered(nodes[next] as Node)) break;
				last = next;
				top.rest.shift();
			}
			showRun(depth, index, nodes[last]?.last ?? last);
		}
	}
	return `${text.slice(0, nodes[0]?.start ?? text.length).trim()}\n\n${lines.join('\n')}\n`;
}

function isBlock(node: Node | undefined): boolean {
	return node !== undefined && !node.foreign && (BLOCK_ELEMENTS.has(node.nodeName) || node.nodeName === 'noscript');
}

/** Returns the text of some nodes with the numbers and names of inline elements, without its middle if it is long. */
function inline(nodes: readonly Node[], first: number, last: number): string {
	let shown = '';
	let length = 0;
	const ends: number[] = [];
	for (let index = first; index <= last; index++) {
		const node = nodes[index] as Node;
		while (ends.length > 0 && (ends.at(-1) ?? 0) < index) {
			ends.pop();
			shown += '›';
		}
		if (node.nodeType === TEXT_NODE) {
			shown += node.nodeValue.replace(/\s+/g, ' ');
			length += node.nodeValue.trim().length;
		} else if (node.nodeType !== ELEMENT_NODE) {
			shown += '‹comment›';
		} else if (isUnrendered(node)) {
			shown += `‹${index} ${node.nodeName}›`;
			index = node.last;
		} else if (node.nodeName === 'br') shown += '⏎';
		else if (node.nodeName === 'img') shown += `‹${index} IMG›`;
		else {
			shown += `‹${index} ${node.nodeName}${attributesOf(node, 30)}: `;
			ends.push(node.last);
		}
	}
	shown = `${shown}${'›'.repeat(ends.length)}`.trim();
	const shortened =
		shown.length <= MOST_SHOWN * 1.3 ? shown : `${shown.slice(0, MOST_SHOWN - 50)} […] ${shown.slice(-50)}`;
	return shortened && `${shortened}${length > 60 ? ` (${length})` : ''}`;
}

function attributesOf(node: Node, most = 60): string {
	let shown = '';
	for (const name of SHOWN) {
		const value = getAttribute(node, name);
		if (value === undefined) continue;
		const short = value.replace(/\s+/g, ' ').slice(0, most);
		shown +=
			name === 'class' ? `.${short.trim().replaceAll(' ', '.')}` : name === 'id' ? `#${short}` : `[${name}=${short}]`;
	}
	return shown;
}

/** Returns the addresses that an image has in any attribute, and its texts. */
function describeImage(node: Node): string {
	const shown = node.attributes
		.filter(
			({ name, value }) =>
				/^(?:alt|title|width|height)$/.test(name) || /\/\/|^data:|\.(?:jpe?g|png|gif|webp)/i.test(value),
		)
		.map(({ name, value }) => `${name}=${name.endsWith('srcset') ? value.slice(0, 60) : value.slice(0, 160)}`);
	return `${node.nodeName.toUpperCase()} ${attributesOf(node)} ${shown.join(' ')}`;
}

/** Returns how a node is labelled, as a margin. What is in a node is said at that, not at a node with blocks around it. */
function markOf(label: Label, { start, end }: Node, isAround: boolean): string {
	const has = (spans: readonly { start: number; end: number }[]): boolean =>
		!isAround && spans.some(one => one.start >= start && one.end <= end);
	const piece = label.furniture.find(one => one.start <= start && start < one.end);
	const words = [
		piece?.kind.slice(0, 6),
		label.either.some(one => one.start <= start && start < one.end) && 'EITHER',
		has(label.headings) && 'HEAD',
		has(label.figures.map(({ image }) => image)) && 'IMG',
		has(label.figures.flatMap(({ caption }) => caption ?? [])) && 'CAPT',
		has(label.figures.flatMap(({ credit }) => credit ?? [])) && 'CRED',
		has(label.byline ?? []) && 'BY',
	];
	return `${(words.find(word => word) || '').padEnd(7)}`;
}
