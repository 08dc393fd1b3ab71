import type { LinkedEditingRanges, Position } from 'vscode-languageserver';
import { hasEndTag } from '../article/node.ts';
import { contains, span } from '../article/span.ts';
import { toRange } from './position.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * The pattern of tag names (WHATWG HTML, "Tag name state"). The word pattern of the language does not include hyphens, dots and
 * colons, which custom elements and XML prefixes use.
 */
const TAG_NAME = '[A-Za-z][^\\s\\0/<>"\'=`]*';

/**
 * `textDocument/linkedEditingRange`: the names in the start and end tags of an element, if the position is in one of them;
 * `undefined` elsewhere, and for elements without an end tag.
 */
export function linkedEditingRanges(document: Snapshot, position: Position): LinkedEditingRanges | undefined {
	const { parsed } = document;
	if (parsed.kind === 'list') return undefined;
	const offset = document.lines.offsetAt(position);
	for (const node of parsed.nodes) {
		if (node.implied || node.startTagEnd === node.start || !hasEndTag(node)) continue;
		const { start, endTagStart, nodeName } = node;
		const opening = span(start + 1, start + 1 + nodeName.length);
		const closing = span(endTagStart + 2, endTagStart + 2 + nodeName.length);
		if (!contains(opening, offset) && !contains(closing, offset)) continue;
		// Names may differ from the parsed element (`<image>` is parsed as `img`), so link only identical names.
		const name = parsed.text.slice(closing.start, closing.end);
		if (parsed.text.slice(opening.start, opening.end) !== name || name.toLowerCase() !== nodeName.toLowerCase())
			return undefined;
		return { ranges: [toRange(document, opening), toRange(document, closing)], wordPattern: TAG_NAME };
	}
	return undefined;
}
