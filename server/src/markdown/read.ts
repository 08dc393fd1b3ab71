import type { Nodes, PhrasingContent, Root, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { webAddress } from './tree.ts';

/** What is text in what people say, though CommonMark has it: HTML, and what would hide a line or make it a heading because of the next. */
const DISABLED = ['definition', 'htmlFlow', 'htmlText', 'setextUnderline'];

/** A longer text, in UTF-16 units, or one that nests deeper is shown as it was typed: the libraries walk it by recursion. */
const MAX_MARKDOWN_CHARS = 8000;
const MAX_DEPTH = 50;

/** With more lists in lists in one line, or more marks of emphasis, the parser takes seconds, or minutes. */
const DEEPEST_LINE = 6;
const MOST_MARKS = 500;
const DEEP_LINE = new RegExp(`^(?:[ \\t]*(?:[-*+>]|\\d{1,9}[.)])[ \\t]*){${DEEPEST_LINE + 1}}`, 'm');

/**
 * Reads what a person said in Markdown (CommonMark, and addresses that stand alone). Lines that are broken stay broken, pictures become
 * links to them, and links lead to pages and mailboxes only.
 */
export function readMarkdown(text: string): readonly RootContent[] {
	return read(text, 'linked');
}

/** Reads what a library says in Markdown, without its pictures. */
export function readWithoutPictures(text: string): readonly RootContent[] {
	return read(text, 'left out');
}

/** What becomes of pictures. In a link they are words, since nothing in a link leads elsewhere. */
type Pictures = 'linked' | 'words' | 'left out';

function read(text: string, pictures: Pictures): readonly RootContent[] {
	const tree = isCostly(text) ? undefined : fromMarkdown(text, { extensions: [{ disable: { null: DISABLED } }] });
	if (!tree || nestsDeeper(tree, MAX_DEPTH)) return [{ type: 'code', value: text }];
	for (const { transforms } of gfmFromMarkdown()) for (const transform of transforms ?? []) transform?.(tree);
	return shown(tree.children, pictures) as RootContent[];
}

function isCostly(text: string): boolean {
	return (
		text.length > MAX_MARKDOWN_CHARS ||
		text.split(/[*_]/, MOST_MARKS + 2).length > MOST_MARKS + 1 ||
		DEEP_LINE.test(text)
	);
}

/** Nodes as they are shown. */
function shown(nodes: readonly Nodes[], pictures: Pictures): Nodes[] {
	return nodes.flatMap((node): Nodes[] => {
		switch (node.type) {
			case 'text':
				return withBreaks(node.value);
			case 'image': {
				if (pictures === 'left out') return [];
				const label: Nodes[] = [{ type: 'text', value: node.alt || node.url }];
				return pictures === 'linked' ? linked(node.url, label) : label;
			}
			case 'link':
				return linked(node.url, shown(node.children, pictures === 'linked' ? 'words' : pictures));
			case 'heading':
				return [{ type: 'paragraph', children: [made({ type: 'strong', children: node.children }, pictures)] }];
			default:
				return [made(node, pictures)];
		}
	});
}

function made<T extends Nodes>(node: T, pictures: Pictures): T {
	return 'children' in node ? { ...node, children: shown(node.children, pictures) } : node;
}

function withBreaks(value: string): Nodes[] {
	return value
		.split('\n')
		.flatMap((line, index): Nodes[] => [
			...(index > 0 ? [{ type: 'break' } as const] : []),
			...(line === '' ? [] : [{ type: 'text', value: line } as const]),
		]);
}

/** A link, or where it would lead nowhere its label and what its address says. */
function linked(url: string, label: readonly Nodes[]): Nodes[] {
	const address = webAddress(url);
	if (address !== undefined) return [{ type: 'link', url: address, children: label as PhrasingContent[] }];
	const [only] = label;
	const isSaid = url === '' || (label.length === 1 && only?.type === 'text' && only.value === url);
	return isSaid ? [...label] : [...label, { type: 'text', value: ` (${url})` }];
}

function nestsDeeper(tree: Root, depth: number): boolean {
	let level: (Root | RootContent)[] = [tree];
	for (let at = 0; level.length > 0; at++) {
		if (at > depth) return true;
		level = level.flatMap(node => ('children' in node ? node.children : []));
	}
	return false;
}
