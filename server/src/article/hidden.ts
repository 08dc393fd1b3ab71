import { hintTest } from '../util/hints.ts';
import { ELEMENT_NODE, getAttribute, type Node } from './node.ts';

/** Class names for content that is visible to screen readers only, as used by style sheets and publishing systems. */
const FOR_SCREEN_READERS =
	/(?:^|[\s_-])(?:(?:sr|screen-?reader(?:s|-text)?)-only|visually-?hidden(?:-?text)?|hidden-?visually|screen-?reader-?text|show-for-sr|element-invisible|assistive-text|a11y-hidden|hide-visually|offscreen)(?=[\s_]|$|-sc-|-styles?|-\w*\d)|(?:^|\s)(?:screen-?reader|srOnly|screenReaderOnly)(?=\s|$)/i;

/** One of these is in each of them, in upper or lower case. */
export const FOR_SCREEN_READERS_HINTS: readonly string[] = [
	'only',
	'visually',
	'screen',
	'show-for',
	'invisible',
	'assistive',
	'a11y',
	'offscreen',
];

const mayBeForScreenReaders = hintTest(FOR_SCREEN_READERS_HINTS);

/**
 * Whether an element, with its content, is hidden by its own markup, whatever is around it. Scripts and style sheets
 * are not considered.
 */
export function isHiddenByItself(node: Node): boolean {
	if (node.nodeType !== ELEMENT_NODE) return false;
	const { nodeName } = node;
	if (nodeName === 'dialog' && getAttribute(node, 'open') === undefined) return !node.foreign;
	if (node.attributes.length === 0) return nodeName === 'datalist';
	for (const { name, value } of node.attributes) {
		// Content that is hidden "until-found" can be found.
		if (name === 'hidden' && value.trim().toLowerCase() !== 'until-found') return !node.foreign;
		if (name === 'class' && isForScreenReaders(value)) return true;
		if (name === 'style' && hidesByStyle(value)) return true;
	}
	return nodeName === 'datalist' || (nodeName === 'input' && /^\s*hidden\s*$/i.test(getAttribute(node, 'type') ?? ''));
}

/** Whether class names say that content is visible to screen readers only. */
export function isForScreenReaders(classNames: string): boolean {
	return mayBeForScreenReaders(classNames) && FOR_SCREEN_READERS.test(classNames);
}

/** Whether inline styles hide an element: it is not displayed, clipped to nothing, or positioned far off the page. */
export function hidesByStyle(style: string): boolean {
	if (!/none|hidden|collapse|clip|-\d{3}/i.test(style)) return false;
	const declared = declarations(style);
	const says = (name: string, pattern: RegExp): boolean => pattern.test(declared.get(name) ?? '');
	if (says('display', /^none$/) || says('visibility', /^(?:hidden|collapse)$/)) return true;
	if (!says('position', /^(?:absolute|fixed)$/)) return false;
	if (
		says('clip', /^rect\(\s*(?:0|1px)(?:px)?[\s,]+(?:0|1px)(?:px)?[\s,]+(?:0|1px)(?:px)?[\s,]+(?:0|1px)(?:px)?\s*\)$/)
	)
		return true;
	if (says('clip-path', /^inset\(\s*(?:50|100)%\s*\)$/)) return true;
	return ['left', 'right', 'top'].some(side => says(side, /^-\d{3,}(?:\.\d+)?(?:px|em|rem|vw|vh)$/));
}

/**
 * Returns the last declaration of each property (CSS Syntax, "declarations"), in lower case, without comments and
 * `!important`.
 */
function declarations(style: string): ReadonlyMap<string, string> {
	const declared = new Map<string, string>();
	for (const part of style.replace(/\/\*[\s\S]*?(?:\*\/|$)/g, '').split(';')) {
		const colon = part.indexOf(':');
		if (colon === -1) continue;
		const value = part
			.slice(colon + 1)
			.replace(/!\s*important\s*$/i, '')
			.trim();
		declared.set(part.slice(0, colon).trim().toLowerCase(), value.toLowerCase());
	}
	return declared;
}
