import type { Element, ElementContent, Properties } from 'hast';
import { type MathLetters, mathLetters } from '../article/mathLetters.ts';
import { mathText } from '../article/mathText.ts';
import { children, ELEMENT_NODE, getAttribute, isUnrendered, type Node, TEXT_NODE } from '../article/node.ts';
import { MATH_TAGS, MATH_TOKENS } from '../protocol/reader.ts';

/** What drawing a formula depends on. */
export interface MathContext {
	readonly nodes: readonly Node[];
	/** 1 for each element that is not drawn, by index. */
	readonly hidden: Uint8Array;
	/** Adds a text node to the block and returns its text as drawn. */
	addText(node: Node, letters: MathLetters | undefined): string;
	/** Draws an image; `undefined` if it is not shown. */
	picture(index: number): Element | undefined;
}

/** Maximum nesting depth of formulas. Deeper content is moved to the deepest element. */
const MAX_DEPTH = 40;

/** Elements that are drawn as other elements of MathML Core. Unknown elements become a row. */
const DRAWN_AS: ReadonlyMap<string, string> = new Map([
	['mlabeledtr', 'mtr'],
	['mglyph', 'mtext'],
]);

/** An element while its children are drawn. */
interface Open {
	readonly children: ElementContent[];
	readonly last: number;
	readonly isToken: boolean;
	readonly letters: MathLetters | undefined;
	/** The only child to draw, if not all are. */
	readonly only: number | undefined;
	/** The alignment of the columns, in a table and its rows; and how many cells a row has so far. */
	readonly align: readonly string[];
	cells: number;
	/** What `mfenced` adds between its children and after the last. */
	readonly fence?: { readonly separators: readonly string[]; readonly close: string; count: number };
}

/** Draws a `math` element with its content as MathML Core. Linear in its content. */
export function drawMath(context: MathContext, index: number): Element {
	const { nodes, hidden } = context;
	const math = nodes[index] as Node;
	const tex = onlyTex(nodes, index);
	if (tex !== undefined) return element('code', { says: tex || 'Formula' });
	const top = element('math', { ...mathProperties(math, 'math'), alttext: mathText(nodes, index) });
	const open: Open[] = [openOf(nodes, index, top, undefined)];
	const into = (): Open => open.at(-1) as Open;
	for (let at = index + 1; at <= math.last; at++) {
		const node = nodes[at] as Node;
		while (open.length > 1 && into().last < at) close(open);
		const holder = into();
		if (node.nodeType === TEXT_NODE) {
			if (holder.isToken) holder.children.push(text(context.addText(node, holder.letters)));
			else if (node.nodeValue.trim() !== '')
				holder.children.push(element('mtext', {}, [text(context.addText(node, undefined))]));
			continue;
		}
		if (node.nodeType !== ELEMENT_NODE || isUnrendered(node) || /^annotation/.test(node.nodeName)) {
			at = node.last;
			continue;
		}
		if (!node.foreign) {
			// HTML in the text of a formula: draw its text and images.
			const picture = hidden[at] || node.nodeName !== 'img' ? undefined : context.picture(at);
			if (picture) holder.children.push(picture);
			if (hidden[at] || node.nodeName === 'img') at = node.last;
			continue;
		}
		const isShown = !hidden[at] && (holder.only === undefined || holder.only === at) && node.nodeName !== 'svg';
		separate(holder);
		if (!isShown) {
			// Keep an empty child: scripts are identified by their position among the children.
			if (holder.only === undefined) holder.children.push(element('mrow', {}));
			at = node.last;
			continue;
		}
		const drawn = drawElement(node);
		holder.children.push(drawn);
		if (drawn.tagName === 'mtd') {
			const align = holder.align[holder.cells++] ?? holder.align.at(-1);
			if (align !== undefined) drawn.properties.columnalign ??= align;
		}
		if (open.length < MAX_DEPTH) open.push(openOf(nodes, at, drawn, holder));
	}
	while (open.length > 1) close(open);
	return top;
}

function openOf(nodes: readonly Node[], index: number, drawn: Element, around: Open | undefined): Open {
	const node = nodes[index] as Node;
	const variant = getAttribute(node, 'mathvariant');
	const entry: Open = {
		children: drawn.children,
		last: node.last,
		isToken: MATH_TOKENS.has(drawn.tagName),
		letters: variant === undefined ? around?.letters : mathLetters(variant),
		only: node.nodeName === 'maction' ? chosen(nodes, index) : undefined,
		align: columnsOf(drawn) ?? (drawn.tagName === 'mtr' ? (around?.align ?? []) : []),
		cells: 0,
		...(node.nodeName === 'mfenced' ? { fence: fenceOf(node) } : {}),
	};
	if (entry.fence) drawn.children.push(operator(getAttribute(node, 'open') ?? '('));
	return entry;
}

/** Removes and returns the column alignment of a table or row, which is drawn on each cell instead. */
function columnsOf({ tagName, properties }: Element): readonly string[] | undefined {
	if (tagName !== 'mtable' && tagName !== 'mtr') return undefined;
	const { columnalign } = properties;
	delete properties.columnalign;
	return typeof columnalign === 'string' ? columnalign.split(/\s+/) : undefined;
}

