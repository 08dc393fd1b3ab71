import type { Position } from 'vscode-languageserver';
import { VOID_ELEMENTS } from '../article/elements.ts';
import { ancestors, hasEndTag, type Node } from '../article/node.ts';
import { openElement, placeAt } from './completion/place.ts';
import { literal } from './completion/suggestion.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * Returns the snippet to insert after a typed `>` or `</`; `undefined` for none. After `>`, the end tag of the element unless
 * it already has one that no ancestor needs; after `</`, the name of the innermost open element.
 */
export function tagClosing(document: Snapshot, position: Position): string | undefined {
	const { parsed } = document;
	const offset = document.lines.offsetAt(position);
	if (parsed.kind === 'list' || offset <= parsed.body.span.start) return undefined;
	const { text, nodes } = parsed;
	if (text[offset - 1] === '>') {
		const index = nodes.findIndex(node => node.startTagEnd === offset && node.start < offset && !node.implied);
		const element = nodes[index];
		if (!element || VOID_ELEMENTS.has(element.nodeName) || text[offset - 2] === '/') return undefined;
		return needsEndTag(nodes, index, element) ? `$0</${literal(nameIn(text, element))}>` : undefined;
	}
	if (!text.endsWith('</', offset) || placeAt(parsed, offset)?.kind !== 'tagName') return undefined;
	const element = openElement(nodes, offset - 2);
	return element && `${literal(nameIn(text, element))}${text[offset] === '>' ? '' : '>'}$0`;
}

/** Returns the name of an element as written in its start tag. */
function nameIn(text: string, { start, nodeName }: Node): string {
	return text.slice(start + 1, start + 1 + nodeName.length);
}

/** Whether an element has no end tag, or took the end tag of an ancestor with the same name. */
function needsEndTag(nodes: readonly Node[], index: number, element: Node): boolean {
	if (!hasEndTag(element)) return true;
	for (const above of ancestors(nodes, index)) {
		const node = nodes[above];
		if (node && node.nodeName === element.nodeName && !node.implied && !hasEndTag(node)) return true;
	}
	return false;
}
