import type { Element, ElementContent, Properties } from 'hast';
import { beginsLine } from './blocks.ts';
import { type ClipElement, type ClipNode, elementsIn, hasClass, isElementNode, styleOf } from './clip.ts';
import { isHidden, make } from './inline.ts';
import { hasContent } from './spaces.ts';

/** Elements that are kept in code blocks. */
const KEPT: ReadonlySet<string> = new Set('b code del em i ins kbd mark samp strong sub sup var'.split(' '));

/** Whether an element is a code block by its style, as copied from code editors. */
export function isCode(element: ClipElement): boolean {
	return (
		/^(?:div|p|section)$/.test(element.tagName) &&
		/^(?:pre|break-spaces)/.test(styleOf(element, 'white-space') ?? '') &&
		/mono|consolas|courier|menlo/.test(styleOf(element, 'font-family') ?? '')
	);
}

const CODE_CELL: ReadonlySet<string> = new Set(['blob-code', 'code', 'hljs-ln-code', 'js-file-line']);
const LINE_NUMBER: ReadonlySet<string> = new Set([
	'blob-num',
	'gutter',
	'hljs-ln-numbers',
	'lineno',
	'linenos',
	'line-numbers',
]);

/** Returns the code cells of a table that contains code with line numbers; `undefined` for any other table. */
export function codeCells(table: ClipElement): readonly ClipElement[] | undefined {
	const cells = elementsIn(table.childNodes).filter(({ tagName }) => tagName === 'td' || tagName === 'th');
	const code = cells.filter(cell => hasClass(cell, CODE_CELL));
	const numbers = cells.filter(cell => hasClass(cell, LINE_NUMBER));
	return code.length > 0 && numbers.length > 0 && code.length + numbers.length === cells.length ? code : undefined;
}

/** Converts nodes to a code block. Lines may be separated by line breaks or `br`, or be one element each. */
export function codeBlock(nodes: readonly ClipNode[], properties: Properties): Element | undefined {
	/** The last character written; a line break if no line has been started. */
	let last = '\n';
	const text = (value: string): ElementContent[] => {
		if (value === '') return [];
		last = value.slice(-1);
		return [{ type: 'text', value }];
	};
	const breakLine = (): ElementContent[] => (last === '\n' ? [] : text('\n'));
	const read = (node: ClipNode): ElementContent[] => {
		if (!isElementNode(node)) return 'value' in node ? text(node.value.replaceAll('\u00a0', ' ')) : [];
		if (isHidden(node) || /^(?:button|script|style|svg|template)$/.test(node.tagName)) return [];
		if (node.tagName === 'br') return text('\n');
		const isLine = beginsLine(node);
		const start = isLine ? breakLine() : [];
		const children = node.childNodes.flatMap(read);
		const content = KEPT.has(node.tagName) ? [make(node.tagName, {}, children)] : children;
		const isEmptyLine = children.length === 0 && /^t[dh]$/.test(node.tagName);
		return [...start, ...content, ...(isEmptyLine ? text('\n') : isLine ? breakLine() : [])];
	};
	const children = trimLines(nodes.flatMap(read));
	return children.some(hasContent) ? make('pre', properties, children) : undefined;
}

/** Removes line breaks at both ends: HTML ignores the first one, and does not show the last. */
function trimLines(nodes: readonly ElementContent[]): ElementContent[] {
	const trimmed = (node: ElementContent, edge: 'start' | 'end'): ElementContent | undefined => {
		if (node.type === 'text') {
			const value = node.value.replace(edge === 'start' ? /^\n+/ : /(?<!\n)\n+$/, '');
			return value === '' ? undefined : { ...node, value };
		}
		if (node.type !== 'element') return node;
		const children = trim(node.children, edge);
		return children.length === 0 ? undefined : { ...node, children };
	};
	const trim = (list: readonly ElementContent[], edge: 'start' | 'end'): ElementContent[] => {
		const kept = [...list];
		while (kept.length > 0) {
			const at = edge === 'start' ? 0 : kept.length - 1;
			const node = trimmed(kept[at] as ElementContent, edge);
			if (node) {
				kept[at] = node;
				break;
			}
			if (edge === 'start') kept.shift();
			else kept.pop();
		}
		return kept;
	};
	return trim(trim(nodes, 'start'), 'end');
}
