import { labelOf } from './label.ts';
import { findLinkedData } from './linkedData.ts';
import { children, getAttribute, type Node } from './node.ts';
import { ATTRIBUTED } from './traits.ts';
import { nodesThat, type Tree } from './tree.ts';
import type { Weights } from './weights.ts';

/** A BCP 47 tag of a language, with script and region where they are known. */
const TAG = /^[a-z]{2,3}(?:-[a-z\d]{2,8})*$/i;

/** Returns a declared language as a BCP 47 tag: Open Graph writes `zh_CN`; `undefined` for anything else. */
export function languageTag(declared: string | undefined): string | undefined {
	const tag = declared?.trim().replaceAll('_', '-');
	return tag && TAG.test(tag) ? tag : undefined;
}

/**
 * Returns the languages that a body declares for itself, the most reliable first: `lang` of the element around most of the
 * text, Open Graph, microdata, RDFa, `meta`, JSON-LD.
 */
export function declaredLanguages(body: Tree, weights: Weights): readonly string[] {
	const declared = [langAround(body.nodes, weights)];
	for (const index of nodesThat(body, ATTRIBUTED, declaresLanguage)) {
		const node = body.nodes[index] as Node;
		declared.push(getAttribute(node, 'content') ?? labelOf(body.nodes, index, MAX_TAG_CHARS));
	}
	declared.push(findLinkedData(body)?.language);
	return declared.map(languageTag).filter(tag => tag !== undefined);
}

/** How much of the text of an element is read as a tag, in UTF-16 units. */
const MAX_TAG_CHARS = 40;

const PROPERTY =
	/(?:^|\s)(?:og:locale|(?:schema:|https?:\/\/schema\.org\/)?inLanguage|(?:dc|dct|dcterms):language)(?:\s|$)/i;

function declaresLanguage(node: Node): boolean {
	for (const { name, value } of node.attributes) {
		if ((name === 'property' || name === 'itemprop') && PROPERTY.test(value)) return true;
		if (node.nodeName !== 'meta') continue;
		if (name === 'name' && /^(?:og:locale|language|dc\.language|dcterms\.language)$/i.test(value)) return true;
		if (name === 'http-equiv' && /^content-language$/i.test(value)) return true;
	}
	return false;
}

/** Returns the `lang` of the innermost element that has one and holds more than half of the text. */
function langAround(nodes: readonly Node[], weights: Weights): string | undefined {
	const half = weights.textBetween(0, nodes.length) / 2;
	let lang: string | undefined;
	let parent = -1;
	for (;;) {
		let most = -1;
		for (const child of children(nodes, parent)) {
			if (weights.text(child) <= half) continue;
			most = child;
			break;
		}
		const node = nodes[most];
		if (!node) return lang;
		lang = languageTag(getAttribute(node, 'lang') || getAttribute(node, 'xml:lang')) ?? lang;
		parent = most;
	}
}
