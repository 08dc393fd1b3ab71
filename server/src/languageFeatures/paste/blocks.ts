import { type ClipElement, styleOf } from './clip.ts';
import { INLINE } from './schema.ts';

/** Elements that begin a line of their own and are written as they are. */
const BLOCKS: ReadonlySet<string> = new Set(
	'address blockquote details dd dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li ol p pre table ul'.split(' '),
);

/** Elements of pages that only group others. */
const CONTAINERS: ReadonlySet<string> = new Set(
	'article aside body caption center dialog div fieldset footer form header hgroup html legend main nav search section summary tbody td tfoot th thead tr'.split(
		' ',
	),
);

/** Elements that are written as others. */
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

/** Elements of running text that are not written. */
const OTHER_TEXT: ReadonlySet<string> = new Set(['font', 'label']);

/** Whether an element of a page is apart from what is beside it: it begins a line of its own, or is a box beside others. */
export function isBlockBox(element: ClipElement): boolean {
	return beginsLine(element) || ((CONTAINERS.has(element.tagName) || isText(element)) && isInBoxes(element));
}

/** Whether an element of a page begins a line of its own. */
export function beginsLine(element: ClipElement): boolean {
	const { tagName } = element;
	if (BLOCKS.has(WRITTEN_AS[tagName] ?? tagName)) return true;
	const display = styleOf(element, 'display') ?? '';
	if (CONTAINERS.has(tagName)) return display !== 'inline';
	return isText(element) && /^(?:block|flex|flow-root|grid|list-item|table|table-cell)$/.test(display);
}

/** Whether an element is one of running text, and no part of a `ruby`. */
function isText({ tagName }: ClipElement): boolean {
	return (INLINE.has(WRITTEN_AS[tagName] ?? tagName) && !/^r[bpt]$/.test(tagName)) || OTHER_TEXT.has(tagName);
}

/** Whether what is around an element makes a box of each thing in it (CSS Display 3, 2.7), so that their words are apart without a space. */
function isInBoxes({ parentNode }: ClipElement): boolean {
	return (
		parentNode !== null &&
		'tagName' in parentNode &&
		/^(?:inline-)?(?:flex|grid)$/.test(styleOf(parentNode, 'display') ?? '')
	);
}
