import type { ElementContent } from 'hast';

/** Inline elements that are visible without text content. */
const THINGS: ReadonlySet<string> = new Set(['img', 'math']);

/**
 * Normalises inline content as HTML renders it: collapses white space across elements, trims it at both ends and around line
 * breaks, and removes empty elements unless they are link targets.
 */
export function tidyRun(nodes: readonly ElementContent[]): ElementContent[] {
	const state: State = { space: false, started: false };
	const tidied = trimBreaks(removeEmpty(collapse(nodes, state)));
	return removeEmpty(trimEnd(tidied));
}

interface State {
	/** Whether the last character is a space or no-break space. */
	space: boolean;
	/** Whether the line has visible content. */
	started: boolean;
}

function collapse(nodes: readonly ElementContent[], state: State): ElementContent[] {
	return nodes.map(node => {
		if (node.type === 'text') {
			let value = node.value.replace(/[ \t\r\n\f]+/g, ' ');
			if (!state.started) value = value.replace(/^[ \u00a0]+/, '');
			// Of two adjacent spaces, keep one.
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

/** Removes white space at the end and before line breaks. */
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

/** Removes line breaks at both ends. */
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

/** Whether a node has visible content or is a link target. */
export function hasContent(node: ElementContent): boolean {
	if (node.type === 'text') return /[^ \t\r\n\f\u00a0]/.test(node.value);
	if (node.type !== 'element') return false;
	return THINGS.has(node.tagName) || node.properties.id !== undefined || node.children.some(hasContent);
}

/** The characters before and after an intentional no-break space. */
const BEFORE = /[\p{N}«„‹(]$/u;
const AFTER = /^[»›:;!?%‰°€$£¥–—]/u;

/**
 * Replaces unintentional no-break spaces with spaces: between two elements, next to other spaces, or at the edge of an element
 * without a neighbouring number or sign that requires one.
 *
 * @param before the preceding text node in the line
 * @param after the following text node
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
