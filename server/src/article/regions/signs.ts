import { hidesByStyle } from '../hidden.ts';
import { getAttribute, type Node } from '../node.ts';
import type { Evidence } from './evidence.ts';
import { elementSign, propertySign, roleSign, shareSign, typeSign } from './semantics.ts';
import { nameSign } from './words.ts';

const HIDDEN: Evidence = { kind: 'hidden', reason: 'hidden on the page' };

/** Attributes besides class and id in which templates name the parts of a page. */
const NAMED_BY: ReadonlySet<string> = new Set([
	'aria-label',
	'aria-labelledby',
	'data-component',
	'data-e2e',
	'data-testid',
]);

/**
 * Returns the sign of furniture that an element itself gives, whatever is around it: what the standards say of it goes
 * before its class names and id. Every element is asked while it is parsed.
 */
export function signOf(node: Node): Evidence | undefined {
	if (node.foreign) return undefined;
	const { nodeName, attributes } = node;
	const own = isOpenDialog(node) ? undefined : elementSign(nodeName);
	if (own?.strong || attributes.length === 0) return own;
	let named: Evidence | undefined;
	for (const { name, value } of attributes) {
		let found: Evidence | undefined;
		if (name === 'class') {
			const sign = nameSign('class', value);
			if (sign?.kind === 'hidden' && nodeName !== 'img') return sign;
			named ??= sign?.kind === 'hidden' ? undefined : sign;
		} else if (name === 'id') named ??= nameSign('id', value);
		else if (name === 'href') found = nodeName === 'a' ? shareSign(value) : undefined;
		else if (name === 'style') found = nodeName !== 'img' && hidesByStyle(value) ? HIDDEN : undefined;
		else if (name === 'hidden') found = value.trim().toLowerCase() === 'until-found' ? undefined : HIDDEN;
		else if (name === 'role') found = roleSign(value);
		else if (name === 'itemtype') found = typeSign(value);
		else if (name === 'itemprop') found = propertySign(value);
		else if (NAMED_BY.has(name)) named ??= nameSign('label', value);
		if (found) return found;
	}
	return named ?? own;
}

function isOpenDialog(node: Node): boolean {
	return node.nodeName === 'dialog' && getAttribute(node, 'open') !== undefined;
}
