import { languageTag } from '../article/declaredLanguage.ts';
import { getAttribute, type Node } from '../article/node.ts';

/** Returns the `lang` attribute of an element if it is a BCP 47 tag. */
export function languageAttribute(node: Node): string | undefined {
	return languageTag(getAttribute(node, 'lang'));
}

/** Returns the `dir` attribute of an element if it is valid. */
export function directionAttribute(node: Node): 'ltr' | 'rtl' | 'auto' | undefined {
	const direction = getAttribute(node, 'dir')?.toLowerCase();
	return direction === 'rtl' || direction === 'ltr' || direction === 'auto' ? direction : undefined;
}
