import type { ElementContent } from 'hast';

/** Elements in running text that are there by themselves. */
const THINGS: ReadonlySet<string> = new Set(['img', 'math']);

/**
 * A run of text as HTML shows it: white space is single spaces, none at its ends and beside line breaks, whatever elements it is in;
 * elements without content are gone, but those that something leads to.
 */
export function tidyRun(nodes: readonly ElementContent[]): ElementContent[] {
	const state: State = { space: false, started: false };
	const tidied = trimBreaks(removeEmpty(collapse(nodes, state)));
	return removeEmpty(trimEnd(tidied));
}

interface State {
	/** Whether the last character is a space, no-break or not. */
	space: boolean;
	/** Whether something is shown in the line. */
	started: boolean;
}

function collapse(nodes: readonly ElementContent[], state: State): ElementContent[] {
	return nodes.map(node => {
		if (node.type === 'text') {
			let value = node.value.replace(/[ \t\r\n\f]+/g, ' ');
			if (!state.started) value = value.replace(/^[ \u00a0]+/, '');
			// Of two beside each other one is shown as well as both.
			else if (state.space) value = value.replace(/^[ \u00a0]+/, '');
			if (value !== '') [state.space, state.started] = [/[ \u00a0]$/.test(value), true];
			return { ...node, value };
		}
		if (node.type !== 'element') return node;
		if (THINGS.has(node.tagName)) {
			[state.space, state.started] = [false, true];
			return node;
		}
		if (node.tagName === 'br') {
			[state.space, state.started] = [false, false];
			return node;
		}
		return { ...node, children: collapse(node.children, state) };
	});
}

/** Leaves out the white space at the end, and before line breaks. */
function trimEnd(nodes: readonly ElementContent[]): ElementContent[] {
	let atEnd = true;
	const walk = (list: readonly ElementContent[]): ElementContent[] =>
		list
			.toReversed()
			.map((node): ElementContent => {
				if (node.type === 'text') {
					if (!atEnd) return node;
					const value = node.value.replace(/[ \u00a0]+$/, '');
					if (value !== '') atEnd = false;
					return { ...node, value };
				}
				if (node.type !== 'element') return node;
				if (node.tagName === 'br' || THINGS.has(node.tagName)) {
					atEnd = node.tagName === 'br';
					return node;
				}
				return { ...node, children: walk(node.children) };
			})
			.toReversed();
	return walk(nodes);
}

/** Leaves out line breaks at both ends. */
function trimBreaks(nodes: readonly ElementContent[]): ElementContent[] {
	const isShown = (node: ElementContent): boolean => hasContent(node) && !isBreak(node);
	const first = nodes.findIndex(isShown);
	return first === -1 ? [] : nodes.slice(first, nodes.findLastIndex(isShown) + 1);
}

function isBreak(node: ElementContent): boolean {
	return node.type === 'element' && node.tagName === 'br';
}

function removeEmpty(nodes: readonly ElementContent[]): ElementContent[] {
	return nodes.flatMap((node): ElementContent[] => {
		if (node.type === 'text') return node.value === '' ? [] : [node];
		if (node.type !== 'element' || THINGS.has(node.tagName) || isBreak(node)) return [node];
		const children = removeEmpty(node.children);
		return children.length > 0 || node.properties.id !== undefined ? [{ ...node, children }] : [];
	});
}

/** Whether a node shows something, or something leads to it. */
export function hasContent(node: ElementContent): boolean {
	if (node.type === 'text') return /[^ \t\r\n\f\u00a0]/.test(node.value);
	if (node.type !== 'element') return false;
	return THINGS.has(node.tagName) || node.properties.id !== undefined || node.children.some(hasContent);
}

/** What stands before a no-break space that is meant, and what behind it. */
const BEFORE = /[\p{N}«„‹(]$/u;
const AFTER = /^[»›:;!?%‰°€$£¥–—]/u;

/**
 * A text of a page without the no-break spaces that programs write for ordinary ones: between two elements, among other
 * spaces, or at the edge of an element without a number or a sign that asks for one.
 *
 * @param before what stands before it in the line, if that is in another text
 * @param after what stands behind it
 */
export function plainSpaces(text: string, before: string, after: string): string {
	if (!text.includes('\u00a0')) return text;
	if (/^\u00a0+$/.test(text)) return ' ';
	const joined = text.replace(/[ \t\r\n\f\u00a0]{2,}/g, ' ');
	const isMeant = (left: string, right: string): boolean => BEFORE.test(left) || AFTER.test(right);
	return joined
		.replace(/^\u00a0(?=.)/s, space => (before !== '' && !isMeant(before, joined.slice(1)) ? ' ' : space))
		.replace(/(?<=.)\u00a0$/s, space => (after !== '' && !isMeant(joined.slice(0, -1), after) ? ' ' : space));
}
