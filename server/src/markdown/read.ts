import type { Nodes, PhrasingContent, Root, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { webAddress } from './tree.ts';

/**
 * CommonMark constructs that are text in notes: HTML, and those in which one line hides another or makes it a heading.
 */
const DISABLED = ['definition', 'htmlFlow', 'htmlText', 'setextUnderline'];

/** Longer texts, in UTF-16 units, and deeper nesting are shown as typed, since the libraries are recursive. */
const MAX_MARKDOWN_CHARS = 8000;
const MAX_DEPTH = 50;

/** With more nested lists on one line, or more emphasis marks, the parser takes seconds or minutes. */
const DEEPEST_LINE = 6;
const MOST_MARKS = 500;
const DEEP_LINE = new RegExp(`^(?:[ \\t]*(?:[-*+>]|\\d{1,9}[.)])[ \\t]*){${DEEPEST_LINE + 1}}`, 'm');

/**
 * Parses Markdown that users write (CommonMark plus bare URLs). Line breaks are kept, images become links, and links
 * are limited to web pages and email addresses.
 */
export function readMarkdown(text: string): readonly RootContent[] {
	return read(text, 'linked');
}

/** Parses the Markdown of a library's messages, without its images. */
export function readWithoutPictures(text: string): readonly RootContent[] {
	return read(text, 'omitted');
}

/** How images are handled. Inside a link they become text, since links cannot nest. */
type Images = 'linked' | 'text' | 'omitted';

function read(text: string, images: Images): readonly RootContent[] {
	const tree = isCostly(text) ? undefined : fromMarkdown(text, { extensions: [{ disable: { null: DISABLED } }] });
	if (!tree || nestsDeeper(tree, MAX_DEPTH)) return [{ type: 'code', value: text }];
	for (const { transforms } of gfmFromMarkdown()) for (const transform of transforms ?? []) transform?.(tree);
	return shown(tree.children, images) as RootContent[];
}

function isCostly(text: string): boolean {
	return (
		text.length > MAX_MARKDOWN_CHARS ||
		text.split(/[*_]/, MOST_MARKS + 2).length > MOST_MARKS + 1 ||
		DEEP_LINE.test(text)
	);
}

/** Returns the nodes to show for parsed ones. */
function shown(nodes: readonly Nodes[], images: Images): Nodes[] {
	return nodes.flatMap((node, index): Nodes[] => {
		switch (node.type) {
			case 'text': {
				const isBehindOmitted = images === 'omitted' && index === 1 && nodes[0]?.type === 'image';
				return withBreaks(isBehindOmitted ? node.value.trimStart() : node.value);
			}
			case 'image': {
				if (images === 'omitted') return [];
				const label: Nodes[] = [{ type: 'text', value: node.alt || node.url }];
				return images === 'linked' ? linked(node.url, label) : label;
			}
			case 'link':
				return linked(node.url, shown(node.children, images === 'linked' ? 'text' : images));
			case 'heading':
				return [{ type: 'paragraph', children: [transformed({ type: 'strong', children: node.children }, images)] }];
			default:
				return [transformed(node, images)];
		}
	});
}

function transformed<T extends Nodes>(node: T, images: Images): T {
	return 'children' in node ? { ...node, children: shown(node.children, images) } : node;
}

function withBreaks(value: string): Nodes[] {
	return value
		.split('\n')
		.flatMap((line, index): Nodes[] => [
			...(index > 0 ? [{ type: 'break' } as const] : []),
			...(line === '' ? [] : [{ type: 'text', value: line } as const]),
		]);
}

/** Returns a link, or its label and URL as text if the URL cannot be opened. */
function linked(url: string, label: readonly Nodes[]): Nodes[] {
	const address = webAddress(url);
	if (address !== undefined) return [{ type: 'link', url: address, children: label as PhrasingContent[] }];
	const [only] = label;
	const isUrlShown = url === '' || (label.length === 1 && only?.type === 'text' && only.value === url);
	return isUrlShown ? [...label] : [...label, { type: 'text', value: ` (${url})` }];
}

function nestsDeeper(tree: Root, depth: number): boolean {
	let level: (Root | RootContent)[] = [tree];
	for (let at = 0; level.length > 0; at++) {
		if (at > depth) return true;
		level = level.flatMap(node => ('children' in node ? node.children : []));
	}
	return false;
}