function fenceOf(node: Node): NonNullable<Open['fence']> {
	const separators = [...(getAttribute(node, 'separators') ?? ',').replace(/\s/g, '')];
	return { separators, close: getAttribute(node, 'close') ?? ')', count: 0 };
}

/** Adds the separator before the next child of `mfenced`. */
function separate({ fence, children: drawn }: Open): void {
	if (!fence) return;
	const separator = fence.separators[fence.count - 1] ?? fence.separators.at(-1);
	if (fence.count > 0 && separator !== undefined) drawn.push(operator(separator));
	fence.count++;
}

function close(open: Open[]): void {
	const last = open.pop();
	if (last?.fence) last.children.push(operator(last.fence.close));
}

/** Returns the child of `maction` that is shown initially (MathML 3, `selection`). */
function chosen(nodes: readonly Node[], index: number): number | undefined {
	const elements = [...children(nodes, index)].filter(at => nodes[at]?.nodeType === ELEMENT_NODE);
	const isToggle = getAttribute(nodes[index] as Node, 'actiontype')?.trim() === 'toggle';
	const selection = isToggle ? Number.parseInt(getAttribute(nodes[index] as Node, 'selection') ?? '1', 10) : 1;
	return elements[selection - 1] ?? elements[0];
}

function drawElement(node: Node): Element {
	const { nodeName } = node;
	const notation = nodeName === 'menclose' ? (getAttribute(node, 'notation') ?? 'longdiv') : '';
	const drawn = /\bradical\b/.test(notation) ? 'msqrt' : (DRAWN_AS.get(nodeName) ?? nodeName);
	// A nested `math` becomes a row.
	const name = MATH_TAGS.has(drawn) && drawn !== 'math' ? drawn : 'mrow';
	const properties = mathProperties(node, name);
	if (nodeName === 'mglyph') properties.says = getAttribute(node, 'alt') || 'Image';
	if (name === 'menclose' && properties.notation === undefined) properties.notation = 'longdiv';
	return element(name, properties);
}

/** Harmless lengths: a number of at most two digits and a unit. */
const LENGTH = /^[+-]?(?:\d{1,2}(?:\.\d*)?|\.\d+)(?:em|ex|px|pt|mm|cm|in|pc)$|^0$/;
const SIZE = /^(?:\d{1,2}(?:\.\d*)?|\.\d+)(?:em|ex|px|pt|mm|cm|in|pc)$|^0$|^(?:thin|medium|thick)$/;
const BOOLEAN = /^(?:true|false)$/;

/** The valid values of the attributes that are kept. */
const VALUES: ReadonlyMap<string, RegExp> = new Map([
	['accent', BOOLEAN],
	['accentunder', BOOLEAN],
	['columnalign', /^(?:(?:left|center|right)(?:\s+|$))+$/],
	['columnspan', /^\d{1,2}$/],
	['dir', /^(?:ltr|rtl)$/],
	['display', /^(?:block|inline)$/],
	['displaystyle', BOOLEAN],
	['fence', BOOLEAN],
	['form', /^(?:prefix|infix|postfix)$/],
	['height', SIZE],
	['largeop', BOOLEAN],
	['linethickness', SIZE],
	['lspace', LENGTH],
	['mathvariant', /^[a-z-]{4,22}$/],
	['maxsize', SIZE],
	['minsize', SIZE],
	['movablelimits', BOOLEAN],
	['notation', /^[a-z\s]{3,80}$/],
	['rowspan', /^\d{1,2}$/],
	['rspace', LENGTH],
	['scriptlevel', /^\+?[0-3]$/],
	['separator', BOOLEAN],
	['stretchy', BOOLEAN],
	['symmetric', BOOLEAN],
	['width', LENGTH],
]);

function mathProperties(node: Node, name: string): Properties {
	const properties: Properties = {};
	for (const attribute of MATH_TAGS.get(name) ?? []) {
		const value = getAttribute(node, attribute)?.trim();
		if (value !== undefined && VALUES.get(attribute)?.test(value.toLowerCase()))
			properties[attribute] = value.toLowerCase();
	}
	return properties;
}

/** Elements of Content MathML, which cannot be drawn. */
const CONTENT = /^(?:apply|bind|cn|ci|csymbol|lambda|piecewise|matrix|reln)$/;

/** Returns the TeX or alternative text of a formula in Content MathML; `undefined` for a formula that can be drawn. */
function onlyTex(nodes: readonly Node[], index: number): string | undefined {
	const math = nodes[index] as Node;
	let isContent = false;
	let tex: string | undefined;
	for (let at = index + 1; at <= math.last; at++) {
		const { nodeName, foreign, last } = nodes[at] as Node;
		if (!foreign) continue;
		if (nodeName === 'annotation' && /tex/i.test(getAttribute(nodes[at] as Node, 'encoding') ?? ''))
			tex ??= nodes[at + 1]?.nodeValue.trim();
		if (/^annotation/.test(nodeName)) at = last;
		else isContent ||= CONTENT.test(nodeName);
	}
	return isContent ? (tex ?? getAttribute(math, 'alttext') ?? '') : undefined;
}

function operator(says: string): Element {
	return element('mo', { says });
}

function element(tagName: string, properties: Properties, inside: ElementContent[] = []): Element {
	return { type: 'element', tagName, properties, children: inside };
}

function text(value: string): ElementContent {
	return { type: 'text', value };
}
