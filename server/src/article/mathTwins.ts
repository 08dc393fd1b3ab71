import { isHiddenByItself } from './hidden.ts';
import { ELEMENT_NODE, getAttribute, isElement, type Node, TEXT_NODE } from './node.ts';

/**
 * Formula renderers (KaTeX, MathJax, MediaWiki) write each formula two or three times: as MathML, hidden visually but
 * available to screen readers; as elements or an image, hidden from screen readers; and as TeX in a script that never
 * runs. We use the MathML, else the TeX, else the elements.
 */

/** Classes and elements of such MathML. Its siblings contain nothing but the same formula. */
const ASSISTIVE = /(?:^|\s)(?:katex-mathml|MJX_Assistive_MathML|mwe-math-mathml-(?:inline|display|a11y))(?:\s|$)/;
const ASSISTIVE_ELEMENT = 'mjx-assistive-mml';

/** Classes of the visual form of a formula, next to its MathML. */
const VISUAL = /(?:^|\s)(?:katex-html|mwe-math-fallback-image-(?:inline|display))(?:\s|$)/;

/** Classes of MathJax's output and of its preview. Both come before the TeX. */
const MATHJAX =
	/(?:^|\s)(?:MathJax(?:_(?:Display|SVG|SVG_Display|CHTML|CHTML_Display))?|mjx-chtml|MJXc-display)(?:\s|$)/;
const MATHJAX_PREVIEW = /(?:^|\s)MathJax_Preview(?:\s|$)/;

/** How many elements are examined on either side. Renderers put two or three side by side. */
const MOST_SIBLINGS = 3;

/** Formulas do not nest deeper than this. */
const MAX_DEPTH = 200;

/** How many nodes before a `math` are searched in an element for screen readers. */
const MOST_NODES = 20;

/** Whether an element is hidden, in whatever way, and contains the formula that its siblings show. */
export function isAssistiveMath(nodes: readonly Node[], index: number): boolean {
	return (
		isCandidate(nodes[index]) &&
		hasMath(nodes, index) &&
		(isNamed(nodes[index]) || siblings(nodes, index).some(at => isVisual(nodes[at])))
	);
}

/** Whether an element shows a formula that a sibling has in a better form. */
export function isMathTwin(nodes: readonly Node[], index: number): boolean {
	const node = nodes[index];
	if (node?.nodeType !== ELEMENT_NODE || isPlain(nodes, node)) return false;
	const name = classOf(node);
	const isMathJax = MATHJAX.test(name);
	const isSeen = isVisual(node) || isElement(node, 'nobr') || isElement(nodes[node.parent], 'mjx-container');
	if (!isSeen && !isMathJax && !isNamed(node) && !MATHJAX_PREVIEW.test(name)) return false;
	// If the MathML was lost, only the formula's letters are left in this element.
	if (isNamed(node)) return !hasMath(nodes, index) && siblings(nodes, index).some(at => isVisual(nodes[at]));
	if (MATHJAX_PREVIEW.test(name))
		return siblings(nodes, index).some(at => MATHJAX.test(classOf(nodes[at])) || isTex(nodes[at]));
	if (isMathJax && !holdsMath(nodes, index)) return siblings(nodes, index).some(at => at > index && isTex(nodes[at]));
	const isMarked = isVisual(node);
	return siblings(nodes, index).some(
		at => (isNamed(nodes[at]) || (isMarked && isCandidate(nodes[at]))) && hasMath(nodes, at),
	);
}

/** Whether an element has neither attributes nor a name that makes it part of a formula: most have neither. */
function isPlain(nodes: readonly Node[], { attributes, nodeName, parent }: Node): boolean {
	return (
		attributes.length === 0 &&
		nodeName !== 'nobr' &&
		nodeName !== ASSISTIVE_ELEMENT &&
		nodes[parent]?.nodeName !== 'mjx-container'
	);
}

/** Returns the TeX of a formula that otherwise exists only as MathJax output; `undefined` for anything else. */
export function texSource(nodes: readonly Node[], index: number): string | undefined {
	if (!isTex(nodes[index])) return undefined;
	const isDuplicate = siblings(nodes, index).some(
		at => at < index && MATHJAX.test(classOf(nodes[at])) && holdsMath(nodes, at),
	);
	return isDuplicate ? undefined : (nodes[index + 1]?.nodeValue ?? '').trim() || undefined;
}

