import { ownCopy } from './ownCopy.ts';

/** Longer texts, in UTF-16 units, are not remembered: they hardly occur twice. */
const MAX_CHARS = 400;

/** How many answers are kept. */
const MOST_KNOWN = 20_000;

/**
 * Remembers the answers of a slow function that depends on nothing but a short text, such as the class names of a template,
 * which repeat from element to element, from article to article, and with each key pressed.
 */
export function remembered<T>(answer: (text: string) => T): (text: string) => T {
	const known = new Map<string, { readonly answer: T }>();
	return text => {
		const found = known.get(text);
		if (found) return found.answer;
		const made = answer(text);
		if (text.length > MAX_CHARS) return made;
		if (known.size >= MOST_KNOWN) known.clear();
		known.set(ownCopy(text), { answer: made });
		return made;
	};
}
