import type { Element, ElementContent, Properties } from 'hast';
import type { Article } from '../article/article.ts';
import { ELEMENT_NODE, getAttribute, isElement, type Node, TEXT_NODE } from '../article/node.ts';

/** Elements that people would fill in or set. */
const CONTROLS: ReadonlySet<string> = new Set('input button select textarea progress meter'.split(' '));

/** Whether an element is a control of a form. */
export function isControl(node: Node): boolean {
	return !node.foreign && CONTROLS.has(node.nodeName);
}

/** Kinds of `input` that are a button. */
const BUTTONS: ReadonlySet<string> = new Set('button submit reset image'.split(' '));

/** What fields without a name are called. */
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
 * Draws a control as what it looked like on the page, so that nothing is lost that could be read; `undefined` for one that shows
 * nothing. What is in a `button` is drawn by the caller.
 *
 * @param say takes over a text as one of the block
 */
export function drawControl(
	{ nodes, weights }: Article,
	index: number,
	say: (node: Node) => string,
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
			return control('select', {}, choices(nodes, index, say));
		case 'textarea': {
			const inside = texts(nodes, index, say);
			return inside.length > 0 ? control('field', {}, inside) : control('field', { says: named(node) ?? 'Text' });
		}
		default: {
			const inside = texts(nodes, index, say);
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

/** The name of a control that is not beside it. */
function named(node: Node): string | undefined {
	for (const name of ['placeholder', 'aria-label', 'title']) {
		const value = getAttribute(node, name)?.trim();
		if (value) return value;
	}
	return undefined;
}

/** How much of a `progress` or `meter` is reached. */
function share(node: Node): string | undefined {
	const [value, most] = ['value', 'max'].map(name => Number.parseFloat(getAttribute(node, name) ?? ''));
	if (value === undefined || Number.isNaN(value)) return undefined;
	return `${Math.round((value / (most || 1)) * 1000) / 10} %`;
}

/** What a `select` shows: what is chosen; of a list, all. */
function choices(nodes: readonly Node[], index: number, say: (node: Node) => string): ElementContent[] {
	const node = nodes[index] as Node;
	const options: number[] = [];
	for (let at = index + 1; at <= node.last; at++) if (nodes[at]?.nodeName === 'option') options.push(at);
	const isList =
		getAttribute(node, 'multiple') !== undefined || Number.parseInt(getAttribute(node, 'size') ?? '1', 10) > 1;
	const selected = options.findLast(at => getAttribute(nodes[at] as Node, 'selected') !== undefined);
	const shown = isList ? options : options.filter(at => at === (selected ?? options[0]));
	return shown.flatMap((at, place) => [
		...(place > 0 ? [element('span', { says: ' · ' })] : []),
		...texts(nodes, at, say),
	]);
}

function texts(nodes: readonly Node[], index: number, say: (node: Node) => string): ElementContent[] {
	const inside: ElementContent[] = [];
	for (let at = index + 1; at <= (nodes[index]?.last ?? index); at++) {
		const inner = nodes[at] as Node;
		if (inner.nodeType === TEXT_NODE) inside.push({ type: 'text', value: say(inner) });
	}
	return inside;
}

function control(kind: string, properties: Properties, inside: ElementContent[] = []): Element {
	return element('span', { control: kind, ...properties }, inside);
}

function element(tagName: string, properties: Properties, inside: ElementContent[] = []): Element {
	return { type: 'element', tagName, properties, children: inside };
}

/** The forms that have something to fill in, but those around the article as a whole, as some systems put them. */
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
