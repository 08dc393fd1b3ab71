import { type ClipElement, styleOf } from './clip.ts';
import { INLINE } from './schema.ts';

/** Block elements that are kept. */
const BLOCKS: ReadonlySet<string> = new Set(
	'address blockquote details dd dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li ol p pre table ul'.split(' '),
);

/** Container elements, which are not kept. */
const CONTAINERS: ReadonlySet<string> = new Set(
	'article aside body caption center dialog div fieldset footer form header hgroup html legend main nav search section summary tbody td tfoot th thead tr'.split(
		' ',
	),
);

/** Elements that are replaced with others. */
export const WRITTEN_AS: Readonly<Record<string, string>> = {
	acronym: 'abbr',
	dir: 'ul',
	listing: 'pre',
	menu: 'ul',
	plaintext: 'pre',
	strike: 's',
	tt: 'code',
	xmp: 'pre',
};

/** Inline elements that are not kept. */
const OTHER_TEXT: ReadonlySet<string> = new Set(['font', 'label']);

/** Whether an element is visually separate from its siblings: it starts a new line, or is a flex or grid item. */
export function isBlockBox(element: ClipElement): boolean {
	return beginsLine(element) || ((CONTAINERS.has(element.tagName) || isText(element)) && isInBoxes(element));
}

/** Whether an element starts a new line. */
export function beginsLine(element: ClipElement): boolean {
	const { tagName } = element;
	if (BLOCKS.has(WRITTEN_AS[tagName] ?? tagName)) return true;
	const display = styleOf(element, 'display') ?? '';
	if (CONTAINERS.has(tagName)) return display !== 'inline';
	return isText(element) && /^(?:block|flex|flow-root|grid|list-item|table|table-cell)$/.test(display);
}

/** Whether an element is inline, and not part of a `ruby`. */
function isText({ tagName }: ClipElement): boolean {
	return (INLINE.has(WRITTEN_AS[tagName] ?? tagName) && !/^r[bpt]$/.test(tagName)) || OTHER_TEXT.has(tagName);
}

/** Whether an element is a flex or grid item (CSS Display 3, 2.7), which is separate from its siblings without white space. */
function isInBoxes({ parentNode }: ClipElement): boolean {
	return (
		parentNode !== null &&
		'tagName' in parentNode &&
		/^(?:inline-)?(?:flex|grid)$/.test(styleOf(parentNode, 'display') ?? '')
	);
}
