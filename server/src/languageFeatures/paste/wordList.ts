import type { Element } from 'hast';
import { attributeOf, type ClipElement, type ClipNode, elementsIn, isElementNode } from './clip.ts';
import { make } from './inline.ts';
import { contentOf, type PastedBlock } from './pieces.ts';

/** A list item written by Word: a paragraph with a level and a text marker; in Word for the web, a separate list. */
interface Item {
	readonly node: ClipElement;
	readonly level: number;
	readonly isOrdered: boolean;
	readonly start: number;
}

/** Reads the list items written by Word at the start of a sequence of siblings; `undefined` if there are none. */
export function readWordList(
	nodes: readonly ClipNode[],
	start: number,
): { readonly end: number; list(content: (item: ClipElement) => readonly PastedBlock[]): Element[] } | undefined {
	const items: Item[] = [];
	let end = start;
	for (let at = start; at < nodes.length; at++) {
		const node = nodes[at] as ClipNode;
		if (!isElementNode(node)) {
			if ('value' in node && node.value.trim() !== '') break;
			continue;
		}
		const found = itemsOf(node);
		if (found.length === 0) break;
		for (const item of found) items.push(item);
		end = at + 1;
	}
	return items.length === 0 ? undefined : { end, list: content => build(items, content) };
}

function itemsOf(node: ClipElement): readonly Item[] {
	const item = itemOf(node);
	return item ? [item] : webItemsOf(node);
}

/** Returns the items of a list written by Word for the web, which puts each list of one level in a separate `div`. */
function webItemsOf(node: ClipElement): readonly Item[] {
	const children = node.childNodes.filter(isElementNode);
	const [first] = children;
	if (node.tagName === 'div') return first && children.length === 1 && isList(first) ? webItemsOf(first) : [];
	if (!isList(node)) return [];
	const items = children.map(entry => ({
		node: entry,
		level: Number(attributeOf(entry, 'data-aria-level')),
		isOrdered: node.tagName === 'ol',
		start: Number(attributeOf(node, 'start') ?? 1),
	}));
	return items.every(({ level }) => level > 0) ? items : [];
}

function isList({ tagName }: ClipElement): boolean {
	return tagName === 'ul' || tagName === 'ol';
}

function itemOf(node: ClipElement): Item | undefined {
	const style = attributeOf(node, 'style');
	const level = /mso-list:\s*\w+\s+level(\d)/i.exec(style ?? '')?.[1];
	if (level === undefined) return undefined;
	const marker = elementsIn(node.childNodes).find(one => /mso-list:\s*ignore/i.test(attributeOf(one, 'style') ?? ''));
	const text = marker ? textOf(marker).trim() : '';
	return {
		node,
		level: Number(level),
		isOrdered: /^\(?(?:\d+|[a-z]|[ivxlcdm]+|[一二三四五六七八九十]+)[.)、．）]/i.test(text),
		start: Number(/^\(?(\d+)/.exec(text)?.[1] ?? 1),
	};
}

function textOf(element: ClipElement): string {
	return element.childNodes
		.map(node => (isElementNode(node) ? textOf(node) : 'value' in node ? node.value : ''))
		.join('')
		.replaceAll('\u00a0', ' ');
}

function build(items: readonly Item[], content: (item: ClipElement) => readonly PastedBlock[]): Element[] {
	const top: Element[] = [];
	const open: { readonly list: Element; readonly level: number }[] = [];
	for (const { node, level, isOrdered, start } of items) {
		const entry = make('li', {}, contentOf(content(node)));
		while ((open.at(-1)?.level ?? 0) > level) open.pop();
		const tagName = isOrdered ? 'ol' : 'ul';
		let around = open.at(-1);
		if (around && around.level === level && around.list.tagName !== tagName) {
			open.pop();
			around = open.at(-1);
		}
		if (!around || around.level < level) {
			const list = make(tagName, isOrdered && start > 1 ? { start: String(start) } : {}, []);
			const item = around?.list.children.at(-1);
			if (item?.type === 'element') item.children.push(list);
			else top.push(list);
			around = { list, level };
			open.push(around);
		}
		around.list.children.push(entry);
	}
	return top;
}