function isTex(node: Node | undefined): boolean {
	return isElement(node, 'script') && /^\s*math\/(?:tex|asciimath)\b/i.test(getAttribute(node as Node, 'type') ?? '');
}

function classOf(node: Node | undefined): string {
	return node?.attributes.length ? (getAttribute(node, 'class') ?? '') : '';
}

function isNamed(node: Node | undefined): boolean {
	return isElement(node, ASSISTIVE_ELEMENT) || ASSISTIVE.test(classOf(node));
}

function isCandidate(node: Node | undefined): boolean {
	return node !== undefined && (isNamed(node) || isHiddenByItself(node));
}

/** Whether an element, on its own markup, can be the visual form of a formula. */
function isVisual(node: Node | undefined): boolean {
	if (!node?.attributes.length) return false;
	return getAttribute(node, 'aria-hidden') === 'true' || VISUAL.test(classOf(node));
}

function hasMath(nodes: readonly Node[], index: number): boolean {
	const last = Math.min(nodes[index]?.last ?? index, index + MOST_NODES);
	for (let at = index + 1; at <= last; at++) {
		const node = nodes[at] as Node;
		if (node.nodeName === 'math' && node.foreign) return node.last > at;
	}
	return false;
}

/**
 * Whether MathJax output includes MathML for screen readers: after the visual form, possibly inside one more element.
 */
function holdsMath(nodes: readonly Node[], index: number): boolean {
	for (const depth of [0, 1]) {
		let at = index;
		for (let level = 0; level < depth; level++) at = lastChild(nodes, at) ?? at;
		const last = lastChild(nodes, at);
		if (last !== undefined && isNamed(nodes[last]) && hasMath(nodes, last)) return true;
	}
	return false;
}

/** Returns the last child element of an element. */
function lastChild(nodes: readonly Node[], index: number): number | undefined {
	const end = nodes[index]?.last ?? index;
	return end === index ? undefined : elementAt(nodes, climb(nodes, end, index), -1);
}

/** Returns the elements directly before and after an element, separated only by white space and comments. */
function siblings(nodes: readonly Node[], index: number): readonly number[] {
	const found: number[] = [];
	for (const step of [-1, 1] as const) {
		let at: number | undefined = index;
		for (let count = 0; count < MOST_SIBLINGS; count++) {
			at = elementAt(nodes, beside(nodes, at, step), step);
			if (at === undefined) break;
			found.push(at);
		}
	}
	return found;
}

/**
 * Returns the element at a node or, past white space and comments, the next one in the direction of `step`; `undefined`
 * at text or at the end.
 */
function elementAt(nodes: readonly Node[], index: number | undefined, step: -1 | 1): number | undefined {
	for (
		let at = index, looked = 0;
		at !== undefined && looked <= MOST_SIBLINGS;
		at = beside(nodes, at, step), looked++
	) {
		const node = nodes[at] as Node;
		if (node.nodeType === ELEMENT_NODE) return at;
		if (node.nodeType === TEXT_NODE && node.nodeValue.trim() !== '') return undefined;
	}
	return undefined;
}

/** Returns the sibling directly before (-1) or after (1) a node. */
function beside(nodes: readonly Node[], index: number, step: -1 | 1): number | undefined {
	const node = nodes[index];
	const parent = node?.parent ?? -1;
	if (!node) return undefined;
	if (step === 1) return nodes[node.last + 1]?.parent === parent ? node.last + 1 : undefined;
	return index - 1 <= parent ? undefined : climb(nodes, index - 1, parent);
}

/** Returns the child of `parent` that contains a node; `undefined` if the node is nested deeper than any formula. */
function climb(nodes: readonly Node[], index: number, parent: number): number | undefined {
	let at = index;
	for (let steps = 0; steps < MAX_DEPTH; steps++) {
		const next = nodes[at]?.parent ?? -1;
		if (next === parent) return at;
		if (next === -1) return undefined;
		at = next;
	}
	return undefined;
}
