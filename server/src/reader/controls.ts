import type { Element, ElementContent, Properties } from 'hast';
import type { Article } from '../article/article.ts';
import { ELEMENT_NODE, getAttribute, isElement, type Node, TEXT_NODE } from '../article/node.ts';

/** Form controls. */
const CONTROLS: ReadonlySet<string> = new Set('input button select textarea progress meter'.split(' '));

/** Whether an element is a form control. */
export function isControl(node: Node): boolean {
	return !node.foreign && CONTROLS.has(node.nodeName);
}

/** Types of `input` that are a button. */
const BUTTONS: ReadonlySet<string> = new Set('button submit reset image'.split(' '));

/** Labels of fields without a name, by type. */
const FIELDS: Readonly<Record<string, string>> = {
	color: 'Colour',
	date: 'Date',
	'datetime-local': 'Date and time',
	email: 'E-mail',
	file: 'File',
	month: 'Month',
	number: 'Number',
	password: 'Password',
	range: 'Slider',
	search: 'Search',
	tel: 'Telephone',
	time: 'Time',
	url: 'URL',
	week: 'Week',
};

/**
 * Draws a control as it looked on the page, so that no readable text is lost. The caller draws the content of a `button`.
 *
 * @param addText adds a text node to the block and returns its text
 * @returns `undefined` for a control that shows nothing
 */
export function drawControl(
	{ nodes, weights }: Article,
	index: number,
	addText: (node: Node) => string,
): Element | undefined {
	const node = nodes[index] as Node;
	switch (node.nodeName) {
		case 'input':
			return drawInput(node);
		case 'button': {
			const label = weights.text(index) === 0 && weights.images(index) === 0 ? named(node) : undefined;
			return control('button', label === undefined ? {} : { says: label });
		}
		case 'select':
			return control('select', {}, choices(nodes, index, addText));
		case 'textarea': {
			const inside = texts(nodes, index, addText);
			return inside.length > 0 ? control('field', {}, inside) : control('field', { says: named(node) ?? 'Text' });
		}
		default: {
			const inside = texts(nodes, index, addText);
			const says = share(node);
			if (inside.some(part => part.type === 'text' && part.value.trim() !== '')) return control('meter', {}, inside);
			return says === undefined ? undefined : control('meter', { says });
		}
	}
}

function drawInput(node: Node): Element | undefined {
	const type = (getAttribute(node, 'type') ?? 'text').trim().toLowerCase();
	if (type === 'hidden') return undefined;
	if (type === 'checkbox' || type === 'radio')
		return control(`${type}-${getAttribute(node, 'checked') === undefined ? 'off' : 'on'}`, {});
	const value = getAttribute(node, 'value')?.trim();
	if (BUTTONS.has(type)) {
		const usual = type === 'reset' ? 'Reset' : 'Submit';
		return control('button', { says: (type === 'image' ? getAttribute(node, 'alt') : value) || named(node) || usual });
	}
	const shown = type === 'password' || type === 'file' ? undefined : value;
	return control('field', { says: shown || named(node) || FIELDS[type] || 'Text' });
}

/** Returns the name of a control from its attributes. */
function named(node: Node): string | undefined {
	for (const name of ['placeholder', 'aria-label', 'title']) {
		const value = getAttribute(node, name)?.trim();
		if (value) return value;
	}
	return undefined;
}

/** Returns the value of a `progress` or `meter` as a percentage. */
function share(node: Node): string | undefined {
	const [value, most] = ['value', 'max'].map(name => Number.parseFloat(getAttribute(node, name) ?? ''));
	if (value === undefined || Number.isNaN(value)) return undefined;
	return `${Math.round((value / (most || 1)) * 1000) / 10} %`;
}

/** Draws the options that a `select` shows: all for a list box, else the selected one. */
function choices(nodes: readonly Node[], index: number, addText: (node: Node) => string): ElementContent[] {
	const node = nodes[index] as Node;
	const options: number[] = [];
	for (let at = index + 1; at <= node.last; at++) if (nodes[at]?.nodeName === 'option') options.push(at);
	const isList =
		getAttribute(node, 'multiple') !== undefined || Number.parseInt(getAttribute(node, 'size') ?? '1', 10) > 1;
	const selected = options.findLast(at => getAttribute(nodes[at] as Node, 'selected') !== undefined);
	const shown = isList ? options : options.filter(at => at === (selected ?? options[0]));
	return shown.flatMap((at, place) => [
		...(place > 0 ? [element('span', { says: ' · ' })] : []),
		...texts(nodes, at, addText),
	]);
}

function texts(nodes: readonly Node[], index: number, addText: (node: Node) => string): ElementContent[] {
	const inside: ElementContent[] = [];
	for (let at = index + 1; at <= (nodes[index]?.last ?? index); at++) {
		const inner = nodes[at] as Node;
		if (inner.nodeType === TEXT_NODE) inside.push({ type: 'text', value: addText(inner) });
	}
	return inside;
}

function control(kind: string, properties: Properties, inside: ElementContent[] = []): Element {
	return element('span', { control: kind, ...properties }, inside);
}

function element(tagName: string, properties: Properties, inside: ElementContent[] = []): Element {
	return { type: 'element', tagName, properties, children: inside };
}

/** Finds the forms with controls, except those around the whole article, which some content management systems generate. */
export function findForms({ nodes, weights }: Article, hidden: Uint8Array): ReadonlySet<number> {
	const controls: number[] = [];
	const forms: number[] = [];
	const total = weights.textBetween(0, nodes.length);
	for (let at = 0; at < nodes.length; at++) {
		const node = nodes[at] as Node;
		if (hidden[at]) at = node.last;
		else if (node.nodeType === ELEMENT_NODE && isControl(node)) controls.push(at);
		else if (isElement(node, 'form') && weights.text(at) * 2 <= total) forms.push(at);
	}
	let next = 0;
	return new Set(
		forms.filter(form => {
			while ((controls[next] ?? nodes.length) < form) next++;
			return (controls[next] ?? nodes.length) <= (nodes[form]?.last ?? form);
		}),
	);
}
