import { type ClipElement, styleOf } from './clip.ts';

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

/** Whether an element of a page begins a line of its own. */
export function isBlock(element: ClipElement): boolean {
	const { tagName } = element;
	const display = styleOf(element, 'display');
	if (tagName === 'span' || tagName === 'a') return display === 'block';
	if (CONTAINERS.has(tagName)) return display !== 'inline';
	return BLOCKS.has(WRITTEN_AS[tagName] ?? tagName);
}
