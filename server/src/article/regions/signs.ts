import { hidesByStyle } from '../hidden.ts';
import { getAttribute, type Node } from '../node.ts';
import type { Evidence } from './evidence.ts';
import { ELEMENT_SIGNS, propertySign, roleSign, shareSign, typeSign } from './semantics.ts';
import { nameSign } from './words.ts';

const HIDDEN: Evidence = { kind: 'hidden', reason: 'hidden on the page' };

/**
 * Returns the sign of furniture that an element itself gives, whatever is around it: what the standards say of it goes
 * before its class names and id.
 */
export function signOf(node: Node): Evidence | undefined {
	if (node.foreign) return undefined;
	const { nodeName, attributes } = node;
	const own = elementSign(node);
	if (own?.strong) return own;
	let named: Evidence | undefined;
	for (const { name, value } of attributes) {
		const found = attributeSign(nodeName, name, value);
		if (found && !isByName(name)) return found;
		if (found?.kind === 'hidden') return found;
		named ??= found;
	}
	return named ?? own;
}

/** What HTML says of an element by its name. */
export function elementSign(node: Node): Evidence | undefined {
	const isOpenDialog = node.nodeName === 'dialog' && getAttribute(node, 'open') !== undefined;
	return isOpenDialog ? undefined : ELEMENT_SIGNS.get(node.nodeName);
}

/** What an attribute of an HTML element says. Told apart by the length of their names first, since most attributes say nothing. */
export function attributeSign(nodeName: string, name: string, value: string): Evidence | undefined {
	switch (name.length) {
		case 2:
			return name === 'id' ? nameSign('id', value) : undefined;
		case 4:
			if (name === 'href') return nodeName === 'a' ? shareSign(value) : undefined;
			return name === 'role' ? roleSign(value) : undefined;
		case 5: {
			if (name === 'style') return nodeName !== 'img' && hidesByStyle(value) ? HIDDEN : undefined;
			const sign = name === 'class' ? nameSign('class', value) : undefined;
			return sign?.kind === 'hidden' && nodeName === 'img' ? undefined : sign;
		}
		case 6:
			return name === 'hidden' && value.trim().toLowerCase() !== 'until-found' ? HIDDEN : undefined;
		case 8:
			if (name === 'itemtype') return typeSign(value);
			if (name === 'itemprop') return propertySign(value);
			return name === 'data-e2e' ? nameSign('label', value) : undefined;
		default:
			return name === 'aria-label' || name === 'aria-labelledby' || name === 'data-component' || name === 'data-testid'
				? nameSign('label', value)
				: undefined;
	}
}

/** Whether an attribute names an element, which says less than what the standards say. */
function isByName(name: string): boolean {
	return name === 'class' || name === 'id' || name.includes('-');
}
